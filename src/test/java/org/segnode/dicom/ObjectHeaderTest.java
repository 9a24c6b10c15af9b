package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;

class ObjectHeaderTest {
    private static final Path SLICE = Path.of("dicom-samples/case-006/series/0001.dcm");

    @TempDir
    Path folder;

    @Test
    void namesTheObjectAndWhereItBelongs() throws Exception {
        ObjectHeader header = ObjectHeader.readComplete(SLICE);
        assertThat(header.sopClassUid()).isEqualTo("1.2.840.10008.5.1.4.1.1.4");
        assertThat(header.sopInstanceUid()).isEqualTo("2.25.130917122775299716073705445545562157990");
        assertThat(header.transferSyntaxUid()).isEqualTo("1.2.840.10008.1.2.1");
        assertThat(header).isEqualTo(ObjectHeader.read(SLICE));
    }

    @Test
    void aFileCutAnywhereIsNeverComplete() throws Exception {
        byte[] whole = Files.readAllBytes(SLICE);
        for (int length = 0; length < whole.length; length += 37) {
            Path cut = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ObjectHeader.readComplete(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(UnusableSeriesException.class);
        }
        assertThatThrownBy(() -> ObjectHeader.readComplete(write(Arrays.copyOf(whole, whole.length - 1))))
                .hasMessage("file object.dcm is cut off: the file ends within the data set");
    }

    @Test
    void pixelDataThatAreTooShortForRowsAndColumnsAreNamedWithTheNumbers() throws Exception {
        byte[] bytes = Files.readAllBytes(SLICE);
        int rows = indexOf(bytes, new byte[] {0x28, 0, 0x10, 0, 'U', 'S', 2, 0});
        bytes[rows + 8] = 100;
        assertThatThrownBy(() -> ObjectHeader.readComplete(write(bytes)))
                .hasMessage(
                        "file object.dcm holds 3640 bytes of pixel data, but 1 frame(s) of 100 x 35 pixels with 16 bits"
                                + " need 7000");
    }

    @Test
    void whatIsNoDicomFileIsRefused() throws Exception {
        Path text = write("Dear colleague, thank you for the patient.".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> ObjectHeader.read(text))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessageStartingWith("file object.dcm ");
        assertThatThrownBy(() -> ObjectHeader.read(write(new byte[0]))).isInstanceOf(UnusableSeriesException.class);
    }

    @Test
    void aFileThatIsNotThereIsAFailureOfTheSurroundings() {
        assertThatThrownBy(() -> ObjectHeader.read(folder.resolve("nowhere.dcm")))
                .isInstanceOf(TemporaryException.class);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("object.dcm"), bytes);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not found");
    }
}
