package org.segnode.ledger;

/**
 * A series of which the first object has come.
 *
 * @param seriesKey its folder name in the spool, 32 hexadecimal digits
 * @param callingAet who sent it
 * @param calledAet to which AE title of the node
 */
public record NewSeries(
        String seriesKey, String studyInstanceUid, String seriesInstanceUid, String callingAet, String calledAet) {
    public NewSeries {
        if (!seriesKey.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("a series key has 32 hexadecimal digits, is \"" + seriesKey + "\"");
        }
        requireUid("Study Instance UID", studyInstanceUid);
        requireUid("Series Instance UID", seriesInstanceUid);
    }

    private static void requireUid(String name, String uid) {
        if (uid.isBlank() || uid.length() > 64) {
            throw new IllegalArgumentException(name + " has 1 to 64 characters, is \"" + uid + "\"");
        }
    }
}
