package org.segnode.dicom;

import java.nio.file.Path;
import java.util.List;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.LabelMap;

/** Writes label maps as DICOM Segmentation, BINARY (PS3.3 A.51). The same input and origin give the same UIDs and bytes. */
public final class SegmentationWriter {
    /**
     * Writes, syncs, reads back and compares with the label map before the file gets its name.
     *
     * @param labelMap on the grid of the source series' slices
     * @param meanings one per label that becomes a segment, ascending; labels without voxels are segments without frames
     * @param file where the object is to lie; its folder exists
     */
    public ResultObject write(
            LabelMap labelMap, SourceSeries source, List<LabelMeaning> meanings, SegmentationOrigin origin, Path file) {
        throw new UnsupportedOperationException("to be written");
    }
}
