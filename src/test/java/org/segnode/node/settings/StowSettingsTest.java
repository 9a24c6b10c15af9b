package org.segnode.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StowSettingsTest {
    private static final String TOKEN = "correct-horse-battery-staple";

    @TempDir
    Path folder;

    private StowSettings read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("segnode.yaml"), yaml);
        return Settings.read(file, Map.of()).stow();
    }

    private List<String> complaintsOf(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("segnode.yaml"), yaml);
        return catchThrowableOfType(SettingsException.class, () -> Settings.read(file, Map.of()))
                .complaints();
    }

    @Test
    void thereIsNoReceptionOverHttpUnlessAsked() throws IOException {
        assertThat(read(""))
                .isEqualTo(
                        new StowSettings(OptionalInt.empty(), "127.0.0.1", false, Map.of(), "STOW", 2_000_000_000L, 4));
    }

    @Test
    void everyKeyIsReadAndTokensAreNotShown() throws IOException {
        StowSettings stow = read("""
                tls: {key-store: a, trust-store: b}
                stow:
                  port: 0
                  bind: 0.0.0.0
                  tls: true
                  callers: [{aet: CLOUD, token: %s}]
                  aet: WEB
                  largest-object: 1MB
                  requests: 2
                """.formatted(TOKEN));
        assertThat(stow)
                .isEqualTo(new StowSettings(
                        OptionalInt.of(0), "0.0.0.0", true, Map.of(TOKEN, "CLOUD"), "WEB", 1_000_000L, 2));
        assertThat(stow.toString()).contains("CLOUD").doesNotContain(TOKEN);
    }

    @Test
    void anOpenDoorIsRefused() throws IOException {
        assertThat(complaintsOf("stow: {port: 8043, bind: 0.0.0.0}"))
                .containsExactly("stow: beyond loopback it needs callers with tokens, or tls with client certificates");
        assertThat(complaintsOf("stow: {port: 8043, tls: true}"))
                .containsExactly("stow: tls needs key-store and trust-store in section tls");
        assertThat(complaintsOf("stow: {port: 8043, callers: [{aet: A, token: short}]}"))
                .containsExactly("line 1: stow.callers[1] needs a token of at least 16 characters, has 5");
        assertThat(read("stow: {port: 8043, bind: 0.0.0.0, callers: [{aet: A, token: %s}]}".formatted(TOKEN))
                        .port())
                .hasValue(8043);
    }
}
