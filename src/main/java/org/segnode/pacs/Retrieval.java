package org.segnode.pacs;

import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * What to fetch from an archive, by its UIDs.
 *
 * @param seriesInstanceUid empty exactly if the level is STUDY
 * @param sopInstanceUids not empty exactly if the level is IMAGE
 */
public record Retrieval(
        QueryLevel level, String studyInstanceUid, String seriesInstanceUid, List<String> sopInstanceUids) {
    public Retrieval {
        sopInstanceUids = List.copyOf(sopInstanceUids);
        requireUid("Study Instance UID", studyInstanceUid);
        if (level != QueryLevel.STUDY) {
            requireUid("Series Instance UID", seriesInstanceUid);
        }
        sopInstanceUids.forEach(uid -> requireUid("SOP Instance UID", uid));
        if ((level == QueryLevel.IMAGE) == sopInstanceUids.isEmpty()
                || (level == QueryLevel.STUDY) != seriesInstanceUid.isEmpty()) {
            throw new IllegalArgumentException("to fetch at level " + level + " with series \"" + seriesInstanceUid
                    + "\" and " + sopInstanceUids.size() + " instances");
        }
    }

    public static Retrieval study(String studyInstanceUid) {
        return new Retrieval(QueryLevel.STUDY, studyInstanceUid, "", List.of());
    }

    public static Retrieval series(String studyInstanceUid, String seriesInstanceUid) {
        return new Retrieval(QueryLevel.SERIES, studyInstanceUid, seriesInstanceUid, List.of());
    }

    /** Some objects of one series. */
    public static Retrieval instances(String studyInstanceUid, String seriesInstanceUid, List<String> sopInstanceUids) {
        return new Retrieval(QueryLevel.IMAGE, studyInstanceUid, seriesInstanceUid, sopInstanceUids);
    }

    /** PS3.4 C.4.2.1.4: only unique keys. */
    Attributes identifier() {
        Attributes identifier = new Attributes();
        identifier.setString(Tag.QueryRetrieveLevel, VR.CS, level.name());
        identifier.setString(Tag.StudyInstanceUID, VR.UI, studyInstanceUid);
        if (!seriesInstanceUid.isEmpty()) {
            identifier.setString(Tag.SeriesInstanceUID, VR.UI, seriesInstanceUid);
        }
        if (!sopInstanceUids.isEmpty()) {
            identifier.setString(Tag.SOPInstanceUID, VR.UI, sopInstanceUids.toArray(String[]::new));
        }
        return identifier;
    }

    private static void requireUid(String name, String uid) {
        if (!Uid.isValid(uid)) {
            throw new IllegalArgumentException(name + " \"" + uid + "\" is not a UID");
        }
    }
}
