package org.segnode.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.jspecify.annotations.Nullable;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Position;

/**
 * The slices that one object describes: the object itself, or each frame of an enhanced one (PS3.3 C.7.6.16). A frame that
 * lacks a functional group takes what the object says for all frames, and then what it says at its top level.
 */
final class SliceHeaders {
    /** A direction cosine triple is written with few digits: its length may be this much off 1. */
    private static final double UNIT = 0.01;

    private final DicomFile file;
    private final Attributes object;
    private final PixelLayout layout;

    private SliceHeaders(DicomFile file) {
        this.file = file;
        this.object = file.attributes();
        this.layout = PixelLayout.of(object);
    }

    static List<Slice> of(DicomFile file) throws UnusableSeriesException {
        return new SliceHeaders(file).slices();
    }

    /** The functional group of a frame, of all frames, or the object itself. */
    static Attributes group(Attributes object, @Nullable Attributes frame, int sequence) {
        Attributes own = frame == null ? null : frame.getNestedDataset(sequence);
        if (own != null) {
            return own;
        }
        Attributes shared = object.getNestedDataset(Tag.SharedFunctionalGroupsSequence);
        Attributes common = shared == null ? null : shared.getNestedDataset(sequence);
        return common == null ? object : common;
    }

    /** Instance Number (0020,0013) where it is one; other text may be anything, and reasons are shown and logged. */
    static String number(Attributes object) {
        String number = object.getString(Tag.InstanceNumber, "").trim();
        return number.matches("[+-]?\\d{1,12}") ? number : "";
    }

    private List<Slice> slices() throws UnusableSeriesException {
        boolean multiFrame = layout.frames() > 1 || ImageClass.isMultiFrame(object.getString(Tag.SOPClassUID, ""));
        requireGroups();
        List<Slice> slices = new ArrayList<>();
        for (int frame = 1; frame <= layout.frames(); frame++) {
            Attributes groups = object.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, frame - 1);
            slices.add(slice(frame, multiFrame, groups));
        }
        return slices;
    }

    /** Frames without functional groups of their own would all lie at one place. */
    private void requireGroups() throws UnusableSeriesException {
        Sequence groups = object.getSequence(Tag.PerFrameFunctionalGroupsSequence);
        int described = groups == null ? 0 : groups.size();
        if (layout.frames() > 1 && described != layout.frames()) {
            throw new UnusableSeriesException(
                    DicomFile.name(file.path()) + " has " + layout.frames() + " frames, but says of " + described
                            + " where they lie (Per-Frame Functional Groups Sequence (5200,9230))");
        }
    }

    private Slice slice(int frame, boolean multiFrame, @Nullable Attributes groups) throws UnusableSeriesException {
        Attributes measures = group(object, groups, Tag.PixelMeasuresSequence);
        Attributes values = group(object, groups, Tag.PixelValueTransformationSequence);
        double[] position = numbers(
                group(object, groups, Tag.PlanePositionSequence),
                Tag.ImagePositionPatient,
                3,
                "Image Position (Patient) (0020,0032)",
                frame);
        double[] cosines = numbers(
                group(object, groups, Tag.PlaneOrientationSequence),
                Tag.ImageOrientationPatient,
                6,
                "Image Orientation (Patient) (0020,0037)",
                frame);
        double[] spacing = numbers(measures, Tag.PixelSpacing, 2, "Pixel Spacing (0028,0030)", frame);
        requirePositive(spacing, frame);
        double thickness = measures.getDouble(Tag.SliceThickness, 0);
        return new Slice(
                file.path(),
                frame,
                multiFrame,
                object.getString(Tag.SOPClassUID, ""),
                object.getString(Tag.SOPInstanceUID, ""),
                number(object),
                Position.of(position),
                unit(cosines[0], cosines[1], cosines[2], frame),
                perpendicular(cosines, frame),
                spacing[0],
                spacing[1],
                thickness > 0 ? OptionalDouble.of(thickness) : OptionalDouble.empty(),
                skew(cosines),
                isLocalizer(groups),
                stack(groups),
                layout,
                rescale(values, Tag.RescaleSlope, 1, frame),
                rescale(values, Tag.RescaleIntercept, 0, frame));
    }

    private double[] numbers(Attributes from, int tag, int count, String name, int frame)
            throws UnusableSeriesException {
        double[] values = from.getDoubles(tag);
        if (values == null || values.length == 0) {
            throw new UnusableSeriesException(words(frame) + " has no " + name + ": where it lies is not known");
        }
        if (values.length != count) {
            throw new UnusableSeriesException(
                    words(frame) + " has " + values.length + " instead of " + count + " numbers in " + name);
        }
        for (double value : values) {
            requireFinite(value, name, frame);
        }
        return values;
    }

    private double rescale(Attributes values, int tag, double otherwise, int frame) throws UnusableSeriesException {
        double value = values.getDouble(tag, otherwise);
        requireFinite(value, "the rescale slope or intercept", frame);
        return tag == Tag.RescaleSlope && value == 0 ? 1 : value;
    }

    private void requireFinite(double value, String name, int frame) throws UnusableSeriesException {
        if (!Double.isFinite(value) || Math.abs(value) > 1e9) {
            throw new UnusableSeriesException(words(frame) + " has " + value + " in " + name);
        }
    }

    private void requirePositive(double[] spacing, int frame) throws UnusableSeriesException {
        if (!(spacing[0] > 0) || !(spacing[1] > 0)) {
            throw new UnusableSeriesException(words(frame) + " has the Pixel Spacing " + spacing[0] + " x " + spacing[1]
                    + " mm, which is not positive");
        }
    }

    private Position unit(double x, double y, double z, int frame) throws UnusableSeriesException {
        Position direction = new Position(x, y, z);
        double length = direction.length();
        if (Math.abs(length - 1) > UNIT) {
            throw new UnusableSeriesException(words(frame) + " has an orientation of length " + Words.number(length)
                    + " instead of 1 in Image Orientation (Patient) (0020,0037)");
        }
        return direction.times(1 / length);
    }

    private Position perpendicular(double[] cosines, int frame) throws UnusableSeriesException {
        Position row = unit(cosines[0], cosines[1], cosines[2], frame);
        Position column = unit(cosines[3], cosines[4], cosines[5], frame);
        if (Math.abs(row.dot(column)) > UNIT) {
            throw new UnusableSeriesException(words(frame) + " has rows and columns that are not perpendicular ("
                    + Words.degrees(Math.acos(row.dot(column))) + ")");
        }
        return column;
    }

    /** The largest difference of a length from 1, or of the product of both from 0. */
    private static double skew(double[] cosines) {
        Position row = new Position(cosines[0], cosines[1], cosines[2]);
        Position column = new Position(cosines[3], cosines[4], cosines[5]);
        double lengths = Math.max(Math.abs(row.length() - 1), Math.abs(column.length() - 1));
        return Math.max(lengths, Math.abs(row.dot(column)));
    }

    private boolean isLocalizer(@Nullable Attributes groups) {
        return names(object.getStrings(Tag.ImageType))
                || names(group(object, groups, Tag.MRImageFrameTypeSequence).getStrings(Tag.FrameType))
                || names(group(object, groups, Tag.CTImageFrameTypeSequence).getStrings(Tag.FrameType));
    }

    private static boolean names(String @Nullable [] type) {
        return type != null && Arrays.asList(type).contains("LOCALIZER");
    }

    private static String stack(@Nullable Attributes groups) {
        Attributes content = groups == null ? null : groups.getNestedDataset(Tag.FrameContentSequence);
        return content == null ? "" : content.getString(Tag.StackID, "").trim();
    }

    private String words(int frame) {
        String number = number(object);
        String instance = number.isEmpty() ? DicomFile.name(file.path()) : "instance " + number;
        return layout.frames() > 1 ? "frame " + frame + " of " + instance : instance;
    }
}
