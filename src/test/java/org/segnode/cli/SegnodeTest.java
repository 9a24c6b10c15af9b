package org.segnode.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.cli.terminal.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class SegnodeTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(CommandLine commandLine, String... arguments) {
        return commandLine
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void printsItsVersionAndTheJavaThatRunsIt() {
        assertThat(run(Segnode.commandLine(), "--version")).isZero();
        assertThat(out.toString()).startsWith("segnode ").contains("Java " + Runtime.version());
    }

    @Test
    void withoutACommandIsAUsageErrorThatNamesTheHelp() {
        assertThat(run(Segnode.commandLine())).isEqualTo(2);
        assertThat(err.toString()).contains("which command?").contains("segnode --help");
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(run(Segnode.commandLine(), "dance")).isEqualTo(2);
        assertThat(err.toString()).contains("dance");
    }

    @Test
    void aFailureIsOneLineWithItsReasonAndNoTrace() {
        CommandLine commandLine = Segnode.commandLine().addSubcommand("fail", new Failing());
        assertThat(run(commandLine, "fail")).isEqualTo(1);
        assertThat(err.toString()).isEqualToNormalizingNewlines("segnode fail: the disk is full; 3 MB are free\n");
        assertThat(out.toString()).isEmpty();
    }

    static Stream<String> commands() {
        return Segnode.commandLine().getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("commands")
    void everyCommandHasHelpWithExamples(String command) {
        assertThat(run(Segnode.commandLine(), command, "--help")).isZero();
        assertThat(out.toString())
                .contains("Examples:")
                .contains("segnode " + command)
                .contains("Exit codes:");
    }

    static Stream<String> benchmarks() {
        return requireNonNull(Segnode.commandLine().getSubcommands().get("bench")).getSubcommands().keySet().stream();
    }

    @ParameterizedTest(name = "bench {0}")
    @MethodSource("benchmarks")
    void everyBenchmarkHasHelpWithExamples(String benchmark) {
        assertThat(run(Segnode.commandLine(), "bench", benchmark, "--help")).isZero();
        assertThat(out.toString()).contains("Examples:").contains("segnode bench " + benchmark);
    }

    @Command(name = "fail")
    static final class Failing implements Runnable {
        @Override
        public void run() {
            throw new CommandFailure("the disk is full\n3 MB are free");
        }
    }
}
