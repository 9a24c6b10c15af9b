package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stored pixels of one image in many transfer syntaxes, against what DCMTK and GDCM decode (pixels.csv); with {@code -Dsegnode.data}
 * of all lossless images of the test data.
 */
class TransferSyntaxTest {
    private static final Path FOLDER = Path.of("src/test/resources/dicom/pixels");

    static List<String> images() throws Exception {
        return Files.readAllLines(FOLDER.resolve("pixels.csv")).stream().skip(1).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void isDecodedToTheLastBit(String line) throws Exception {
        String[] fileAndHash = line.split(",");
        requireHash(FOLDER.resolve(fileAndHash[0]), fileAndHash[1]);
    }

    @Test
    void allLosslessImagesOfTheTestDataAreDecodedToTheLastBit() throws Exception {
        String data = System.getProperty("segnode.data");
        assumeTrue(data != null, "-Dsegnode.data names no folder of test data");
        Path folder = Path.of(data, "transfer-syntaxes");
        List<String> lines = Files.readAllLines(folder.resolve("pixels.csv")).stream()
                .skip(1)
                .filter(line -> !line.matches("[^,]+,1\\.2\\.840\\.10008\\.1\\.2\\.4\\.(50|51|81|91),.*"))
                .toList();
        assertThat(lines).hasSizeGreaterThan(40);
        for (String line : lines) {
            String name = line.substring(0, line.indexOf(','));
            requireHash(folder.resolve(name), line.substring(line.lastIndexOf(',') + 1));
        }
    }

    @Test
    void jpegExtendedOfTwelveBitsIsDecodedAsDcmtkDoes() throws Exception {
        Path folder = Path.of("src/test/resources/dicom/pixels-lossy");
        int[] wanted = new int[64 * 64];
        NativeSamples.unpack(Files.readAllBytes(folder.resolve("jpeg-extended-12.raw")), 2, false, wanted);
        long[] read = LossySyntaxIT.stored(folder.resolve("jpeg-extended-12.dcm"));
        long[] expected = Arrays.stream(wanted).asLongStream().toArray();
        assertThat(LossySyntaxIT.largestDifference(read, expected)).isLessThanOrEqualTo(1);
        assertThat(Arrays.stream(read).max())
                .hasValue(Arrays.stream(expected).max().orElseThrow());
    }

    private static void requireHash(Path path, String hash) throws Exception {
        try (DicomFile file = DicomFile.open(path)) {
            PixelLayout layout = PixelLayout.of(file.attributes());
            int[] samples = new int[(int) layout.pixels()];
            FrameReader.of(file, layout).next(samples);
            assertThat(sha256(samples, layout.bitsAllocated() / 8))
                    .as(path.getFileName().toString())
                    .isEqualTo(hash);
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
