package org.segnode.dicom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Searches for a minute for bytes that are neither read nor refused: {@code JAZZER_FUZZ=1 mvn test
 * -Dtest=SeriesReaderFuzz#anyBytesAreReadOrRefused} (or the other). Not part of an ordinary build, because Jazzer instruments all that runs in its process; there
 * {@link SpoiledFilesTest} reads a fixed number of spoiled files.
 */
class SeriesReaderFuzz {
    @FuzzTest(maxDuration = "60s")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        SpoiledFilesTest.readOrRefuse(bytes);
    }

    /** Three bytes each: where (two bytes) and what. */
    @FuzzTest(maxDuration = "60s")
    void anyChangeOfARealFileIsReadOrRefused(byte[] changes) throws IOException {
        if (changes.length == 0) {
            return;
        }
        List<Path> files = MadeSeries.resource("pixels").stream()
                .filter(file -> file.toString().contains("MR_small"))
                .toList();
        byte[] bytes = Files.readAllBytes(files.get((changes[0] & 0xff) % files.size()));
        for (int i = 1; i + 2 < changes.length; i += 3) {
            bytes[((changes[i] & 0xff) << 8 | changes[i + 1] & 0xff) % bytes.length] = changes[i + 2];
        }
        SpoiledFilesTest.readOrRefuse(bytes);
    }
}
