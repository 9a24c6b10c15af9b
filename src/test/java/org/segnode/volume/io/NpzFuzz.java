package org.segnode.volume.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Zips of NumPy arrays. */
class NpzFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        DamagedFilesTest.readOrRefuse(bytes, "npz");
    }
}
