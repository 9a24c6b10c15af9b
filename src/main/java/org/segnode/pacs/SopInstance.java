package org.segnode.pacs;

/** A reference to an object (PS3.3 10.8). */
public record SopInstance(String sopClassUid, String sopInstanceUid) {
    public SopInstance {
        requireUid("SOP Class", sopClassUid);
        requireUid("SOP Instance", sopInstanceUid);
    }

    private static void requireUid(String what, String uid) {
        if (!Uid.isValid(uid)) {
            throw new IllegalArgumentException("the " + what + " UID of an object must be a UID, is \"" + uid + "\"");
        }
    }
}
