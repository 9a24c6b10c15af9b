package org.segnode.preprocess;

import java.io.IOException;
import java.nio.file.Path;
import org.segnode.volume.Shape;
import org.segnode.volume.io.NumpyReader;
import org.segnode.volume.io.NumpyWriter;
import org.segnode.volume.io.UnusableImageException;

/** Probabilities on disk as {@code nnUNetv2_predict --save_probabilities} leaves them: {@code case.npz} and {@code case.pkl}. */
public final class SavedProbabilities {
    private static final String NAME = "probabilities";

    private SavedProbabilities() {}

    /** Writes {@code name.npz} and {@code name.pkl} into the folder. */
    public static void write(Path folder, String name, Probabilities probabilities, CaseGeometry geometry)
            throws IOException {
        Shape shape = probabilities.shape();
        try (NumpyWriter writer = new NumpyWriter(folder.resolve(name + ".npz"))) {
            writer.beginFloats(NAME, probabilities.heads().length, shape.slices(), shape.rows(), shape.columns());
            for (float[] head : probabilities.heads()) {
                writer.write(head);
            }
        }
        CaseProperties.write(geometry, folder.resolve(name + ".pkl"));
    }

    /** @throws UnusableImageException naming the file, if it holds no array of four axes */
    public static Probabilities read(Path npz) throws IOException {
        try (NumpyReader reader = NumpyReader.open(npz, NAME)) {
            int[] lengths = reader.shape();
            if (lengths.length != 4 || lengths[0] < 1) {
                throw new UnusableImageException(
                        npz.getFileName() + ": probabilities have four axes, not " + lengths.length);
            }
            Shape shape = new Shape(lengths[1], lengths[2], lengths[3]);
            float[][] heads = new float[lengths[0]][];
            for (int head = 0; head < heads.length; head++) {
                heads[head] = reader.floats(shape.voxels());
            }
            return new Probabilities(shape, heads);
        } catch (IllegalArgumentException absurd) {
            throw new UnusableImageException(npz.getFileName() + ": " + absurd.getMessage());
        }
    }
}
