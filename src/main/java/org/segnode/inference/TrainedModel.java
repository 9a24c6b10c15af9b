package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.segnode.network.Checkpoint;
import org.segnode.network.NetworkScript;
import org.segnode.network.Variant;
import org.segnode.plan.Architecture;
import org.segnode.plan.Architecture.NormKind;
import org.segnode.plan.Configuration;
import org.segnode.plan.Dataset;
import org.segnode.plan.Plans;

/**
 * A folder that nnU-Net's trainer wrote, opened: dataset.json, plans.json, and a checkpoint per fold. Weights are read when
 * a network is loaded.
 *
 * @param folder of the model, for example {@code nnUNetTrainer__nnUNetPlans__3d_fullres}
 * @param configuration which the checkpoints were trained for
 * @param folds those that are averaged, in order; their names and checkpoints
 * @param mirroringAxes axes of a tile that may be flipped, as the first fold's checkpoint says
 */
public record TrainedModel(
        Path folder,
        Dataset dataset,
        Plans plans,
        Configuration configuration,
        List<Fold> folds,
        List<Integer> mirroringAxes) {

    /** @param name {@code 0}, {@code 1}, … or {@code all} */
    public record Fold(String name, Checkpoint checkpoint) {}

    public TrainedModel {
        folds = List.copyOf(folds);
        mirroringAxes = List.copyOf(mirroringAxes);
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("a trained model has at least one fold");
        }
    }

    /** With every numbered fold there is. */
    public static TrainedModel open(Path folder) throws IOException {
        return open(folder, PredictionOptions.DEFAULT);
    }

    /** @throws IOException if a file or a fold is missing or cannot be used; the message says which */
    public static TrainedModel open(Path folder, PredictionOptions options) throws IOException {
        Dataset dataset = Dataset.read(required(folder.resolve("dataset.json")));
        Plans plans = Plans.read(required(folder.resolve("plans.json")));
        List<Fold> folds = new ArrayList<>();
        for (String name : foldNames(folder, options)) {
            Path file = folder.resolve("fold_" + name).resolve(options.checkpointName());
            folds.add(new Fold(name, Checkpoint.read(required(file))));
        }
        Checkpoint first = folds.get(0).checkpoint();
        Configuration configuration = plans.configuration(first.configuration());
        for (int axis : first.mirroringAxes()) {
            if (axis >= configuration.patchSize().size()) {
                throw new IOException(first.file().getFileName() + ": mirrors along axis " + axis + ", a patch has "
                        + configuration.patchSize().size() + " axes");
            }
        }
        return new TrainedModel(folder, dataset, plans, configuration, folds, first.mirroringAxes());
    }

    private static Path required(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "a trained model needs it");
        }
        return file;
    }

    private static List<String> foldNames(Path folder, PredictionOptions options) throws IOException {
        if (!options.folds().isEmpty()) {
            return options.folds();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.filter(file -> Files.isRegularFile(file.resolve(options.checkpointName())))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("fold_\\d{1,3}"))
                    .map(name -> name.substring("fold_".length()))
                    .sorted(Comparator.comparingInt(Integer::parseInt))
                    .toList();
            if (names.isEmpty()) {
                throw new NoSuchFileException(
                        folder.toString(), null, "no folder fold_0, fold_1, … with a " + options.checkpointName());
            }
            return names;
        }
    }

    /** Channels of the images, as in dataset.json. */
    public int imageChannels() {
        return dataset.channelNames().size();
    }

    /** Channels of the network: those of the images, and for a cascade one per foreground label. */
    public int networkChannels() {
        boolean cascade = configuration.previousStage().isPresent();
        return imageChannels() + (cascade ? dataset.labels().foreground().size() : 0);
    }

    /** Network outputs: one per label, or one per region. */
    public int heads() {
        return dataset.labels().heads();
    }

    /** Voxels of a tile along slice, row, column; 1 slice for a network of two dimensions. */
    int[] patch() {
        int[] patch = configuration.patchSizeArray();
        return patch.length == 3 ? patch : new int[] {1, patch[0], patch[1]};
    }

    /** Passes over each tile. */
    Mirroring mirroring(PredictionOptions options) {
        int shift = 3 - configuration.patchSize().size();
        return options.mirroring()
                ? Mirroring.of(mirroringAxes.stream().map(axis -> axis + shift).toList())
                : Mirroring.NONE;
    }

    /** The network of a fold, to be loaded with the fold's weights. */
    NetworkScript script(Fold fold, Variant variant) {
        return NetworkScript.of(architecture(fold), networkChannels(), heads(), variant);
    }

    /** Some trainers put batch norm where the plans say instance norm; the weights tell. */
    private Architecture architecture(Fold fold) {
        Architecture planned = configuration.architecture();
        boolean batch =
                fold.checkpoint().weights().keySet().stream().anyMatch(name -> name.endsWith(".norm.running_mean"));
        if (!batch || planned.norm().kind() == NormKind.BATCH) {
            return planned;
        }
        return new Architecture(
                planned.network(),
                planned.dimensions(),
                planned.features(),
                planned.kernelSizes(),
                planned.strides(),
                planned.blocksPerStage(),
                planned.convsPerStageDecoder(),
                planned.convBias(),
                new Architecture.Norm(
                        NormKind.BATCH, planned.norm().epsilon(), planned.norm().affine()),
                planned.dropout(),
                planned.nonlinearity(),
                planned.nonlinFirst(),
                planned.residual());
    }
}
