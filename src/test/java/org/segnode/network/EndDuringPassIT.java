package org.segnode.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.plan.Plans;

/** A process that is told to end while a network computes ends as any other, without a crash in native code. */
class EndDuringPassIT {
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @RepeatedTest(4)
    void aProcessEndsWithoutCrash() throws Exception {
        Path plans = Path.of("src/models/hippocampus-3d/plans.json").toAbsolutePath();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(part -> Path.of(part).toAbsolutePath().toString())
                                .collect(Collectors.joining(File.pathSeparator)),
                        Passes.class.getName(),
                        plans.toString())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("computing");
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty(); // Java leaves a file hs_err_pid… after a crash
        }
    }

    /** Computes for ever. */
    static final class Passes {
        private Passes() {}

        public static void main(String[] plans) throws IOException {
            NetworkScript script = NetworkScript.of(
                    Plans.read(Path.of(plans[0])).configuration("3d_fullres").architecture(),
                    1,
                    3,
                    Variant.CHANNELS_LAST);
            Map<String, Tensor> weights = new HashMap<>();
            script.parameters()
                    .forEach(parameter -> weights.put(
                            parameter.name(),
                            Tensor.of(
                                    parameter.shape(),
                                    new float
                                            [(int) Arrays.stream(parameter.shape())
                                                    .reduce(1, Math::multiplyExact)])));
            try (Network network = Network.load(script, weights, ComputeDevice.CPU)) {
                network.forward(new float[8 * 40 * 56 * 40], 8, 40, 56, 40);
                System.out.println("computing");
                while (true) {
                    network.forward(new float[8 * 40 * 56 * 40], 8, 40, 56, 40);
                }
            }
        }
    }
}
