package org.segnode.pacs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * A file of keys or certificates, PKCS #12 or JKS.
 *
 * @param password of the file and of the keys in it
 */
public record KeyStoreFile(Path file, String password) {
    /** @throws IllegalArgumentException if it cannot be read, with the reason */
    KeyStore load() {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "the key store " + file + " cannot be read: no such file, or not allowed");
        }
        try {
            return KeyStore.getInstance(file.toFile(), password.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the key store " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return file.toString();
    }
}
