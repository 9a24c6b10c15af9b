package org.segnode.dicom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Whole DICOM files. */
class SeriesReaderFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        SpoiledFilesTest.readOrRefuse(bytes);
    }
}
