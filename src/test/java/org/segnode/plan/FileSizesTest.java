package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSizesTest {
    @TempDir
    Path folder;

    @Test
    void knowsTheUnpackedSizeOfGzipWithoutUnpacking() throws IOException {
        assertThat(FileSizes.unpacked(packed("zeros.nii.gz", new byte[1_000_000])))
                .isEqualTo(1_000_000);
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        assertThat(FileSizes.unpacked(packed("noise.nii.gz", noise))).isEqualTo(100_000);
        assertThat(FileSizes.unpacked(packed("empty.nii.gz", new byte[0]))).isZero();
    }

    @Test
    void takesOthersAsTheyAreOrAsPackedAsUsual() throws IOException {
        assertThat(FileSizes.unpacked(Files.write(folder.resolve("a.nii"), new byte[500])))
                .isEqualTo(500);
        assertThat(FileSizes.unpacked(Files.write(folder.resolve("a.png"), new byte[500])))
                .isEqualTo(2000);
        assertThat(FileSizes.unpacked(Files.write(folder.resolve("a.gz"), new byte[2])))
                .isEqualTo(8);
        assertThat(FileSizes.unpacked(folder.resolve("missing.nii.gz"))).isZero();
    }

    private Path packed(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }
}
