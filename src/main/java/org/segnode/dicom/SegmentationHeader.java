package org.segnode.dicom;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.Position;

/**
 * All of a segmentation object except its pixels (PS3.3 A.51). Dates and times are those of the source, so that a repeat
 * gives the same bytes; when it was computed is in the node's memory.
 */
final class SegmentationHeader {
    /** Added to the number of the source series, so that the result stands apart from what the scanner numbers. */
    private static final int SERIES_NUMBER_OFFSET = 9000;

    private final SegmentedSeries result;
    private final SourceSeries source;
    private final List<LabelMeaning> meanings;
    private final SegmentationOrigin origin;
    private final SegmentationFrames frames;
    private final DerivedUids uids;
    private final Attributes common;

    SegmentationHeader(SegmentedSeries result, SegmentationFrames frames) {
        this.result = result;
        this.source = result.source();
        this.meanings = result.meanings();
        this.origin = result.origin();
        this.frames = frames;
        this.uids = result.uids();
        this.common = source.common();
    }

    Attributes attributes() {
        Attributes all = SourceIdentity.of(common, ownTexts().allMatch(Texts::isAscii));
        object(all);
        series(all);
        equipment(all);
        content(all);
        image(all);
        segments(all);
        dimensions(all);
        sharedGroups(all);
        Items.put(all, Tag.PerFrameFunctionalGroupsSequence, frames.groups(source));
        references(all);
        return all;
    }

    private Stream<String> ownTexts() {
        Stream<String> ofOrigin =
                Stream.of(origin.modelTitle(), origin.modelId(), origin.modelVersion(), origin.settings());
        Stream<String> ofLabels = meanings.stream()
                .flatMap(m -> Stream.concat(
                        Stream.of(m.name(), m.category().meaning(), m.type().meaning()),
                        m.side().map(Code::meaning).stream()));
        return Stream.concat(ofOrigin, ofLabels);
    }

    private void object(Attributes all) {
        all.setString(Tag.SOPClassUID, VR.UI, UID.SegmentationStorage);
        all.setString(
                Tag.SOPInstanceUID,
                VR.UI,
                uids.instance(ResultForm.SEG, 1, result.labels().digest()));
        all.setInt(Tag.InstanceNumber, VR.IS, 1);
    }

    private void series(Attributes all) {
        all.setString(Tag.Modality, VR.CS, "SEG");
        all.setString(Tag.SeriesInstanceUID, VR.UI, uids.series(ResultForm.SEG));
        all.setInt(
                Tag.SeriesNumber,
                VR.IS,
                SERIES_NUMBER_OFFSET + Math.floorMod(common.getInt(Tag.SeriesNumber, 0), 1_000_000));
        String notReviewed = " AI, not reviewed";
        all.setString(
                Tag.SeriesDescription,
                VR.LO,
                Texts.fitting(origin.modelTitle(), 64 - notReviewed.length()) + notReviewed);
        String frameOfReference = common.getString(Tag.FrameOfReferenceUID, "").trim();
        all.setString(
                Tag.FrameOfReferenceUID,
                VR.UI,
                frameOfReference.isEmpty() ? uids.uid("frame of reference") : frameOfReference);
        String indicator = common.getString(Tag.PositionReferenceIndicator);
        if (indicator == null || !Texts.isAscii(indicator)) {
            all.setNull(Tag.PositionReferenceIndicator, VR.LO);
        } else {
            all.setString(Tag.PositionReferenceIndicator, VR.LO, indicator);
        }
    }

    private void equipment(Attributes all) {
        all.setString(Tag.Manufacturer, VR.LO, Equipment.MANUFACTURER);
        all.setString(Tag.ManufacturerModelName, VR.LO, Equipment.MODEL_NAME);
        all.setString(Tag.DeviceSerialNumber, VR.LO, Texts.fitting(origin.modelDigest(), 64));
        all.setString(Tag.SoftwareVersions, VR.LO, Equipment.softwareVersion());
    }

    private void content(Attributes all) {
        all.setString(Tag.ImageType, VR.CS, "DERIVED", "PRIMARY");
        all.setString(Tag.ContentLabel, VR.CS, "SEGMENTATION");
        String which = origin.modelId() + " " + origin.modelVersion();
        String description = frames.isEmpty() ? "empty: nothing found by " + which : which + ", AI, not reviewed";
        all.setString(Tag.ContentDescription, VR.LO, Texts.fitting(description, 64));
        all.setString(Tag.ContentCreatorName, VR.PN, "Segnode^AI");
        all.setString(Tag.ContentDate, VR.DA, first(common, "19700101", DATES));
        all.setString(Tag.ContentTime, VR.TM, first(common, "000000", TIMES));
    }

    private static final int[] DATES = {Tag.ContentDate, Tag.AcquisitionDate, Tag.SeriesDate, Tag.StudyDate};
    private static final int[] TIMES = {Tag.ContentTime, Tag.AcquisitionTime, Tag.SeriesTime, Tag.StudyTime};

    private static String first(Attributes from, String otherwise, int... tags) {
        for (int tag : tags) {
            String value = from.getString(tag, "").trim();
            if (!value.isEmpty()) {
                return value;
            }
        }
        return otherwise;
    }

    private void image(Attributes all) {
        Slice first = source.slices().get(0);
        all.setInt(Tag.SamplesPerPixel, VR.US, 1);
        all.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
        all.setInt(Tag.Rows, VR.US, first.layout().rows());
        all.setInt(Tag.Columns, VR.US, first.layout().columns());
        all.setInt(Tag.BitsAllocated, VR.US, 1);
        all.setInt(Tag.BitsStored, VR.US, 1);
        all.setInt(Tag.HighBit, VR.US, 0);
        all.setInt(Tag.PixelRepresentation, VR.US, 0);
        all.setInt(Tag.NumberOfFrames, VR.IS, frames.frames().size());
        all.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
        boolean lossy =
                "01".equals(common.getString(Tag.LossyImageCompression, "").trim());
        all.setString(Tag.LossyImageCompression, VR.CS, lossy ? "01" : "00");
        if (lossy) {
            all.addSelected(common, Tag.LossyImageCompressionRatio, Tag.LossyImageCompressionMethod);
        }
    }

    private void segments(Attributes all) {
        all.setString(Tag.SegmentationType, VR.CS, "BINARY");
        all.setString(Tag.SegmentsOverlap, VR.CS, "NO");
        Items.put(
                all,
                Tag.SegmentSequence,
                IntStream.range(0, meanings.size())
                        .mapToObj(i -> SegmentItems.item(i + 1, meanings.get(i), frames.voxels()[i], origin, uids))
                        .toArray(Attributes[]::new));
    }

    private void dimensions(Attributes all) {
        String uid = uids.uid("dimensions");
        Attributes organization = new Attributes();
        organization.setString(Tag.DimensionOrganizationUID, VR.UI, uid);
        Items.put(all, Tag.DimensionOrganizationSequence, organization);
        Items.put(
                all,
                Tag.DimensionIndexSequence,
                dimension(uid, Tag.ReferencedSegmentNumber, Tag.SegmentIdentificationSequence, "Segment Number"),
                dimension(uid, Tag.ImagePositionPatient, Tag.PlanePositionSequence, "Image Position"));
    }

    private static Attributes dimension(String uid, int pointer, int group, String label) {
        Attributes item = new Attributes();
        item.setString(Tag.DimensionOrganizationUID, VR.UI, uid);
        item.setInt(Tag.DimensionIndexPointer, VR.AT, pointer);
        item.setInt(Tag.FunctionalGroupPointer, VR.AT, group);
        item.setString(Tag.DimensionDescriptionLabel, VR.LO, label);
        return item;
    }

    private void sharedGroups(Attributes all) {
        Slice first = source.slices().get(0);
        Attributes measures = new Attributes();
        measures.setString(Tag.PixelSpacing, VR.DS, DecimalString.of(first.rowSpacing(), first.columnSpacing()));
        measures.setString(
                Tag.SliceThickness, VR.DS, DecimalString.of(first.thickness().orElse(source.sliceDistance())));
        source.evenDistance()
                .ifPresent(mm -> measures.setString(Tag.SpacingBetweenSlices, VR.DS, DecimalString.of(mm)));
        Attributes orientation = new Attributes();
        Position row = first.alongRow();
        Position column = first.alongColumn();
        orientation.setString(
                Tag.ImageOrientationPatient,
                VR.DS,
                DecimalString.of(row.x(), row.y(), row.z(), column.x(), column.y(), column.z()));
        Attributes shared = new Attributes();
        Items.put(shared, Tag.PixelMeasuresSequence, measures);
        Items.put(shared, Tag.PlaneOrientationSequence, orientation);
        Items.put(all, Tag.SharedFunctionalGroupsSequence, shared);
    }

    private void references(Attributes all) {
        Map<String, Attributes> instances = new TreeMap<>();
        source.slices().forEach(slice -> instances.putIfAbsent(slice.sopInstanceUid(), Items.instance(slice)));
        Attributes series = new Attributes();
        series.setString(Tag.SeriesInstanceUID, VR.UI, common.getString(Tag.SeriesInstanceUID));
        Items.put(series, Tag.ReferencedInstanceSequence, instances.values().toArray(Attributes[]::new));
        Items.put(all, Tag.ReferencedSeriesSequence, series);
    }
}
