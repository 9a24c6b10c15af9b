package org.segnode.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.EPOCH;

    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @Test
    void printsALineAtTheStartEveryTenSecondsAndAtTheEnd() {
        try (ProgressDisplay display = new ProgressDisplay("segmenting", new PrintWriter(err), clock, false)) {
            display.step(1, 8);
            now = now.plusSeconds(11);
            display.step(2, 8);
            now = now.plusSeconds(9);
            display.step(3, 8);
            display.step(8, 8);
        }
        assertThat(err.toString().lines()).containsExactly("segmenting …", "segmenting: 2 of 8", "segmenting: 8 of 8");
    }
}
