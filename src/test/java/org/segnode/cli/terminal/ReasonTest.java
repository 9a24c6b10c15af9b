package org.segnode.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;

class ReasonTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new UnusableSeriesException("slice 3 is missing"), "slice 3 is missing"),
                arguments(new TemporaryException("PACS does not answer"), "PACS does not answer"),
                arguments(new IllegalArgumentException("the port is -1"), "the port is -1"),
                arguments(new NoSuchFileException("a.dcm"), "no such file: a.dcm"),
                arguments(new UncheckedIOException(new AccessDeniedException("a.dcm")), "no permission: a.dcm"),
                arguments(new EOFException("after 3 bytes"), "eof: after 3 bytes"),
                arguments(new IOException("line one\n  line two\n"), "io: line one; line two"),
                arguments(new NullPointerException(), "internal error: null pointer, SEGNODE_TRACE=1 shows where"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("failures")
    void isOneLineInPlainWords(Exception failure, String reason) {
        assertThat(Reason.of(failure)).isEqualTo(reason);
    }
}
