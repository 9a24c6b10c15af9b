package org.segnode.inference;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a folder of cases is predicted.
 *
 * @param saveProbabilities also write {@code case.npz} and {@code case.pkl}
 * @param continuePrediction pass over cases whose results are there
 * @param previousStage folder with the labels of a cascade's first stage
 * @param parts how many processes share the work, at least 1
 * @param part which of them this is, from 0
 * @param postprocessing done with each label map
 */
public record FolderOptions(
        boolean saveProbabilities,
        boolean continuePrediction,
        Optional<Path> previousStage,
        int parts,
        int part,
        Postprocessing postprocessing) {
    public static final FolderOptions DEFAULT =
            new FolderOptions(false, false, Optional.empty(), 1, 0, Postprocessing.NONE);

    public FolderOptions {
        if (parts < 1 || part < 0 || part >= parts) {
            throw new IllegalArgumentException("part " + part + " of " + parts + " does not exist; parts count from 0");
        }
    }
}
