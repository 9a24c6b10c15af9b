package org.segnode.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.segnode.cli.terminal.CommandFailure;

/**
 * Runs a program from its start to its end.
 *
 * @param command its last word, the folder for results, is added for each run
 * @param folder results go below it, and are deleted
 */
record ProgramRun(List<String> command, Path folder) {
    /** @return seconds, megabytes of all its processes together, megabytes of the largest */
    double[] run() throws IOException, InterruptedException {
        Path results = Files.createDirectory(folder.resolve("results"));
        Path output = folder.resolve("output");
        List<String> whole = new ArrayList<>(command);
        whole.add(results.toString());
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putIfAbsent("OMP_NUM_THREADS", "" + Runtime.getRuntime().availableProcessors());
        long start = System.nanoTime();
        Process process = builder.start();
        try (BenchMemory memory = BenchMemory.ofTree(process.toHandle())) {
            int code = process.waitFor();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (code != 0) {
                List<String> lines = Files.readAllLines(output);
                throw new CommandFailure(command.get(0) + " ended with exit code " + code + ": "
                        + (lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1)));
            }
            return new double[] {seconds, memory.largestSumMb(), memory.largestProcessMb()};
        } finally {
            process.destroy();
            delete(results);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
