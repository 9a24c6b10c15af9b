package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Volume;

/** Files that are spoiled at random places are read or refused with a reason; nothing else leaves the reader. */
class SpoiledFilesTest {
    /** Larger files are left out of the corpus: their length is in pixels that are not looked at one by one. */
    private static final long LARGEST_SEED = 100_000;

    private static final String PIXELS = "src/test/resources/dicom/pixels/";

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                PIXELS + "MR_small.dcm",
                PIXELS + "MR_small_RLE.dcm",
                PIXELS + "MR_small_bigendian.dcm",
                PIXELS + "MR_small_jp2klossless.dcm",
                PIXELS + "MR_small_jpeg_ls_lossless.dcm",
                "src/test/resources/dicom/enhanced-ct/mf.dcm"
            })
    void aSpoiledFileIsReadOrRefused(String file) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(file));
        Random random = new Random(file.hashCode());
        for (int i = 0; i < 400; i++) {
            readOrRefuse(spoiled(whole, random));
        }
    }

    /**
     * 5,000 files: each object and encoding of the test resources equally often, or of the corpus that {@code -Dsegnode.data} names.
     */
    @Test
    void fiveThousandSpoiledFilesAreReadOrRefused() throws IOException {
        Path corpus = Path.of(System.getProperty("segnode.data", "src/test/resources/dicom"));
        List<Path> seeds;
        try (Stream<Path> all = Files.walk(corpus)) {
            seeds = all.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() < LARGEST_SEED)
                    .sorted()
                    .toList();
        }
        Random random = new Random(5000);
        for (int i = 0; i < 5000; i++) {
            byte[] spoiled = spoiled(Files.readAllBytes(seeds.get(i % seeds.size())), random);
            readOrRefuse(spoiled);
            SpoiledAnnotationsTest.readOrRefuse(spoiled);
        }
    }

    /** Cut off once in four, and up to 20 bytes changed, half of them near the beginning. */
    static byte[] spoiled(byte[] whole, Random random) {
        byte[] spoiled = random.nextInt(4) == 0
                ? Arrays.copyOf(whole, random.nextInt(Math.max(1, whole.length)))
                : whole.clone();
        for (int n = 1 + random.nextInt(20); n > 0 && spoiled.length > 0; n--) {
            int at = random.nextBoolean()
                    ? random.nextInt(spoiled.length)
                    : random.nextInt(Math.min(1500, spoiled.length));
            spoiled[at] = (byte) random.nextInt(256);
        }
        return spoiled;
    }

    /** Pixels are decoded in any case, also where the slices make no volume. */
    static void readOrRefuse(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("segnode-fuzz", ".dcm");
        try {
            Files.write(file, bytes);
            List<Path> files = List.of(file);
            attempt(() -> ObjectHeader.readComplete(file));
            attempt(() -> new SeriesReader().facts(files));
            attempt(() -> {
                Volume volume = new SeriesReader().read(files).volume();
                assertThat(volume.channels()).hasSize(1);
            });
            attempt(() -> decode(file));
        } finally {
            Files.delete(file);
        }
    }

    private static void decode(Path path) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            PixelRules.check(file);
            PixelLayout layout = PixelLayout.of(file.attributes());
            VolumePixels.requireMemory(
                    new org.segnode.volume.Shape(1, layout.rows(), layout.columns()),
                    Runtime.getRuntime().maxMemory());
            FrameReader.of(file, layout).next(new int[(int) layout.pixels()]);
        } catch (IOException | RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    interface Reading {
        void run() throws UnusableSeriesException;
    }

    static void attempt(Reading reading) {
        try {
            reading.run();
        } catch (UnusableSeriesException e) {
            assertThat(e).hasMessageNotContaining("null").message().isNotBlank();
        }
    }
}
