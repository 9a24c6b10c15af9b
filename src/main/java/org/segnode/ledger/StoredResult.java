package org.segnode.ledger;

/**
 * A result on disk, written and synced.
 *
 * @param file its name in the results folder, never a path out of it
 */
public record StoredResult(String file, String sopClassUid, String sopInstanceUid) {
    public StoredResult {
        if (file.isBlank() || file.length() > 1000 || file.startsWith("/") || file.contains("..")) {
            throw new IllegalArgumentException("a result is a file in the results folder, is \"" + file + "\"");
        }
    }
}
