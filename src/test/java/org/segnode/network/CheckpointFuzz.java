package org.segnode.network;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Whole checkpoints: the zip and what is in it. */
class CheckpointFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        SpoiledCheckpointTest.readOrRefuse(bytes);
    }
}
