package org.segnode.dicom;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.Position;

/** All of a segmentation object except its pixels (PS3.3 A.51, and Supplement 243 for label maps). */
final class SegmentationHeader {
    private final SegmentedSeries result;
    private final ResultForm form;
    private final SegmentationPart part;
    private final SourceSeries source;
    private final DerivedUids uids;
    private final ResultHeader header;

    SegmentationHeader(SegmentedSeries result, ResultForm form, SegmentationPart part) {
        this.result = result;
        this.form = form;
        this.part = part;
        this.source = result.source();
        this.uids = result.uids();
        this.header = new ResultHeader(result, form);
    }

    /**
     * @param content digest of the voxels
     * @param bits allocated and stored per pixel
     */
    Attributes attributes(String content, int bits) {
        Attributes all = header.attributes(part.number(), content);
        header.frameOfReference(all);
        header.lossiness(all);
        content(all);
        image(all, bits);
        segments(all);
        dimensions(all);
        sharedGroups(all);
        Items.put(all, Tag.PerFrameFunctionalGroupsSequence, part.frames().groups(source, form == ResultForm.LABELMAP));
        references(all);
        return all;
    }

    private void content(Attributes all) {
        all.setString(Tag.ImageType, VR.CS, "DERIVED", "PRIMARY");
        all.setString(Tag.ContentLabel, VR.CS, "SEGMENTATION");
        String which = result.origin().modelId() + " " + result.origin().modelVersion();
        String description =
                part.frames().isEmpty() ? "empty: nothing found by " + which : which + ", AI, not reviewed";
        String place = part.of() > 1 ? " (" + part.number() + " of " + part.of() + ")" : "";
        all.setString(Tag.ContentDescription, VR.LO, Texts.fitting(description, 64 - place.length()) + place);
        all.setString(Tag.ContentCreatorName, VR.PN, "Segnode^AI");
    }

    private void image(Attributes all, int bits) {
        Slice first = source.slices().get(0);
        all.setInt(Tag.SamplesPerPixel, VR.US, 1);
        all.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
        all.setInt(Tag.Rows, VR.US, first.layout().rows());
        all.setInt(Tag.Columns, VR.US, first.layout().columns());
        all.setInt(Tag.BitsAllocated, VR.US, bits);
        all.setInt(Tag.BitsStored, VR.US, bits);
        all.setInt(Tag.HighBit, VR.US, bits - 1);
        all.setInt(Tag.PixelRepresentation, VR.US, 0);
        all.setInt(Tag.NumberOfFrames, VR.IS, part.frames().frames().size());
        all.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
    }

    private void segments(Attributes all) {
        kind(all);
        Items.put(
                all,
                Tag.SegmentSequence,
                IntStream.range(0, part.meanings().size())
                        .mapToObj(i -> SegmentItems.item(
                                i + 1, part.meanings().get(i), part.frames().voxels()[i], result.origin(), uids))
                        .toArray(Attributes[]::new));
    }

    private void kind(Attributes all) {
        switch (form) {
            case LABELMAP -> {
                all.setString(Tag.SegmentationType, VR.CS, "LABELMAP");
                all.setInt(Tag.PixelPaddingValue, VR.US, 0); // background
            }
            case FRACTIONAL -> {
                all.setString(Tag.SegmentationType, VR.CS, "FRACTIONAL");
                all.setString(Tag.SegmentationFractionalType, VR.CS, "PROBABILITY");
                all.setInt(Tag.MaximumFractionalValue, VR.US, GradedLabelMap.CERTAIN);
            }
            default -> all.setString(Tag.SegmentationType, VR.CS, "BINARY");
        }
        all.setString(Tag.SegmentsOverlap, VR.CS, form == ResultForm.FRACTIONAL ? "UNDEFINED" : "NO");
    }

    private void dimensions(Attributes all) {
        String uid = uids.uid("dimensions");
        Attributes organization = new Attributes();
        organization.setString(Tag.DimensionOrganizationUID, VR.UI, uid);
        Items.put(all, Tag.DimensionOrganizationSequence, organization);
        Attributes position = dimension(uid, Tag.ImagePositionPatient, Tag.PlanePositionSequence, "Image Position");
        Attributes segment =
                dimension(uid, Tag.ReferencedSegmentNumber, Tag.SegmentIdentificationSequence, "Segment Number");
        Items.put(
                all,
                Tag.DimensionIndexSequence,
                form == ResultForm.LABELMAP ? new Attributes[] {position} : new Attributes[] {segment, position});
    }

    private static Attributes dimension(String uid, int pointer, int group, String label) {
        Attributes item = new Attributes();
        item.setString(Tag.DimensionOrganizationUID, VR.UI, uid);
        item.setInt(Tag.DimensionIndexPointer, VR.AT, pointer);
        item.setInt(Tag.FunctionalGroupPointer, VR.AT, group);
        item.setString(Tag.DimensionDescriptionLabel, VR.LO, label);
        return item;
    }

    /** A distance between slices is said only where there is one: viewers build their volume from it. */
    private void sharedGroups(Attributes all) {
        Slice first = source.slices().get(0);
        Attributes measures = new Attributes();
        measures.setString(Tag.PixelSpacing, VR.DS, DecimalString.of(first.rowSpacing(), first.columnSpacing()));
        measures.setString(
                Tag.SliceThickness, VR.DS, DecimalString.of(first.thickness().orElse(source.sliceDistance())));
        source.evenDistance()
                .ifPresent(distance -> measures.setString(Tag.SpacingBetweenSlices, VR.DS, DecimalString.of(distance)));
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

    /** Of the series it lies on, and of those that further channels came from (PS3.3 C.12.2). */
    private void references(Attributes all) {
        Items.put(
                all,
                Tag.ReferencedSeriesSequence,
                Stream.concat(Stream.of(source), source.further().stream())
                        .map(SegmentationHeader::reference)
                        .toArray(Attributes[]::new));
    }

    private static Attributes reference(SourceSeries of) {
        Attributes series = new Attributes();
        series.setString(Tag.SeriesInstanceUID, VR.UI, of.seriesInstanceUid());
        Items.put(series, Tag.ReferencedInstanceSequence, Items.instances(of));
        return series;
    }
}
