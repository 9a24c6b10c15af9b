package org.segnode.inference;

import java.util.List;
import org.segnode.network.ComputeDevice;

/**
 * How a trained model is used; the defaults are nnU-Net's.
 *
 * @param folds names of the folds to average, {@code 0} … or {@code all}; empty for every numbered fold there is
 * @param checkpointName file in each fold's folder
 * @param stepFraction largest step between tiles as a fraction of a tile, in (0, 1]
 * @param gaussian whether the middle of a tile counts more than its border
 * @param mirroring whether tiles are also predicted flipped, along the axes that the checkpoint allows
 * @param precise 32 bits where nnU-Net keeps 16; the result may differ from nnU-Net's in a few voxels
 * @param device where the network computes
 * @param sumsOnDevice whether the sums over tiles may lie in the memory of the device; else in the computer's
 */
public record PredictionOptions(
        List<String> folds,
        String checkpointName,
        double stepFraction,
        boolean gaussian,
        boolean mirroring,
        boolean precise,
        ComputeDevice device,
        boolean sumsOnDevice) {
    public static final PredictionOptions DEFAULT =
            new PredictionOptions(List.of(), "checkpoint_final.pth", 0.5, true, true, false, ComputeDevice.CPU, true);

    public PredictionOptions {
        folds = List.copyOf(folds);
        for (String fold : folds) {
            if (!fold.matches("\\d{1,3}|all")) {
                throw new IllegalArgumentException("a fold is a number or all, is \"" + fold + "\"");
            }
        }
        if (!checkpointName.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw new IllegalArgumentException(
                    "a checkpoint is named like checkpoint_best.pth, is \"" + checkpointName + "\"");
        }
        if (!(stepFraction > 0 && stepFraction <= 1)) {
            throw new IllegalArgumentException("a step is more than 0 and at most 1 tile, is " + stepFraction);
        }
    }

    public PredictionOptions withFolds(String... names) {
        return new PredictionOptions(
                List.of(names), checkpointName, stepFraction, gaussian, mirroring, precise, device, sumsOnDevice);
    }

    public PredictionOptions withCheckpoint(String name) {
        return new PredictionOptions(folds, name, stepFraction, gaussian, mirroring, precise, device, sumsOnDevice);
    }

    public PredictionOptions withStep(double fraction) {
        return new PredictionOptions(
                folds, checkpointName, fraction, gaussian, mirroring, precise, device, sumsOnDevice);
    }

    public PredictionOptions withGaussian(boolean use) {
        return new PredictionOptions(
                folds, checkpointName, stepFraction, use, mirroring, precise, device, sumsOnDevice);
    }

    public PredictionOptions withMirroring(boolean use) {
        return new PredictionOptions(folds, checkpointName, stepFraction, gaussian, use, precise, device, sumsOnDevice);
    }

    public PredictionOptions withPrecise(boolean use) {
        return new PredictionOptions(
                folds, checkpointName, stepFraction, gaussian, mirroring, use, device, sumsOnDevice);
    }

    public PredictionOptions withDevice(ComputeDevice other) {
        return new PredictionOptions(
                folds, checkpointName, stepFraction, gaussian, mirroring, precise, other, sumsOnDevice);
    }

    public PredictionOptions withSumsOnDevice(boolean use) {
        return new PredictionOptions(folds, checkpointName, stepFraction, gaussian, mirroring, precise, device, use);
    }
}
