package org.segnode.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.volume.Shape;

class BenchTest {
    @TempDir
    Path folder;

    @Test
    void aSpreadIsTheMiddleAndTheEnds() {
        assertThat(Spread.of(List.of(3.0, 1.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
        assertThat(Spread.of(List.of(1.0, 2.0))).isEqualTo(new Spread(1.5, 1, 2));
    }

    @Test
    void contestantsTakeTurnsAndTheFirstRoundsDoNotCount() throws Exception {
        List<String> turns = new ArrayList<>();
        BenchRounds rounds = new BenchRounds();
        for (String who : List.of("a", "b")) {
            rounds.enter(who, () -> {
                turns.add(who);
                return new double[] {turns.size(), 10.0 * turns.size()};
            });
        }

        List<List<BenchRounds.Result>> results = rounds.run(3, 1);

        assertThat(turns).containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
        assertThat(results.get(0))
                .containsExactly(
                        new BenchRounds.Result("a", new Spread(5, 3, 7)),
                        new BenchRounds.Result("b", new Spread(6, 4, 8)));
        assertThat(results.get(1).get(1).spread()).isEqualTo(new Spread(60, 40, 80));
    }

    private static String printed(boolean json, boolean peer) {
        BenchReport report = new BenchReport("network", 3, json, peer);
        report.add(
                "small",
                "s",
                List.of(
                        new BenchRounds.Result("segnode", new Spread(0.02, 0.01, 0.03)),
                        new BenchRounds.Result("peer", new Spread(0.05, 0.04, 12345))));
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void theReportComparesWithOurs() {
        assertThat(printed(false, true))
                .contains("cores")
                .contains("medians of 3 rounds")
                .containsPattern("segnode +0.02000 s \\(0.01000 to 0.03000\\)")
                .containsPattern("peer +0.05000 s \\(0.04000 to 12345\\)  2.50 times")
                .doesNotContain("--peer-python");
    }

    @Test
    void theReportSaysHowToGetThePeer() {
        assertThat(printed(false, false)).contains("--peer-python PYTHON");
    }

    @Test
    void theSameAsJson() throws IOException {
        JsonNode root = new ObjectMapper().readTree(printed(true, true));
        assertThat(root.path("machine").path("cores").asInt()).isPositive();
        assertThat(root.path("figures")).hasSize(2);
        assertThat(root.path("figures").get(0).has("times")).isFalse();
        assertThat(root.path("figures").get(1).path("times").asDouble()).isEqualTo(2.5);
    }

    @Test
    void readsTheKernelsSums() {
        List<String> lines = List.of("55d0-7ffe ---p 00000000 00:00 0 [rollup]", "Rss:   5120 kB", "Pss:   1024 kB");
        assertThat(BenchMemory.kib(lines, "Pss:")).isEqualTo(1024);
        assertThat(BenchMemory.kib(lines, "Swap:")).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void seesWhatThisProcessHolds() throws InterruptedException {
        try (BenchMemory memory = BenchMemory.ofThisProcess()) {
            while (memory.largestSumMb() == 0) {
                Thread.sleep(10);
            }
            assertThat(memory.largestProcessMb()).isGreaterThanOrEqualTo(memory.largestSumMb());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPeerAnswersEachLine() throws IOException {
        Path python = program("echo ready; while read a b; do echo \"$b 7\"; done");
        try (BenchPeer peer = BenchPeer.start(python, "bench_network.py")) {
            assertThat(peer.ask("x", "1.5")).containsExactly(1.5, 7);
            assertThat(peer.ask("x", "2")).containsExactly(2, 7);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPeerThatFailsSaysWhy() throws IOException {
        Path python = program("echo \"ModuleNotFoundError: No module named 'nnunetv2'\" >&2");
        assertThatThrownBy(() -> BenchPeer.start(python, "bench_network.py"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("bench_network.py failed: ModuleNotFoundError: No module named 'nnunetv2'");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProgramThatFailsSaysWhy() throws IOException {
        ProgramRun run = new ProgramRun(
                List.of(program("echo first; echo no model; exit 3").toString()), folder);
        assertThatThrownBy(run::run).isInstanceOf(CommandFailure.class).hasMessageContaining("exit code 3: no model");
    }

    @Test
    void smallWorkRunsThrough() {
        for (ResamplingWork work : ResamplingWork.usual()) {
            assertThat(work.question()).hasSize(6);
        }
        new ResamplingWork(ResamplingWork.Kind.LOGITS, 2, new Shape(4, 5, 6), new Shape(5, 6, 7), false)
                .ours()
                .run();
    }

    private Path program(String body) throws IOException {
        Path file = folder.resolve("program");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
