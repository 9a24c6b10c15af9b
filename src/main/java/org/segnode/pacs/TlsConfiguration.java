package org.segnode.pacs;

import java.util.List;
import java.util.Set;

/**
 * How the node proves who it is and whom it believes (PS3.15 B, BCP 195), for DICOM and HTTP, as server and as client.
 *
 * @param keys the node's private key with its chain of certificates
 * @param trusted certificates of authorities or peers that are believed; nothing else is
 * @param clientCertificates whether peers that call must have a certificate
 * @param checkHostNames whether the certificate of a peer that we call must name its host
 * @param protocols TLSv1.2, TLSv1.3, or both
 * @param suites names as in Java; empty: {@link #SUITES}
 */
public record TlsConfiguration(
        KeyStoreFile keys,
        KeyStoreFile trusted,
        boolean clientCertificates,
        boolean checkHostNames,
        List<String> protocols,
        List<String> suites) {
    /** Those that may be chosen; older ones are broken (RFC 8996). */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Forward secret and authenticated, as RFC 9325 4.2 recommends. */
    public static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    public TlsConfiguration {
        protocols = List.copyOf(protocols);
        suites = suites.isEmpty() ? SUITES : List.copyOf(suites);
        if (protocols.isEmpty() || !Set.copyOf(PROTOCOLS).containsAll(protocols)) {
            throw new IllegalArgumentException("TLS protocols are " + PROTOCOLS + ", are " + protocols);
        }
    }

    /** Client certificates and host names are checked, with both protocols and the recommended suites. */
    public static TlsConfiguration strict(KeyStoreFile keys, KeyStoreFile trusted) {
        return new TlsConfiguration(keys, trusted, true, true, PROTOCOLS, SUITES);
    }
}
