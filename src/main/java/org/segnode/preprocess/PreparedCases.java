package org.segnode.preprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.segnode.volume.Grid;
import org.segnode.volume.Shape;
import org.segnode.volume.io.NumpyReader;
import org.segnode.volume.io.NumpyWriter;
import org.segnode.volume.io.UnusableImageException;

/**
 * A folder of prepared training cases in the form nnU-Net 2.8.1 trains from: {@code case.npz} with {@code data} and
 * {@code seg}, and {@code case.pkl}.
 *
 * @param folder for example {@code nnUNetPlans_3d_fullres} of a preprocessed data set
 */
public record PreparedCases(Path folder) {

    /**
     * A case as it lies on disk.
     *
     * @param shape voxels per axis
     * @param channels one array per channel
     * @param labels −1 outside the non-zero region
     * @param locations where each class lies
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Stored(Shape shape, List<float[]> channels, short[] labels, ClassLocations locations) {
        public Stored {
            channels = List.copyOf(channels);
        }
    }

    /** Names of the cases, ascending. @throws UnusableImageException if they are in nnU-Net's .b2nd form */
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".b2nd")) {
                    throw new UnusableImageException(folder.getFileName()
                            + " holds .b2nd files, which are not read here; prepare the cases anew,"
                            + " or convert each with Python: numpy.savez_compressed('case.npz',"
                            + " data=blosc2.open('case.b2nd')[:], seg=blosc2.open('case_seg.b2nd')[:])");
                }
                if (name.endsWith(".npz")) {
                    names.add(name.substring(0, name.length() - 4));
                }
            }
        }
        return names;
    }

    /** Where the image has the axes of its file. */
    public void write(String name, TrainingCase trainingCase) throws IOException {
        write(name, trainingCase, trainingCase.image().geometry().grid());
    }

    /** @param stored grid of the image's file, where the reader reorders axes */
    public void write(String name, TrainingCase trainingCase, Grid stored) throws IOException {
        PreparedCase image = trainingCase.image();
        int[] shape = image.shape().toArray();
        try (NumpyWriter writer = new NumpyWriter(folder.resolve(name + ".npz"))) {
            writer.beginFloats("data", image.channels().size(), shape[0], shape[1], shape[2]);
            for (float[] channel : image.channels()) {
                writer.write(channel);
            }
            writer.beginShorts("seg", 1, shape[0], shape[1], shape[2]);
            writer.write(trainingCase.labels());
        }
        CaseProperties.write(trainingCase, stored, folder.resolve(name + ".pkl"));
    }

    public Stored read(String name) throws IOException {
        Path npz = folder.resolve(name + ".npz");
        Shape shape;
        List<float[]> channels = new ArrayList<>();
        try (NumpyReader data = NumpyReader.open(npz, "data")) {
            int[] lengths = data.shape();
            if (lengths.length != 4) {
                throw new UnusableImageException(name + ".npz: data has four axes, not " + lengths.length);
            }
            shape = new Shape(lengths[1], lengths[2], lengths[3]);
            for (int channel = 0; channel < lengths[0]; channel++) {
                channels.add(data.floats(shape.voxels()));
            }
        }
        try (NumpyReader labels = NumpyReader.open(npz, "seg")) {
            short[] voxels = labels.shorts(shape.voxels());
            ClassLocations locations = CaseProperties.readLocations(folder.resolve(name + ".pkl"), shape);
            return new Stored(shape, channels, voxels, locations);
        }
    }
}
