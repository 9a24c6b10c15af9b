package org.segnode.volume.io;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the bytes, a file is read or refused in one line. Jazzer searches for half a minute each:
 * {@code JAZZER_FUZZ=1 mvn test -Dtest=ImageFilesFuzz}; it is no part of the usual tests because its agent slows them down.
 */
class ImageFilesFuzz {
    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "30s")
    void niftiIsReadOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(Files.write(folder.resolve("fuzz.nii"), bytes));
    }

    @FuzzTest(maxDuration = "30s")
    void nrrdIsReadOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(Files.write(folder.resolve("fuzz.nrrd"), bytes));
    }

    @FuzzTest(maxDuration = "30s")
    void metaImageIsReadOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(Files.write(folder.resolve("fuzz.mha"), bytes));
    }

    @FuzzTest(maxDuration = "30s")
    void numpyIsReadOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(Files.write(folder.resolve("fuzz.npy"), bytes));
    }

    static void readOrRefuse(Path file) throws IOException {
        try {
            if (file.toString().endsWith(".npy")) {
                NumpyReader.open(file).close();
            } else if (file.toString().endsWith(".npz")) {
                try (NumpyReader reader = NumpyReader.open(file, "data")) {
                    reader.floats(6);
                }
            } else {
                VolumeFiles.read(List.of(file));
            }
        } catch (UnusableImageException refused) {
            assertFalse(String.valueOf(refused.getMessage()).contains("\n"));
        }
    }
}
