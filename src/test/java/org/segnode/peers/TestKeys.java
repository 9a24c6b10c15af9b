package org.segnode.peers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.segnode.pacs.KeyStoreFile;
import org.segnode.pacs.TlsConfiguration;

/**
 * Keys of parties that trust each other, and of one that nobody trusts, made by the JDK's keytool. Each certificate
 * is signed by its own key and names localhost and 127.0.0.1, but that of {@code elsewhere}.
 *
 * @param folder holds a key store of each party
 */
public record TestKeys(Path folder) {
    private static final String PASSWORD = "changeit";
    private static final List<String> FRIENDS = List.of("node", "peer", "elsewhere");

    public static TestKeys make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        TestKeys keys = new TestKeys(Files.createDirectories(folder));
        for (String party : List.of("node", "peer", "elsewhere", "stranger")) {
            keys.makeKey(party);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String party : FRIENDS) {
            trusted.setCertificateEntry(party, keys.load(party).getCertificate(party));
        }
        try (OutputStream out = Files.newOutputStream(keys.store("trusted"))) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void makeKey(String party) throws IOException, InterruptedException {
        String host = party.equals("elsewhere") ? "elsewhere.example" : "localhost";
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        party,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=" + party,
                        "-ext",
                        "SAN=dns:" + host + (host.equals("localhost") ? ",ip:127.0.0.1" : ""),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store(party).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private Path store(String party) {
        return folder.resolve(party + ".p12");
    }

    private KeyStore load(String party) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store(party).toFile(), PASSWORD.toCharArray());
    }

    public KeyStoreFile of(String party) {
        return new KeyStoreFile(store(party), PASSWORD);
    }

    /** Everybody but the stranger. */
    public KeyStoreFile trusted() {
        return of("trusted");
    }

    public TlsConfiguration strict(String party) {
        return TlsConfiguration.strict(of(party), trusted());
    }

    /** The party's certificate in PEM, in a file. */
    public Path certificate(String party) throws IOException, GeneralSecurityException {
        return pem(
                party + "-cert.pem",
                "CERTIFICATE",
                load(party).getCertificate(party).getEncoded());
    }

    /** The party's private key in PEM, not encrypted, in a file. */
    public Path privateKey(String party) throws IOException, GeneralSecurityException {
        byte[] key = load(party).getKey(party, PASSWORD.toCharArray()).getEncoded();
        return pem(party + "-key.pem", "PRIVATE KEY", key);
    }

    private Path pem(String name, String what, byte[] bytes) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }
}
