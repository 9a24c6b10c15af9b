package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored pixels of one image in many transfer syntaxes, against what DCMTK and GDCM decode (pixels.csv). */
class TransferSyntaxTest {
    private static final Path FOLDER = Path.of("src/test/resources/dicom/pixels");

    static List<String> images() throws Exception {
        return Files.readAllLines(FOLDER.resolve("pixels.csv")).stream().skip(1).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void isDecodedToTheLastBit(String line) throws Exception {
        String[] fileAndHash = line.split(",");
        try (DicomFile file = DicomFile.open(FOLDER.resolve(fileAndHash[0]))) {
            PixelLayout layout = PixelLayout.of(file.attributes());
            int[] samples = new int[(int) layout.pixels()];
            FrameReader.of(file, layout).next(samples);
            assertThat(sha256(samples, layout.bitsAllocated() / 8)).isEqualTo(fileAndHash[1]);
        }
    }

    private static String sha256(int[] samples, int width) throws Exception {
        byte[] bytes = new byte[samples.length * width];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (samples[i / width] >> (8 * (i % width)));
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
