package org.segnode.dicom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/**
 * Searches for a minute for bytes that are neither read nor refused: {@code JAZZER_FUZZ=1 mvn test
 * -Dtest=SeriesReaderFuzz}. Not part of an ordinary build, because Jazzer instruments all that runs in its process; there
 * {@link SpoiledFilesTest} reads a fixed number of spoiled files.
 */
class SeriesReaderFuzz {
    @FuzzTest(maxDuration = "60s")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        SpoiledFilesTest.readOrRefuse(bytes);
    }
}
