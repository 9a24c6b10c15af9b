package org.segnode.volume.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** NIfTI headers of both kinds and byte orders. */
class NiftiFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        DamagedFilesTest.readOrRefuse(bytes, "nii");
    }
}
