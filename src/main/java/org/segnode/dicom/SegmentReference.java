package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * Which segment of which segmentation object stands for a label.
 *
 * @param number of the segment in its object, from 1
 */
record SegmentReference(String sopClassUid, String sopInstanceUid, String seriesInstanceUid, int number) {
    /** Of each segment of a result, in their order; the UIDs are those that the segmentation's writer gives. */
    static List<SegmentReference> of(SegmentedSeries result, ResultForm form) {
        String content = result.labels().digest();
        List<SegmentReference> references = new ArrayList<>();
        for (SegmentationPart part : parts(result, form)) {
            String uid = result.uids().instance(form, part.number(), content);
            for (int i = 0; i < part.meanings().size(); i++) {
                references.add(new SegmentReference(
                        form.sopClassUid(), uid, result.uids().series(form), i + 1));
            }
        }
        return references;
    }

    /** Of a label map's objects the first, as each has all segments. */
    private static List<SegmentationPart> parts(SegmentedSeries result, ResultForm form) {
        return switch (form) {
            case SEG -> SegmentationWriter.parts(result, SegmentationPart.MOST_BYTES);
            case LABELMAP ->
                List.of(new SegmentationPart(
                        1,
                        1,
                        0,
                        result.meanings(),
                        SegmentationFrames.of(result).bySlice()));
            default -> throw new IllegalArgumentException("no segment lies in a " + form.word());
        };
    }

    Attributes object() {
        Attributes reference = new Attributes();
        reference.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClassUid);
        reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, sopInstanceUid);
        return reference;
    }

    Attributes segment() {
        Attributes reference = object();
        reference.setInt(Tag.ReferencedSegmentNumber, VR.US, number);
        return reference;
    }
}
