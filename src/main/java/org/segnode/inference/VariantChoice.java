package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.segnode.network.TorchEngine;
import org.segnode.network.Variant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which way a model's networks are computed. A faster way is used only after a whole case, computed both ways on this
 * machine, agreed; the comparison is made once for a model and remembered.
 */
final class VariantChoice {
    private static final Logger LOG = LoggerFactory.getLogger(VariantChoice.class);

    private final List<Variant> candidates;
    private final VariantMemory memory;
    private final String model;
    private final ProcessorFacts processor;

    private VariantChoice(List<Variant> candidates, VariantMemory memory, String model, ProcessorFacts processor) {
        this.candidates = candidates;
        this.memory = memory;
        this.model = model;
        this.processor = processor;
    }

    static VariantChoice of(
            TrainedModel model, PredictionOptions options, VariantMemory memory, ProcessorFacts processor)
            throws IOException {
        return new VariantChoice(candidates(options, processor), memory, identity(model), processor);
    }

    private static List<Variant> candidates(PredictionOptions options, ProcessorFacts processor) {
        if (options.precise() || !options.device().isCpu()) {
            return List.of();
        }
        return processor.multipliesBfloat16()
                ? List.of(Variant.BFLOAT16, Variant.CHANNELS_LAST)
                : List.of(Variant.CHANNELS_LAST);
    }

    /** The fastest variant that is known to agree. */
    Variant trusted() {
        for (Variant candidate : candidates) {
            if (memory.recall(key(candidate)).orElse(false)) {
                return candidate;
            }
        }
        return Variant.REFERENCE;
    }

    /** A faster variant than the trusted one that was never compared. */
    Optional<Variant> untried() {
        for (Variant candidate : candidates) {
            Optional<Boolean> verdict = memory.recall(key(candidate));
            if (verdict.isEmpty()) {
                return Optional.of(candidate);
            }
            if (verdict.get()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    void judge(Variant candidate, Agreement agreement) {
        if (agreement.isConclusive()) {
            memory.remember(key(candidate), agreement.isEnough(), agreement);
            LOG.info(
                    "network variant {} {} the reference: {}",
                    candidate,
                    agreement.isEnough() ? "agrees with" : "differs from",
                    agreement);
        }
    }

    private String key(Variant variant) {
        return String.join("|", model, variant.name(), processor.name(), TorchEngine.version());
    }

    /** Place, size and time of the weights. */
    private static String identity(TrainedModel model) throws IOException {
        StringBuilder identity = new StringBuilder();
        for (TrainedModel.Fold fold : model.folds()) {
            Path file = fold.checkpoint().file().toAbsolutePath().normalize();
            identity.append(file).append('@').append(Files.size(file));
            identity.append('@')
                    .append(Files.getLastModifiedTime(file).toMillis())
                    .append(';');
        }
        return identity.toString();
    }
}
