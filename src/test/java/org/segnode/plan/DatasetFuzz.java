package org.segnode.plan;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** dataset.json. */
class DatasetFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) {
        SpoiledJsonTest.readOrRefuse(bytes);
    }
}
