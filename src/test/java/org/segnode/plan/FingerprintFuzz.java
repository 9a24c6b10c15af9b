package org.segnode.plan;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** dataset_fingerprint.json; what is read is also planned. */
class FingerprintFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) {
        SpoiledJsonTest.readOrRefuse(bytes);
    }
}
