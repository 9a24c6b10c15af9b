package org.segnode.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.pacs.KeyStoreFile;
import org.segnode.pacs.TlsConfiguration;

class TlsSettingsTest {
    @TempDir
    Path folder;

    private Settings read(String yaml, Map<String, String> environment) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("segnode.yaml"), yaml), environment);
    }

    private List<String> complaintsOf(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("segnode.yaml"), yaml);
        return catchThrowableOfType(SettingsException.class, () -> Settings.read(file, Map.of()))
                .complaints();
    }

    @Test
    void nothingIsEncryptedUnlessAsked() throws IOException {
        assertThat(read("", Map.of()).tls()).isEqualTo(new TlsSettings(Optional.empty(), 2762, false));
    }

    @Test
    void twoFilesAreEnoughAndTheRestIsStrict() throws IOException {
        TlsSettings tls = read("tls: {key-store: node.p12, trust-store: /etc/ca.p12}", Map.of())
                .tls();
        assertThat(tls.configuration())
                .contains(TlsConfiguration.strict(
                        new KeyStoreFile(folder.resolve("node.p12"), ""),
                        new KeyStoreFile(Path.of("/etc/ca.p12"), "")));
    }

    @Test
    void everyKeyIsReadAndPasswordsMayComeFromTheEnvironment() throws IOException {
        TlsSettings tls =
                read("""
                tls:
                  key-store: node.p12
                  trust-store: ca.p12
                  trust-password: open
                  port: 0
                  only: true
                  client-certificates: false
                  check-host-names: false
                  protocols: TLSv1.3
                  suites: [TLS_AES_128_GCM_SHA256]
                """, Map.of("SEGNODE_TLS_KEY_PASSWORD", "sesame")).tls();
        assertThat(tls)
                .isEqualTo(new TlsSettings(
                        Optional.of(new TlsConfiguration(
                                new KeyStoreFile(folder.resolve("node.p12"), "sesame"),
                                new KeyStoreFile(folder.resolve("ca.p12"), "open"),
                                false,
                                false,
                                List.of("TLSv1.3"),
                                List.of("TLS_AES_128_GCM_SHA256"))),
                        0,
                        true));
    }

    @Test
    void halfAConfigurationIsRefused() throws IOException {
        assertThat(complaintsOf("tls: {key-store: node.p12}")).containsExactly("line 1: tls.trust-store is missing");
        assertThat(complaintsOf("tls: {only: true}"))
                .containsExactly("line 1: tls needs key-store and trust-store if it is the only way in");
        assertThat(complaintsOf("tls: {key-store: a, trust-store: b, protocols: [TLSv1.1]}"))
                .containsExactly("line 1: tls.protocols must be one of TLSv1.3, TLSv1.2, is \"TLSv1.1\"");
    }
}
