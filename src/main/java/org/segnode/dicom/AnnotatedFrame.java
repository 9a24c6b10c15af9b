package org.segnode.dicom;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.UnusableSeriesException;

/** Whether the coordinates of an annotation are those of a series. */
final class AnnotatedFrame {
    private AnnotatedFrame() {}

    /**
     * Some programs make up a frame of reference for their contours: what refers to the series, or to one of its objects, is
     * taken to mean its coordinates.
     *
     * @throws UnusableSeriesException if the annotation has another frame of reference and refers to nothing of the series
     */
    static void require(Attributes object, SourceSeries source) throws UnusableSeriesException {
        Set<String> frames = uids(object, Tag.FrameOfReferenceUID);
        frames.addAll(uids(object, Tag.ReferencedFrameOfReferenceUID));
        String wanted = source.common().getString(Tag.FrameOfReferenceUID, "").trim();
        if (frames.isEmpty() || wanted.isEmpty() || frames.contains(wanted)) {
            return;
        }
        Set<String> referred = uids(object, Tag.ReferencedSOPInstanceUID);
        boolean ours = source.slices().stream().anyMatch(slice -> referred.contains(slice.sopInstanceUid()));
        String series = source.common().getString(Tag.SeriesInstanceUID, "").trim();
        Set<String> others = new HashSet<>();
        for (Attributes item : SegmentDescriptions.items(object, Tag.ReferencedFrameOfReferenceSequence)) {
            others.addAll(uids(item, Tag.SeriesInstanceUID));
        }
        if (!ours && !others.contains(series)) {
            throw new UnusableSeriesException("the annotation has another Frame of Reference UID (0020,0052) than the"
                    + " series, and refers to none of its objects");
        }
    }

    /** Values of an attribute in an object and all its sequences. */
    private static Set<String> uids(Attributes object, int tag) {
        Set<String> found = new HashSet<>();
        collect(object, tag, found);
        return found;
    }

    private static void collect(Attributes object, int tag, Set<String> found) {
        String uid = Objects.requireNonNullElse(object.getString(tag), "").trim();
        if (!uid.isEmpty()) {
            found.add(uid);
        }
        for (int each : object.tags()) {
            if (object.getVR(each) == VR.SQ) {
                SegmentDescriptions.items(object, each).forEach(item -> collect(item, tag, found));
            }
        }
    }
}
