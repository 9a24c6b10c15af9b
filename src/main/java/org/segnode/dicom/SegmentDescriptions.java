package org.segnode.dicom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.Code;

/** Reads what segments and regions say of themselves. */
final class SegmentDescriptions {
    /** More than an ordinary value holds; Tracking ID may be of any length. */
    private static final int LONGEST = 1024;

    private static final int TRACKING_ID = 0x00620020;
    private static final int TRACKING_UID = 0x00620021;

    private SegmentDescriptions() {}

    /**
     * Of a segmentation or a structure set, in the order of the object.
     *
     * @throws UnusableSeriesException if a number is none or is there twice
     */
    static Map<Integer, SegmentDescription> of(Attributes object) throws UnusableSeriesException {
        Map<Integer, SegmentDescription> all = new LinkedHashMap<>();
        for (Attributes segment : items(object, Tag.SegmentSequence)) {
            add(all, segment(segment, number(segment, Tag.SegmentNumber)));
        }
        for (Attributes roi : items(object, Tag.StructureSetROISequence)) {
            add(all, region(roi, number(roi, Tag.ROINumber), object));
        }
        return all;
    }

    /** Of a segment that its object does not describe. */
    static SegmentDescription unknown(int number) {
        return segment(new Attributes(), number);
    }

    static List<Attributes> items(Attributes parent, int sequence) {
        Sequence items = parent.getSequence(sequence);
        return items == null ? List.of() : items;
    }

    private static void add(Map<Integer, SegmentDescription> all, SegmentDescription one)
            throws UnusableSeriesException {
        if (all.putIfAbsent(one.number(), one) != null) {
            throw new UnusableSeriesException("two segments have the number " + one.number());
        }
    }

    private static int number(Attributes item, int tag) throws UnusableSeriesException {
        int number = item.getInt(tag, -1);
        if (number < 0 || number > 0xffff) {
            throw new UnusableSeriesException("a segment has the number " + number + ", not one from 0 to 65535");
        }
        return number;
    }

    private static SegmentDescription segment(Attributes segment, int number) {
        Attributes type = segment.getNestedDataset(Tag.SegmentedPropertyTypeCodeSequence);
        return new SegmentDescription(
                number,
                text(segment, Tag.SegmentLabel),
                code(segment.getNestedDataset(Tag.SegmentedPropertyCategoryCodeSequence)),
                code(type),
                type == null
                        ? Optional.empty()
                        : code(type.getNestedDataset(Tag.SegmentedPropertyTypeModifierCodeSequence)),
                text(segment, Tag.SegmentAlgorithmType),
                text(segment, Tag.SegmentAlgorithmName),
                text(segment, TRACKING_ID),
                text(segment, TRACKING_UID));
    }

    private static SegmentDescription region(Attributes roi, int number, Attributes object) {
        Optional<Code> type = items(object, Tag.RTROIObservationsSequence).stream()
                .filter(observation -> observation.getInt(Tag.ReferencedROINumber, -1) == number)
                .flatMap(
                        observation -> code(observation.getNestedDataset(Tag.RTROIIdentificationCodeSequence)).stream())
                .findFirst();
        return new SegmentDescription(
                number,
                text(roi, Tag.ROIName),
                Optional.empty(),
                type,
                Optional.empty(),
                text(roi, Tag.ROIGenerationAlgorithm),
                "",
                "",
                "");
    }

    /** Empty where it is missing or not what PS3.3 8.8 asks for. */
    private static Optional<Code> code(@Nullable Attributes item) {
        if (item == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Code(
                    text(item, Tag.CodeValue), text(item, Tag.CodingSchemeDesignator), text(item, Tag.CodeMeaning)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(Attributes item, int tag) {
        return Texts.fitting(item.getString(tag, ""), LONGEST);
    }
}
