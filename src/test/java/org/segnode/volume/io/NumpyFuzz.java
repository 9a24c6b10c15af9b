package org.segnode.volume.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Headers of NumPy arrays. */
class NumpyFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        DamagedFilesTest.readOrRefuse(bytes, "npy");
    }
}
