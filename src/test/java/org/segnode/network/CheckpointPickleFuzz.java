package org.segnode.network;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** The pickle of a checkpoint, in a sound zip beside three storages. */
class CheckpointPickleFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyPickleInACheckpointIsReadOrRefused(byte[] bytes) throws IOException {
        SpoiledCheckpointTest.readOrRefuse(SpoiledCheckpointTest.around(bytes));
    }
}
