package org.segnode.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.segnode.pacs.KeyStoreFile;
import org.segnode.pacs.TlsConfiguration;

/**
 * Encrypted DICOM.
 *
 * @param configuration keys, trust and what is demanded of peers; none: nothing is encrypted
 * @param port TCP port of DICOM over TLS, beside that of {@code node}; 0 takes a free one
 * @param only whether the port of {@code node}, which is not encrypted, stays closed
 */
public record TlsSettings(Optional<TlsConfiguration> configuration, int port, boolean only) {
    static TlsSettings read(Section in) {
        boolean wanted = in.has("key-store") || in.has("trust-store");
        TlsConfiguration configuration = configuration(in, wanted);
        TlsSettings read = new TlsSettings(
                wanted ? Optional.of(configuration) : Optional.empty(),
                in.number("port", 2762, 0, 65535),
                in.flag("only", false));
        if (read.only && !wanted) {
            in.complain("needs key-store and trust-store if it is the only way in");
        }
        in.finish();
        return read;
    }

    private static TlsConfiguration configuration(Section in, boolean wanted) {
        if (wanted) {
            in.required("key-store");
            in.required("trust-store");
        }
        List<String> protocols = in.values("protocols", TlsConfiguration.PROTOCOLS, TlsSettings::protocol);
        return new TlsConfiguration(
                store(in, "key-store", "key-password"),
                store(in, "trust-store", "trust-password"),
                in.flag("client-certificates", true),
                in.flag("check-host-names", true),
                protocols.isEmpty() ? TlsConfiguration.PROTOCOLS : protocols,
                in.texts("suites"));
    }

    private static KeyStoreFile store(Section in, String file, String password) {
        return new KeyStoreFile(in.path(file, Path.of(file)), in.text(password, ""));
    }

    private static String protocol(String text) {
        List<String> known = TlsConfiguration.PROTOCOLS;
        if (!known.contains(text)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", known) + ", is \"" + text + "\"");
        }
        return text;
    }
}
