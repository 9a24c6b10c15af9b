package org.segnode.dicom;

import java.util.List;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.plan.Code;

/**
 * What the objects of all forms have in common: whose they are, which series, and who made them. Dates and times are those of
 * the source, so that a repeat gives the same bytes; when it was computed is in the node's memory.
 */
final class ResultHeader {
    /** Added to the number of the source series, so that the result stands apart from what the scanner numbers. */
    private static final int SERIES_NUMBER_OFFSET = 9000;

    private static final int SERIES_NUMBERS_PER_FORM = 100;
    private static final int[] DATES = {Tag.ContentDate, Tag.AcquisitionDate, Tag.SeriesDate, Tag.StudyDate};
    private static final int[] TIMES = {Tag.ContentTime, Tag.AcquisitionTime, Tag.SeriesTime, Tag.StudyTime};
    private static final int[] SCANNER = {
        Tag.Manufacturer,
        Tag.InstitutionName,
        Tag.StationName,
        Tag.ManufacturerModelName,
        Tag.DeviceSerialNumber,
        Tag.SoftwareVersions
    };

    private final SegmentedSeries result;
    private final ResultForm form;
    private final DerivedUids uids;
    private final Attributes common;

    ResultHeader(SegmentedSeries result, ResultForm form) {
        this.result = result;
        this.form = form;
        this.uids = result.uids();
        this.common = result.source().common();
    }

    /**
     * @param number of the object within its series, from 1
     * @param content digest of what distinguishes the object
     */
    Attributes attributes(int number, String content) {
        Attributes all = SourceIdentity.of(common, ownTexts().allMatch(Texts::isAscii));
        all.setString(Tag.SOPClassUID, VR.UI, form.sopClassUid());
        all.setString(Tag.SOPInstanceUID, VR.UI, uids.instance(form, number, content));
        all.setInt(Tag.InstanceNumber, VR.IS, number);
        all.setString(Tag.ContentDate, VR.DA, date());
        all.setString(Tag.ContentTime, VR.TM, time());
        series(all);
        equipment(all);
        return all;
    }

    String date() {
        return first(common, "19700101", DATES);
    }

    String time() {
        return first(common, "000000", TIMES);
    }

    /** Where the source has none, one of the result's own. */
    String frameOfReferenceUid() {
        String theirs = common.getString(Tag.FrameOfReferenceUID, "").trim();
        return theirs.isEmpty() ? uids.uid("frame of reference") : theirs;
    }

    void frameOfReference(Attributes all) {
        all.setString(Tag.FrameOfReferenceUID, VR.UI, frameOfReferenceUid());
        String indicator = common.getString(Tag.PositionReferenceIndicator);
        if (indicator == null || !Texts.isAscii(indicator)) {
            all.setNull(Tag.PositionReferenceIndicator, VR.LO);
        } else {
            all.setString(Tag.PositionReferenceIndicator, VR.LO, indicator);
        }
    }

    /** Lossy is what was made from lossy images (PS3.3 C.7.6.1.1.5). */
    void lossiness(Attributes all) {
        boolean lossy =
                "01".equals(common.getString(Tag.LossyImageCompression, "").trim());
        all.setString(Tag.LossyImageCompression, VR.CS, lossy ? "01" : "00");
        if (lossy) {
            all.addSelected(common, Tag.LossyImageCompressionRatio, Tag.LossyImageCompressionMethod);
        }
    }

    private Stream<String> ownTexts() {
        SegmentationOrigin origin = result.origin();
        Stream<String> ofOrigin = Stream.of(
                origin.modelTitle(),
                origin.modelId(),
                origin.modelVersion(),
                origin.settings(),
                origin.intendedUse().orElse(""));
        Stream<String> ofLabels = result.meanings().stream()
                .flatMap(m -> Stream.concat(
                        Stream.of(m.name(), m.category().meaning(), m.type().meaning()),
                        m.side().map(Code::meaning).stream()));
        return Stream.concat(ofOrigin, ofLabels);
    }

    private void series(Attributes all) {
        all.setString(Tag.Modality, VR.CS, form.modality());
        all.setString(Tag.SeriesInstanceUID, VR.UI, uids.series(form));
        all.setInt(
                Tag.SeriesNumber,
                VR.IS,
                SERIES_NUMBER_OFFSET
                        + SERIES_NUMBERS_PER_FORM * form.ordinal()
                        + Math.floorMod(common.getInt(Tag.SeriesNumber, 0), 1_000_000));
        String ending = form.ending() + " AI, not reviewed";
        all.setString(
                Tag.SeriesDescription,
                VR.LO,
                Texts.fitting(result.origin().modelTitle(), 64 - ending.length()) + ending);
    }

    private void equipment(Attributes all) {
        all.setString(Tag.Manufacturer, VR.LO, Equipment.MANUFACTURER);
        all.setString(Tag.ManufacturerModelName, VR.LO, Equipment.MODEL_NAME);
        all.setString(
                Tag.DeviceSerialNumber, VR.LO, Texts.fitting(result.origin().modelDigest(), 64));
        all.setString(Tag.SoftwareVersions, VR.LO, Equipment.softwareVersion());
        scanner().forEach(item -> Items.put(all, Tag.ContributingEquipmentSequence, item));
    }

    /** The source's equipment (PS3.3 C.12.1.1.5), as far as it can be written in this object's character set. */
    private List<Attributes> scanner() {
        if (common.getString(Tag.Manufacturer, "").isBlank()) {
            return List.of();
        }
        Attributes item = new Attributes();
        for (int tag : SCANNER) {
            String text = common.getString(tag, "");
            if (!text.isBlank() && Texts.isAscii(text)) {
                item.setString(tag, VR.LO, Texts.fitting(text, 64));
            }
        }
        Items.put(item, Tag.PurposeOfReferenceCodeSequence, Items.code("109101", "DCM", "Acquisition Equipment"));
        return item.contains(Tag.Manufacturer) ? List.of(item) : List.of();
    }

    private static String first(Attributes from, String otherwise, int... tags) {
        for (int tag : tags) {
            String value = from.getString(tag, "").trim();
            if (!value.isEmpty()) {
                return value;
            }
        }
        return otherwise;
    }
}
