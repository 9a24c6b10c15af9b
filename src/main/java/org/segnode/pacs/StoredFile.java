package org.segnode.pacs;

/**
 * What became of a file that was handed in.
 *
 * @param sopClassUid "" if it could not be read that far
 * @param sopInstanceUid "" if it could not be read that far
 * @param status 0 or a status of C-STORE (PS3.4 B.2.3), which is also the Failure Reason (0008,1197) of PS3.18
 * @param reason in plain words, without patient data
 */
public record StoredFile(String sopClassUid, String sopInstanceUid, int status, String reason) {
    static StoredFile success(String sopClassUid, String sopInstanceUid) {
        return new StoredFile(sopClassUid, sopInstanceUid, 0, "");
    }

    public boolean isStored() {
        return status == 0;
    }
}
