package org.segnode.pacs;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A {@link TlsConfiguration} with its keys loaded. Safe for several threads. */
public final class Tls {
    private final TlsConfiguration configuration;
    private final SSLContext context;

    /** @throws IllegalArgumentException if a key store cannot be read or holds no key, or a suite is not known */
    public Tls(TlsConfiguration configuration) {
        this.configuration = configuration;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(keys(configuration.keys()), trust(configuration.trusted()), new SecureRandom());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS cannot be prepared: " + e.getMessage(), e);
        }
        Set<String> unknown = new HashSet<>(configuration.suites());
        Arrays.asList(context.getSupportedSSLParameters().getCipherSuites()).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("TLS suites that are not known: " + unknown);
        }
    }

    private static KeyManager[] keys(KeyStoreFile file) throws GeneralSecurityException {
        KeyStore keys = file.load();
        boolean anyKey = false;
        for (String alias : Collections.list(keys.aliases())) {
            anyKey |= keys.isKeyEntry(alias);
        }
        if (!anyKey) {
            throw new IllegalArgumentException("the key store " + file + " holds no private key");
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, file.password().toCharArray());
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(KeyStoreFile file) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(file.load());
        return factory.getTrustManagers();
    }

    /** For HTTP. */
    public SSLContext context() {
        return context;
    }

    public TlsConfiguration configuration() {
        return configuration;
    }

    /** What a client demands of the server it calls. */
    public SSLParameters clientParameters() {
        SSLParameters parameters = parameters();
        if (configuration.checkHostNames()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        return parameters;
    }

    /** What a server demands of the clients that call. */
    public SSLParameters serverParameters() {
        SSLParameters parameters = parameters();
        parameters.setNeedClientAuth(configuration.clientCertificates());
        return parameters;
    }

    private SSLParameters parameters() {
        List<String> suites = configuration.suites();
        return new SSLParameters(
                suites.toArray(String[]::new), configuration.protocols().toArray(String[]::new));
    }

    /** A layer over a socket that was accepted; it has not shaken hands yet. */
    SSLSocket overAccepted(Socket socket) throws IOException {
        SSLSocket layer = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        layer.setSSLParameters(serverParameters());
        return layer;
    }

    /** A layer over a socket that is connected with a host that we called; it has not shaken hands yet. */
    SSLSocket overConnected(Socket socket, String host, int port) throws IOException {
        SSLSocket layer = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
        layer.setSSLParameters(clientParameters());
        return layer;
    }
}
