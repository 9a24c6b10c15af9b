package org.segnode.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** postprocessing.json. */
class PostprocessingFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("segnode-fuzz", ".json");
        try {
            assertThat(Postprocessing.read(Files.write(file, bytes)).steps()).isNotNull();
        } catch (IOException refused) {
            assertThat(refused.getMessage())
                    .hasLineCount(1)
                    .contains("segnode-fuzz")
                    .hasSizeLessThan(1000);
        } finally {
            Files.delete(file);
        }
    }
}
