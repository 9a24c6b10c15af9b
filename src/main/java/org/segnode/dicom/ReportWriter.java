package org.segnode.dicom;

import static org.segnode.dicom.ReportItems.CONTAINS;
import static org.segnode.dicom.ReportItems.CONTEXT;
import static org.segnode.dicom.ReportItems.MODIFIER;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;

/**
 * Writes an imaging measurement report (PS3.16 TID 1500) as Comprehensive 3D SR: of each segment its volume, mean and standard
 * deviation of the values, and largest diameter, with the segment it was measured in (TID 1411).
 */
final class ReportWriter implements ResultWriter {
    private static final Set<String> SIDES = Set.of("7771000", "24028007", "51440002");

    private final ResultForm segmentation;

    /** @param segmentation the form of the object that the report refers to */
    ReportWriter(ResultForm segmentation) {
        this.segmentation = segmentation;
    }

    @Override
    public List<ResultObject> write(SegmentedSeries result, ResultPlaces places) {
        List<SegmentFigures> figures = SegmentFigures.of(result);
        List<SegmentReference> segments = SegmentReference.of(result, segmentation);
        Attributes all = new ResultHeader(result, ResultForm.SR).attributes(1, content(figures, segments));
        all.setNull(Tag.ReferencedPerformedProcedureStepSequence, VR.SQ);
        all.setNull(Tag.PerformedProcedureCodeSequence, VR.SQ);
        all.setString(Tag.CompletionFlag, VR.CS, "COMPLETE");
        all.setString(Tag.VerificationFlag, VR.CS, "UNVERIFIED");
        evidence(all, result, segments);
        all.addAll(root(result, figures, segments));
        Path file = places.place(ResultForm.SR, 1, all.getString(Tag.SOPInstanceUID));
        return List.of(new ObjectFile(all, ObjectFile.Pixels.NONE)
                .write(ResultForm.SR, file, draft -> requireSame(draft, figures)));
    }

    private static String content(List<SegmentFigures> figures, List<SegmentReference> segments) {
        MessageDigest sha = DerivedUids.sha256();
        String words = figures + " " + segments;
        return HexFormat.of().formatHex(sha.digest(words.getBytes(StandardCharsets.UTF_8)));
    }

    private static void evidence(Attributes all, SegmentedSeries result, List<SegmentReference> segments) {
        SourceSeries source = result.source();
        Attributes images = new Attributes();
        Items.put(images, Tag.ReferencedSOPSequence, Items.instances(source));
        images.setString(Tag.SeriesInstanceUID, VR.UI, source.common().getString(Tag.SeriesInstanceUID));
        Attributes masks = new Attributes();
        Items.put(
                masks,
                Tag.ReferencedSOPSequence,
                segments.stream()
                        .filter(segment -> segment.number() == 1)
                        .map(SegmentReference::object)
                        .toArray(Attributes[]::new));
        masks.setString(Tag.SeriesInstanceUID, VR.UI, segments.get(0).seriesInstanceUid());
        Attributes study = new Attributes();
        Items.put(study, Tag.ReferencedSeriesSequence, images, masks);
        study.setString(Tag.StudyInstanceUID, VR.UI, source.common().getString(Tag.StudyInstanceUID));
        Items.put(all, Tag.CurrentRequestedProcedureEvidenceSequence, study);
    }

    private static Attributes root(
            SegmentedSeries result, List<SegmentFigures> figures, List<SegmentReference> segments) {
        List<Attributes> groups = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            groups.add(group(result, result.meanings().get(i), figures.get(i), segments.get(i)));
        }
        SegmentationOrigin origin = result.origin();
        return ReportItems.container(
                "",
                new Code("126000", "DCM", "Imaging Measurement Report"),
                "1500",
                ReportItems.code(
                        MODIFIER,
                        new Code("121049", "DCM", "Language of Content Item and Descendants"),
                        new Code("en-US", "RFC5646", "English (United States)")),
                ReportItems.code(
                        CONTEXT, new Code("121005", "DCM", "Observer Type"), new Code("121007", "DCM", "Device")),
                ReportItems.uid(CONTEXT, new Code("121012", "DCM", "Device Observer UID"), DerivedUids.device(origin)),
                ReportItems.text(CONTEXT, new Code("121013", "DCM", "Device Observer Name"), origin.modelTitle()),
                ReportItems.text(
                        CONTEXT, new Code("121014", "DCM", "Device Observer Manufacturer"), Equipment.MANUFACTURER),
                ReportItems.text(
                        CONTEXT, new Code("121015", "DCM", "Device Observer Model Name"), Equipment.MODEL_NAME),
                ReportItems.code(
                        MODIFIER,
                        new Code("121058", "DCM", "Procedure reported"),
                        new Code("363679005", "SCT", "Imaging procedure")),
                ReportItems.container(
                        CONTAINS,
                        new Code("126010", "DCM", "Imaging Measurements"),
                        "",
                        groups.toArray(Attributes[]::new)));
    }

    private static Attributes group(
            SegmentedSeries result, LabelMeaning meaning, SegmentFigures figures, SegmentReference segment) {
        List<Attributes> items = new ArrayList<>();
        items.add(ReportItems.text(
                CONTEXT,
                new Code("112039", "DCM", "Tracking Identifier"),
                SegmentItems.trackingId(meaning, result.origin())));
        items.add(ReportItems.uid(
                CONTEXT,
                new Code("112040", "DCM", "Tracking Unique Identifier"),
                SegmentItems.trackingUid(meaning, result.uids())));
        items.add(ReportItems.code(CONTAINS, new Code("121071", "DCM", "Finding"), meaning.type()));
        items.add(ReportItems.image(CONTAINS, new Code("121191", "DCM", "Referenced Segment"), segment.segment()));
        items.add(ReportItems.uid(
                CONTAINS,
                new Code("121232", "DCM", "Source series for segmentation"),
                result.source().common().getString(Tag.SeriesInstanceUID)));
        items.add(site(meaning));
        algorithm(items, result.origin());
        measurements(items, result.source(), figures);
        return ReportItems.container(
                CONTAINS, new Code("125007", "DCM", "Measurement Group"), "1411", items.toArray(Attributes[]::new));
    }

    /** With what says which of several: the side, or the part (TID 1411, and CID 244). */
    private static Attributes site(LabelMeaning meaning) {
        Attributes[] modifiers = meaning.side().stream()
                .map(side -> ReportItems.code(
                        MODIFIER,
                        SIDES.contains(side.value())
                                ? new Code("272741003", "SCT", "Laterality")
                                : new Code("106233006", "SCT", "Topographical modifier"),
                        side))
                .toArray(Attributes[]::new);
        return ReportItems.code(MODIFIER, new Code("363698007", "SCT", "Finding Site"), meaning.type(), modifiers);
    }

    /** TID 4019. */
    private static void algorithm(List<Attributes> items, SegmentationOrigin origin) {
        items.add(ReportItems.text(MODIFIER, new Code("111001", "DCM", "Algorithm Name"), origin.modelId()));
        items.add(ReportItems.text(MODIFIER, new Code("111003", "DCM", "Algorithm Version"), origin.modelVersion()));
        items.add(ReportItems.text(
                MODIFIER, new Code("111002", "DCM", "Algorithm Parameters"), SegmentItems.parameters(origin)));
    }

    private static void measurements(List<Attributes> items, SourceSeries source, SegmentFigures figures) {
        items.add(ReportItems.number(
                new Code("118565006", "SCT", "Volume"),
                figures.cubicMillimetres(),
                new Code("mm3", "UCUM", "cubic millimeter")));
        if (figures.voxels() == 0) {
            return;
        }
        ValueKind kind = ValueKind.of(source.common());
        items.add(ReportItems.number(kind.name(), figures.mean(), kind.unit(), derivation("373098007", "Mean")));
        items.add(ReportItems.number(
                kind.name(), figures.deviation(), kind.unit(), derivation("386136009", "Standard Deviation")));
        items.add(ReportItems.number(
                new Code("81827009", "SCT", "Diameter"),
                figures.largestDiameter(),
                new Code("mm", "UCUM", "millimeter"),
                derivation("56851009", "Maximum")));
    }

    private static Attributes derivation(String value, String meaning) {
        return ReportItems.code(MODIFIER, new Code("121401", "DCM", "Derivation"), new Code(value, "SCT", meaning));
    }

    private static void requireSame(Path draft, List<SegmentFigures> figures) throws UnusableSeriesException {
        List<Double> read = ReportReader.volumes(draft);
        List<Double> wanted = figures.stream()
                .map(SegmentFigures::cubicMillimetres)
                .map(volume -> Double.parseDouble(DecimalString.of(volume)))
                .toList();
        if (!read.equals(wanted)) {
            throw new IllegalStateException("the report that was written says the volumes " + read + ", not " + wanted);
        }
    }
}
