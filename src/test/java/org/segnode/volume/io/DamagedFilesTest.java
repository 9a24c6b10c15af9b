package org.segnode.volume.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/** Files with a few bytes changed, or cut off, are read or refused in one line. */
class DamagedFilesTest {
    private static final int MUTATIONS = 400;

    @TempDir
    static Path folder;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"nii", "nii.gz", "nrrd", "mha", "gipl", "npz", "png", "tif"})
    void damagedFilesAreReadOrRefused(String ending) throws IOException {
        byte[] whole = Files.readAllBytes(written(ending));
        Random random = new Random(ending.hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                damaged[random.nextInt(Math.min(damaged.length, 600))] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
            readOrRefuse(Arrays.copyOf(damaged, length), ending);
        }
    }

    /** Some formats are read by their own reader, all others as a volume. */
    static void readOrRefuse(byte[] bytes, String ending) throws IOException {
        Path file = Files.createTempFile("segnode-fuzz", "." + ending);
        try {
            Files.write(file, bytes);
            read(file, ending);
        } catch (UnusableImageException refused) {
            assertThat(refused.getMessage()).hasLineCount(1);
        } finally {
            Files.delete(file);
        }
    }

    private static void read(Path file, String ending) throws IOException {
        switch (ending) {
            case "npy" -> NumpyReader.open(file).close();
            case "npz" -> {
                try (NumpyReader reader = NumpyReader.open(file, "data")) {
                    reader.floats(6);
                }
            }
            case "png", "bmp" -> ReaderWriter.NATURAL_IMAGE_2D.read(List.of(file));
            case "tif" -> ReaderWriter.TIFF_3D.read(List.of(file));
            default -> VolumeFiles.read(List.of(file));
        }
    }

    private static Path written(String ending) throws IOException {
        Path file = folder.resolve("whole." + ending);
        if (ending.equals("npz")) {
            try (NumpyWriter writer = new NumpyWriter(file)) {
                writer.beginFloats("data", 2, 3);
                writer.write(new float[6]);
            }
            return file;
        }
        int slices = ending.equals("png") || ending.equals("tif") ? 1 : 2;
        Grid grid = new Grid(
                new Shape(slices, 3, 5),
                new Position(-4, 5, 6.5),
                new Position(0, -1.2, 1.6),
                new Position(0, 0.64, 0.48),
                new Position(0.7, 0, 0));
        VolumeFiles.write(new LabelMap(grid, new short[slices * 15]), file);
        return file;
    }
}
