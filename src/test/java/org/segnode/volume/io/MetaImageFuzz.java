package org.segnode.volume.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** MetaImage text headers and their data. */
class MetaImageFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        DamagedFilesTest.readOrRefuse(bytes, "mha");
    }
}
