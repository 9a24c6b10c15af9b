package org.segnode.dicom;

import java.util.Map;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/** Patient and study of a source, as they go into a result: the same bytes under the same character set where possible. */
final class SourceIdentity {
    /** Must be there, possibly empty (type 2, PS3.3 C.7.1.1 and C.7.2.1). */
    private static final Map<Integer, VR> TYPE_2 = Map.of(
            Tag.PatientName, VR.PN,
            Tag.PatientID, VR.LO,
            Tag.PatientBirthDate, VR.DA,
            Tag.PatientSex, VR.CS,
            Tag.StudyDate, VR.DA,
            Tag.StudyTime, VR.TM,
            Tag.StudyID, VR.SH,
            Tag.AccessionNumber, VR.SH,
            Tag.ReferringPhysicianName, VR.PN);

    /** In ascending order, as the toolkit wants it. */
    private static final int[] COPIED = {
        Tag.SpecificCharacterSet,
        Tag.StudyDate,
        Tag.StudyTime,
        Tag.AccessionNumber,
        Tag.IssuerOfAccessionNumberSequence,
        Tag.ReferringPhysicianName,
        Tag.TimezoneOffsetFromUTC,
        Tag.StudyDescription,
        Tag.PatientName,
        Tag.PatientID,
        Tag.IssuerOfPatientID,
        Tag.IssuerOfPatientIDQualifiersSequence,
        Tag.PatientBirthDate,
        Tag.PatientSex,
        Tag.PatientAge,
        Tag.PatientSize,
        Tag.PatientWeight,
        Tag.PatientIdentityRemoved,
        Tag.DeidentificationMethod,
        Tag.StudyInstanceUID,
        Tag.StudyID
    };

    private SourceIdentity() {}

    /**
     * @param ascii whether everything else in the result is plain ASCII: then the source's character set stays; otherwise
     *     the texts are turned into UTF-8
     */
    static Attributes of(Attributes source, boolean ascii) {
        Attributes identity = new Attributes();
        if (ascii) {
            identity.addSelected(source, COPIED);
        } else {
            identity.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
            for (int tag : COPIED) {
                transcode(source, tag, identity);
            }
        }
        if (!identity.getString(Tag.PatientAge, "").matches("\\d{3}[DWMY]")) {
            identity.remove(Tag.PatientAge); // often written wrongly; optional, and written strictly here
        }
        TYPE_2.forEach((tag, vr) -> {
            if (!identity.contains(tag)) {
                identity.setNull(tag, vr);
            }
        });
        return identity;
    }

    private static void transcode(Attributes source, int tag, Attributes identity) {
        String[] texts = tag == Tag.SpecificCharacterSet ? null : source.getStrings(tag);
        if (texts != null && texts.length > 0) {
            identity.setString(tag, source.getVR(tag), texts);
        }
    }
}
