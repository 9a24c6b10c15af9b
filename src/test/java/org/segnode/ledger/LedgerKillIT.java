package org.segnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.TemporaryException;

/** A process that commits is killed with -9: nothing that it had said was committed may be missing. */
class LedgerKillIT {
    @TempDir
    Path folder;

    @RepeatedTest(3)
    void losesNothingThatWasCommittedWhenTheProcessIsKilled() throws Exception {
        Process process = start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = reader(process)) {
            while (acknowledged.size() < 300) {
                acknowledged.add(lines.readLine());
            }
            process.toHandle().destroyForcibly(); // unlike the process' own method it leaves its last lines readable
            lines.lines().forEach(acknowledged::add);
        }
        process.waitFor();
        try (Ledger ledger = Ledger.open(LedgerConfiguration.embedded(folder))) {
            Map<String, SeriesRow> kept = ledger.series().in(SeriesState.OPEN).stream()
                    .collect(Collectors.toMap(SeriesRow::seriesKey, row -> row));
            assertThat(acknowledged)
                    .hasSizeGreaterThanOrEqualTo(300)
                    .allMatch(line -> line.length() < 32 || kept.containsKey(line));
        }
    }

    @Test
    void isRefusedToASecondProcess() throws Exception {
        Process process = start();
        try (BufferedReader lines = reader(process)) {
            assertThat(lines.readLine()).hasSize(32);
            assertThatThrownBy(() -> Ledger.open(LedgerConfiguration.embedded(folder)))
                    .isInstanceOf(TemporaryException.class)
                    .hasMessageContaining("is in use by another process");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Committer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Opens series for ever and prints the key of each when it is committed. */
    static final class Committer {
        private Committer() {}

        public static void main(String[] arguments) {
            Ledger ledger = Ledger.open(LedgerConfiguration.embedded(Path.of(arguments[0])));
            for (int i = 0; ; i++) {
                String key = "%032x".formatted(i);
                ledger.series().open(new NewSeries(key, "1.2.3", "1.2.3." + i, "MR1", "SEGNODE"));
                System.out.println(key);
            }
        }
    }
}
