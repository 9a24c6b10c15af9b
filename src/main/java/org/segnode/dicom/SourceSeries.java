package org.segnode.dicom;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/** The series a result was made from: patient, study, frame of reference and one reference per slice, in slice order. */
public final class SourceSeries {
    private final Attributes common;
    private final SliceStack stack;
    private final List<SourceSeries> further;

    SourceSeries(Attributes common, SliceStack stack) {
        this(common, stack, List.of());
    }

    private SourceSeries(Attributes common, SliceStack stack, List<SourceSeries> further) {
        this.common = common;
        this.stack = stack;
        this.further = List.copyOf(further);
    }

    /** The same, with the series that the other channels of the volume came from. */
    SourceSeries with(List<SourceSeries> others) {
        return new SourceSeries(common, stack, others);
    }

    /** Series that further channels came from; the result lies on none of their slices. */
    List<SourceSeries> further() {
        return further;
    }

    /** Frame of Reference UID (0020,0052); empty if its objects have none. */
    public String frameOfReferenceUid() {
        return Objects.requireNonNullElse(common.getString(Tag.FrameOfReferenceUID), "")
                .strip();
    }

    /** Series Instance UID (0020,000E). */
    public String seriesInstanceUid() {
        return Objects.requireNonNullElse(common.getString(Tag.SeriesInstanceUID), "");
    }

    /** What the network sees: the slices themselves, or the regular grid over them. */
    public Grid grid() {
        return stack.grid();
    }

    /** Its slices, and the rows and columns of each. */
    public Shape shape() {
        Slice first = slices().get(0);
        return new Shape(slices().size(), first.layout().rows(), first.layout().columns());
    }

    /** Whether the slices themselves are {@link #grid}. */
    public boolean isEven() {
        return stack.resampling().isEmpty();
    }

    /**
     * The way back from the network to the original slices.
     *
     * @param labels on {@link #grid}
     * @return labels of the slices, ordered slice, row, column; those of an even stack are handed over, not copied
     * @throws IllegalArgumentException if the label map lies on another grid
     */
    short[] onSlices(LabelMap labels) {
        return stack.onSlices(labels);
    }

    /** What its objects say of patient, study, series and equipment. */
    Attributes common() {
        return common;
    }

    List<Slice> slices() {
        return stack.slices();
    }

    /** Distance between neighbouring slices along their normal, in mm, where it is the same everywhere. */
    OptionalDouble evenDistance() {
        StackMeasures measures = StackMeasures.of(slices());
        boolean even = Arrays.stream(measures.distances()).allMatch(measures::isUsual);
        return even ? OptionalDouble.of(sliceDistance()) : OptionalDouble.empty();
    }

    /** Usual distance between neighbouring slices along their normal, in mm. */
    double sliceDistance() {
        return stack.distance();
    }
}
