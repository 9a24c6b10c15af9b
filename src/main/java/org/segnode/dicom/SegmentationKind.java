package org.segnode.dicom;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;

/** What the pixels of a segmentation say (PS3.3 C.8.20.2.3). */
interface SegmentationKind {
    /**
     * @param stored value of a pixel that is not 0
     * @param frameSegment the segment that the frame refers to; 0 for none
     * @return the segment that a pixel belongs to, 0 for none
     */
    int segment(long stored, int frameSegment);

    /** @throws UnusableSeriesException if the object does not say, or says what is not known */
    static SegmentationKind of(DicomFile file) throws UnusableSeriesException {
        Attributes object = file.attributes();
        String type = object.getString(Tag.SegmentationType, "").trim();
        return switch (type) {
            case "BINARY" -> (stored, frameSegment) -> stored != 0 ? frameSegment : 0;
            case "FRACTIONAL" -> {
                int most = Math.max(1, object.getInt(Tag.MaximumFractionalValue, 255));
                yield (stored, frameSegment) -> stored != 0 && 2 * stored >= most ? frameSegment : 0;
            }
            case "LABELMAP" -> {
                int background = object.getInt(Tag.PixelPaddingValue, 0);
                yield (stored, frameSegment) -> stored == background ? 0 : (int) stored;
            }
            default ->
                throw new UnusableSeriesException(DicomFile.name(file.path())
                        + " is no BINARY, FRACTIONAL or LABELMAP segmentation (Segmentation Type (0062,0001))");
        };
    }
}
