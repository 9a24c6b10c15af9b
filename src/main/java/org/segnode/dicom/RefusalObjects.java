package org.segnode.dicom;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.Code;

/**
 * Tells in the archive why a series has no result: as Basic Text SR (PS3.3 A.35.1) and as a page of text (Secondary Capture,
 * PS3.3 A.8.1). Patient and study are those of the series; the texts name nobody. The same refusal gives the same UIDs and
 * bytes.
 */
public final class RefusalObjects {
    private static final int SERIES_NUMBER = 9800;
    private static final String TITLE = "segnode: series not segmented";
    private static final Code DOCUMENT = new Code("SERIES_REFUSED", "99SEGNODE", "Series not segmented");

    private final Attributes source;
    private final RefusalText text;
    private final DerivedUids uids;
    private final DerivedUids series;

    private RefusalObjects(Attributes source, RefusalText text) {
        this.source = source;
        this.text = text;
        String refused = source.getString(Tag.SeriesInstanceUID, "");
        this.series = DerivedUids.of(List.of("refusal", refused));
        this.uids = DerivedUids.of(List.of(
                "refusal",
                refused,
                text.what(),
                text.why(),
                text.whatToDo(),
                text.at().toString()));
    }

    /**
     * @param source file of an image of the refused series
     * @param files where the objects are to lie, {@code SR} and {@code SC}; their folders exist
     * @return the objects, ordered by form
     * @throws UnusableSeriesException if the source cannot be read, or is no image that could have been segmented
     * @throws org.segnode.TemporaryException if the disk does not give or take something
     */
    public static List<ResultObject> write(Path source, RefusalText text, Map<ResultForm, Path> files)
            throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(source)) {
            Attributes attributes = file.attributes();
            String sopClass = attributes.getString(Tag.SOPClassUID, "").trim();
            if (ImageClass.volumeName(sopClass).isEmpty()) {
                throw new UnusableSeriesException(
                        DicomFile.name(source) + " is no image to segment: " + ImageClass.words(sopClass));
            }
            RefusalObjects objects = new RefusalObjects(attributes, text);
            return new TreeMap<>(files)
                    .entrySet().stream()
                            .map(entry -> objects.object(entry.getKey())
                                    .write(entry.getKey(), entry.getValue(), part -> {
                                        ObjectHeader.readComplete(part);
                                    }))
                            .toList();
        }
    }

    private ObjectFile object(ResultForm form) {
        return switch (form) {
            case SR -> new ObjectFile(report(), ObjectFile.Pixels.NONE);
            case SC -> {
                TextPage page = TextPage.of(
                        List.of(TITLE, "", text.what(), "", "Why", text.why(), "", "What to do", text.whatToDo()));
                yield new ObjectFile(capture(page), page);
            }
            default -> throw new IllegalArgumentException("refusals are not written as " + form);
        };
    }

    private Attributes common(ResultForm form, String sopClass, String modality) {
        boolean ascii = Stream.of(text.what(), text.why(), text.whatToDo()).allMatch(Texts::isAscii);
        Attributes all = SourceIdentity.of(source, ascii);
        all.setString(Tag.SOPClassUID, VR.UI, sopClass);
        all.setString(Tag.SOPInstanceUID, VR.UI, uids.uid("instance " + form));
        all.setString(Tag.Modality, VR.CS, modality);
        all.setString(Tag.SeriesInstanceUID, VR.UI, series.uid("series " + form));
        all.setInt(Tag.SeriesNumber, VR.IS, SERIES_NUMBER + form.ordinal());
        all.setString(Tag.SeriesDescription, VR.LO, TITLE);
        all.setString(Tag.Manufacturer, VR.LO, Equipment.MANUFACTURER);
        all.setString(Tag.ManufacturerModelName, VR.LO, Equipment.MODEL_NAME);
        all.setString(Tag.SoftwareVersions, VR.LO, Equipment.softwareVersion());
        all.setInt(Tag.InstanceNumber, VR.IS, 1);
        ZonedDateTime at = text.at().atZone(ZoneOffset.UTC);
        all.setString(
                Tag.ContentDate, VR.DA, DateTimeFormatter.ofPattern("yyyyMMdd").format(at));
        all.setString(
                Tag.ContentTime, VR.TM, DateTimeFormatter.ofPattern("HHmmss").format(at));
        all.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0000");
        return all;
    }

    private Attributes report() {
        Attributes all = common(ResultForm.SR, UID.BasicTextSRStorage, "SR");
        all.setNull(Tag.ReferencedPerformedProcedureStepSequence, VR.SQ);
        all.setNull(Tag.PerformedProcedureCodeSequence, VR.SQ);
        all.setString(Tag.CompletionFlag, VR.CS, "COMPLETE");
        all.setString(Tag.VerificationFlag, VR.CS, "UNVERIFIED");
        all.setString(Tag.ValueType, VR.CS, "CONTAINER");
        Items.put(all, Tag.ConceptNameCodeSequence, Items.code(DOCUMENT));
        all.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
        Items.put(
                all,
                Tag.ContentSequence,
                observerIsADevice(),
                observer(),
                paragraph("121071", "Finding", text.what()),
                paragraph("121077", "Conclusion", text.why()),
                paragraph("121075", "Recommendation", text.whatToDo()));
        return all;
    }

    /** PS3.16 TID 1002. */
    private static Attributes observerIsADevice() {
        Attributes item = item("HAS OBS CONTEXT", "CODE", Items.code("121005", "DCM", "Observer Type"));
        Items.put(item, Tag.ConceptCodeSequence, Items.code("121007", "DCM", "Device"));
        return item;
    }

    /** PS3.16 TID 1004: one UID for this program, whichever machine it runs on. */
    private static Attributes observer() {
        Attributes item = item("HAS OBS CONTEXT", "UIDREF", Items.code("121012", "DCM", "Device Observer UID"));
        item.setString(Tag.UID, VR.UI, Implementation.CLASS_UID);
        return item;
    }

    private static Attributes paragraph(String code, String meaning, String words) {
        Attributes item = item("CONTAINS", "TEXT", Items.code(code, "DCM", meaning));
        item.setString(Tag.TextValue, VR.UT, words);
        return item;
    }

    private static Attributes item(String relationship, String type, Attributes concept) {
        Attributes item = new Attributes();
        item.setString(Tag.RelationshipType, VR.CS, relationship);
        item.setString(Tag.ValueType, VR.CS, type);
        Items.put(item, Tag.ConceptNameCodeSequence, concept);
        return item;
    }

    private Attributes capture(TextPage page) {
        Attributes all = common(ResultForm.SC, UID.SecondaryCaptureImageStorage, "OT");
        all.setString(Tag.ConversionType, VR.CS, "WSD");
        all.setString(Tag.ImageType, VR.CS, "DERIVED", "SECONDARY");
        all.setNull(Tag.PatientOrientation, VR.CS);
        all.setNull(Tag.Laterality, VR.CS); // a page has none; checkers ask for it
        all.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
        all.setInt(Tag.SamplesPerPixel, VR.US, 1);
        all.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
        all.setInt(Tag.Rows, VR.US, page.rows());
        all.setInt(Tag.Columns, VR.US, page.columns());
        all.setInt(Tag.BitsAllocated, VR.US, 8);
        all.setInt(Tag.BitsStored, VR.US, 8);
        all.setInt(Tag.HighBit, VR.US, 7);
        all.setInt(Tag.PixelRepresentation, VR.US, 0);
        return all;
    }
}
