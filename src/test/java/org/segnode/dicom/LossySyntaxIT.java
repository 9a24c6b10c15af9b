package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.peers.Mode;

/**
 * Lossy transfer syntaxes against DCMTK or GDCM, run on the same file: decoders round differently, by at most 1. With
 * {@code -Dsegnode.data} on all lossy images of the test data too.
 */
class LossySyntaxIT {
    private static final Path FOLDER = Path.of("src/test/resources/dicom/pixels-lossy");

    @TempDir
    Path folder;

    static List<Path> images() throws IOException {
        String data = System.getProperty("segnode.data");
        Stream<Path> wide = data == null
                ? Stream.of()
                : Files.readAllLines(Path.of(data, "transfer-syntaxes/pixels.csv")).stream()
                        .filter(line -> line.matches("[^,]+,1\\.2\\.840\\.10008\\.1\\.2\\.4\\.(50|51|81|91),.*"))
                        .map(line -> Path.of(data, "transfer-syntaxes", line.split(",")[0]));
        return Stream.concat(
                        MadeSeries.files(FOLDER.toString()).stream()
                                .filter(file -> file.toString().endsWith(".dcm")),
                        wide)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void differsByAtMostOneFromAnotherDecoder(Path compressed) throws Exception {
        Path plain = folder.resolve("plain.dcm");
        String syntax = syntax(compressed);
        List<String> command = switch (syntax.substring(syntax.lastIndexOf('.') + 1)) {
            case "50", "51" -> List.of("dcmdjpeg", compressed.toString(), plain.toString());
            case "81" -> List.of("dcmdjpls", compressed.toString(), plain.toString());
            default -> List.of("gdcmconv", "--raw", compressed.toString(), plain.toString());
        };
        Mode.PROCESS.require(command.get(0));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tool.exitValue()).as(said).isZero();
        assertThat(largestDifference(stored(compressed), stored(plain))).isLessThanOrEqualTo(1);
    }

    private static String syntax(Path path) throws Exception {
        try (DicomFile file = DicomFile.open(path)) {
            return file.transferSyntax();
        }
    }

    static long largestDifference(long[] a, long[] b) {
        assertThat(a).hasSameSizeAs(b);
        long most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    static long[] stored(Path path) throws Exception {
        try (DicomFile file = DicomFile.open(path)) {
            PixelLayout layout = PixelLayout.of(file.attributes());
            int[] samples = new int[(int) layout.pixels()];
            FrameReader.of(file, layout).next(samples);
            return Arrays.stream(samples).mapToLong(layout::stored).toArray();
        }
    }
}
