package org.segnode.dicom;

import java.util.List;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.volume.Grid;
import org.segnode.volume.Shape;

/** The series a result was made from: patient, study, frame of reference and one reference per slice, in slice order. */
public final class SourceSeries {
    private final Attributes common;
    private final SliceStack stack;

    SourceSeries(Attributes common, SliceStack stack) {
        this.common = common;
        this.stack = stack;
    }

    /** Where its voxels lie; a label map for it lies there too. */
    public Grid grid() {
        return stack.grid();
    }

    /** Its slices, and the rows and columns of each. */
    public Shape shape() {
        Slice first = slices().get(0);
        return new Shape(slices().size(), first.layout().rows(), first.layout().columns());
    }

    /** What its objects say of patient, study, series and equipment. */
    Attributes common() {
        return common;
    }

    List<Slice> slices() {
        return stack.slices();
    }

    /** Distance between neighbouring slices along their normal, in mm. */
    double sliceDistance() {
        return stack.distance();
    }
}
