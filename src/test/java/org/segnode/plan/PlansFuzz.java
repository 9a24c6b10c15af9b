package org.segnode.plan;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Searches for a minute for bytes that are neither read nor refused: {@code JAZZER_FUZZ=1 mvn test -Dtest=PlansFuzz}. Not
 * part of an ordinary build, because Jazzer instruments all that runs in its process; there {@link SpoiledJsonTest} reads
 * a fixed number of spoiled files.
 */
class PlansFuzz {
    @FuzzTest(maxDuration = "60s")
    void anyBytesAreReadOrRefused(byte[] bytes) {
        SpoiledJsonTest.readOrRefuse(bytes);
    }
}
