package org.segnode.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.segnode.volume.Shape;
import org.segnode.volume.io.PickleException;

/** Pickles of case properties. */
class CasePropertiesFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("segnode-fuzz", ".pkl");
        try {
            CaseProperties.readLocations(Files.write(file, bytes), new Shape(2, 3, 4));
        } catch (PickleException refused) {
            assertThat(refused.getMessage()).hasLineCount(1);
        } finally {
            Files.delete(file);
        }
    }
}
