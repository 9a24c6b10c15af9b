package org.segnode.cli.nnunet;

import java.util.List;
import org.segnode.inference.PredictionOptions;
import org.segnode.network.ComputeDevice;
import picocli.CommandLine.Option;

/** Options of every command that predicts, named as nnU-Net names them. */
public final class PredictionArguments {
    @Option(
            names = "-f",
            arity = "1..*",
            paramLabel = "FOLD",
            description = "folds to average, numbers or all; every fold of the model if not given")
    private List<String> folds = List.of();

    @Option(
            names = "-chk",
            paramLabel = "NAME",
            defaultValue = "checkpoint_final.pth",
            description = "checkpoint of each fold; ${DEFAULT-VALUE} if not given")
    private String checkpoint;

    @Option(
            names = "-step_size",
            paramLabel = "FRACTION",
            defaultValue = "0.5",
            description = "largest step between tiles, as a fraction of a tile; ${DEFAULT-VALUE} if not given")
    private double step;

    @Option(names = "--disable_tta", description = "no mirroring: up to 8 times as fast, a little less accurate")
    private boolean withoutMirroring;

    @Option(names = "--disable_gaussian", description = "the border of a tile counts as much as its middle")
    private boolean withoutGaussian;

    @Option(names = "--precise", description = "compute with 32 bits where nnU-Net keeps 16")
    private boolean precise;

    @Option(
            names = "-device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, cuda or cuda:N; ${DEFAULT-VALUE} if not given")
    private String device;

    @Option(names = "--not_on_device", description = "keep sums in the computer's memory, not on the graphics card")
    private boolean notOnDevice;

    /** @throws IllegalArgumentException naming the option that makes no sense */
    public PredictionOptions options() {
        return new PredictionOptions(
                folds,
                checkpoint,
                step,
                !withoutGaussian,
                !withoutMirroring,
                precise,
                ComputeDevice.parse(device),
                !notOnDevice);
    }
}
