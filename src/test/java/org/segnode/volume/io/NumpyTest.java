package org.segnode.volume.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyTest {
    @TempDir
    Path folder;

    @Test
    void arraysThatAreWrittenCanBeRead() throws IOException {
        Path npz = folder.resolve("a.npz");
        try (NumpyWriter writer = new NumpyWriter(npz)) {
            writer.beginFloats("data", 2, 3);
            writer.write(new float[] {1, 2.5f, Float.NaN});
            writer.write(new float[] {-4, 5, 6});
            writer.beginShorts("seg", 3);
            writer.write(new short[] {-1, 0, 300});
        }
        try (NumpyReader data = NumpyReader.open(npz, "data");
                NumpyReader seg = NumpyReader.open(npz, "seg")) {
            assertThat(data.shape()).containsExactly(2, 3);
            assertThat(data.floats(6)).containsExactly(1, 2.5f, Float.NaN, -4, 5, 6);
            assertThat(seg.shorts(3)).containsExactly((short) -1, (short) 0, (short) 300);
        }
    }

    @Test
    void refusesAnArrayThatIsNotThere() throws IOException {
        Path npz = folder.resolve("a.npz");
        try (NumpyWriter writer = new NumpyWriter(npz)) {
            writer.beginFloats("data", 0);
        }
        assertThatThrownBy(() -> NumpyReader.open(npz, "softmax")).hasMessage("a.npz: has no array \"softmax\"");
    }

    @Test
    void refusesObjectsAndHeadersThatClaimTooMuch() throws IOException {
        assertThatThrownBy(() -> NumpyReader.open(npy("'|O8'", "(2,)"))).hasMessageContaining("not understood");
        assertThatThrownBy(() -> NumpyReader.open(npy("'<f4'", "(900, 900, 900)")))
                .hasMessageContaining("is cut short");
        assertThatThrownBy(() -> NumpyReader.open(npy("'<f4'", "(99999999999,)")))
                .hasMessageContaining("has the shape");
    }

    private Path npy(String type, String shape) throws IOException {
        String header = "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }\n";
        String start = "\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000";
        return Files.write(folder.resolve("a.npy"), (start + header).getBytes(StandardCharsets.ISO_8859_1));
    }
}
