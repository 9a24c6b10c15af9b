package org.segnode.preprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.segnode.volume.Grid;
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
        write(folder.resolve(name + ".npz"), probabilities);
        CaseProperties.write(geometry, folder.resolve(name + ".pkl"));
    }

    /** With the grid of the file, which is another one than the probabilities' where the reader reorders axes. */
    public static void write(Path folder, String name, Probabilities probabilities, CaseGeometry geometry, Grid stored)
            throws IOException {
        write(folder.resolve(name + ".npz"), probabilities);
        CaseProperties.write(geometry, stored, folder.resolve(name + ".pkl"));
    }

    /** With the properties of another case of the same image, as ensembles have them. */
    public static void write(Path folder, String name, Probabilities probabilities, Path properties)
            throws IOException {
        write(folder.resolve(name + ".npz"), probabilities);
        Files.copy(properties, folder.resolve(name + ".pkl"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path npz, Probabilities probabilities) throws IOException {
        Shape shape = probabilities.shape();
        try (NumpyWriter writer = new NumpyWriter(npz)) {
            writer.beginFloats(NAME, probabilities.heads().length, shape.slices(), shape.rows(), shape.columns());
            for (float[] head : probabilities.heads()) {
                writer.write(head);
            }
        }
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
