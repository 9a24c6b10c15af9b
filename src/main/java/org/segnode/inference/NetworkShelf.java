package org.segnode.inference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.segnode.network.ComputeDevice;
import org.segnode.network.Network;
import org.segnode.network.Variant;
import org.segnode.preprocess.Logits;

/**
 * The loaded networks of a model, in the variant that may be used. While a faster variant was never compared with the
 * reference on this machine, a case is computed both ways, until one of them decided the question.
 */
final class NetworkShelf implements AutoCloseable {
    private final TrainedModel model;
    private final PredictionOptions options;
    private final VariantChoice choice;
    private final Map<Variant, List<TileNetwork>> loaded = new EnumMap<>(Variant.class);
    private List<TileNetwork> onProcessor = List.of();

    /** @throws IOException if a checkpoint cannot be used */
    NetworkShelf(TrainedModel model, PredictionOptions options, VariantChoice choice) throws IOException {
        this.model = model;
        this.options = options;
        this.choice = choice;
        try {
            networks(choice.trusted());
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The networks of one variant. */
    interface Networks {
        /** @param onProcessor instead of the device that was asked for */
        TileNetwork of(int fold, boolean onProcessor);
    }

    /** Computes a case with given networks. */
    interface Computation {
        Logits logits(Networks networks, ComputeDevice device);
    }

    Logits compute(Computation computation) {
        Variant trusted = choice.trusted();
        Logits result = compute(computation, trusted);
        Optional<Variant> untried = choice.untried();
        if (untried.isPresent()) {
            Logits other = compute(computation, untried.get());
            boolean regions = model.dataset().labels().hasRegions();
            choice.judge(untried.get(), Agreement.of(result, other, regions));
            closeAllBut(choice.trusted());
        }
        return result;
    }

    private Logits compute(Computation computation, Variant variant) {
        try {
            List<TileNetwork> networks = networks(variant);
            return computation.logits(
                    (fold, onProcessor) -> onProcessor ? processorNetwork(fold) : networks.get(fold), options.device());
        } catch (IOException e) {
            throw FoldNetworks.disk(e);
        }
    }

    private List<TileNetwork> networks(Variant variant) throws IOException {
        List<TileNetwork> known = loaded.get(variant);
        if (known == null) {
            known = load(variant, options.device());
            loaded.put(variant, known);
        }
        return known;
    }

    private TileNetwork processorNetwork(int fold) {
        try {
            if (onProcessor.isEmpty()) {
                onProcessor = load(Variant.REFERENCE, ComputeDevice.CPU);
            }
            return onProcessor.get(fold);
        } catch (IOException e) {
            throw FoldNetworks.disk(e);
        }
    }

    private List<TileNetwork> load(Variant variant, ComputeDevice device) throws IOException {
        List<TileNetwork> networks = new ArrayList<>();
        try {
            for (TrainedModel.Fold fold : model.folds()) {
                Network network = Network.load(
                        model.script(fold, variant), fold.checkpoint().weights(), device);
                networks.add(new LoadedNetwork(network, model.configuration().patchSizeArray()));
            }
            return networks;
        } catch (IOException | RuntimeException e) {
            networks.forEach(TileNetwork::close);
            throw e;
        }
    }

    private void closeAllBut(Variant wanted) {
        for (Variant variant : List.copyOf(loaded.keySet())) {
            if (variant != wanted) {
                Objects.requireNonNull(loaded.remove(variant)).forEach(TileNetwork::close);
            }
        }
    }

    @Override
    public void close() {
        loaded.values().forEach(networks -> networks.forEach(TileNetwork::close));
        loaded.clear();
        onProcessor.forEach(TileNetwork::close);
        onProcessor = List.of();
    }
}
