package org.segnode.plan;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** plans.json. */
class PlansFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) {
        SpoiledJsonTest.readOrRefuse(bytes);
    }
}
