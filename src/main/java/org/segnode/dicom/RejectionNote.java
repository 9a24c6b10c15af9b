package org.segnode.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.Code;

/**
 * A Key Object Selection (PS3.3 A.35.4, PS3.16 TID 2010) that tells archives and viewers to hide objects of ours which a newer
 * one has replaced, as IHE's Imaging Object Change Management has it. The same objects, newer object and reason give the same
 * UIDs.
 */
public final class RejectionNote {
    private static final int SERIES_NUMBER = 9900;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    /** Why objects are rejected (PS3.16 CID 7011). */
    public enum Why {
        QUALITY(new Code("113001", "DCM", "Rejected for Quality Reasons")),
        PATIENT_SAFETY(new Code("113037", "DCM", "Rejected for Patient Safety Reasons"));

        private final Code title;

        Why(Code title) {
            this.title = title;
        }
    }

    private final Attributes newer;
    private final List<RejectedObject> rejected;
    private final Why why;
    private final ZonedDateTime made;
    private final DerivedUids uids;

    private RejectionNote(Attributes newer, List<RejectedObject> rejected, Why why, ZonedDateTime made) {
        this.newer = newer;
        this.rejected = rejected;
        this.why = why;
        this.made = made;
        List<String> words = new ArrayList<>(List.of(why.title.value(), newer.getString(Tag.SOPInstanceUID, "")));
        words.addAll(new TreeSet<>(
                rejected.stream().map(RejectedObject::sopInstanceUid).toList()));
        this.uids = DerivedUids.of(words);
    }

    /**
     * @param newer file of the object that takes the place of the others; patient and study are copied from it, and its age is
     *     the note's
     * @param rejected objects of the same study, at least one
     * @param file where the note is to lie; its folder exists
     * @return SOP Class UID and SOP Instance UID of the note
     * @throws UnusableSeriesException if the newer object cannot be read
     * @throws TemporaryException if the disk does not give or take something
     */
    public static RejectedObject write(Path newer, List<RejectedObject> rejected, Why why, Path file)
            throws UnusableSeriesException {
        if (rejected.isEmpty()) {
            throw new IllegalArgumentException("a rejection note rejects at least one object");
        }
        try (DicomFile read = DicomFile.open(newer)) {
            ZonedDateTime made = Files.getLastModifiedTime(newer).toInstant().atZone(ZoneOffset.UTC);
            Attributes note = new RejectionNote(read.attributes(), rejected, why, made).attributes();
            new ObjectFile(note, ObjectFile.Pixels.NONE).write(file, part -> requireSame(part, rejected));
            return new RejectedObject(
                    note.getString(Tag.SeriesInstanceUID),
                    note.getString(Tag.SOPClassUID),
                    note.getString(Tag.SOPInstanceUID));
        } catch (IOException e) {
            throw new TemporaryException("the age of " + newer.getFileName() + " cannot be read", e);
        }
    }

    private Attributes attributes() {
        Attributes all = SourceIdentity.of(newer, true);
        all.setString(Tag.SOPClassUID, VR.UI, UID.KeyObjectSelectionDocumentStorage);
        all.setString(Tag.SOPInstanceUID, VR.UI, uids.uid("rejection note"));
        series(all);
        all.setString(Tag.Manufacturer, VR.LO, Equipment.MANUFACTURER);
        all.setString(Tag.ManufacturerModelName, VR.LO, Equipment.MODEL_NAME);
        all.setString(Tag.SoftwareVersions, VR.LO, Equipment.softwareVersion());
        all.setInt(Tag.InstanceNumber, VR.IS, 1);
        all.setString(Tag.ContentDate, VR.DA, DATE.format(made));
        all.setString(Tag.ContentTime, VR.TM, TIME.format(made));
        all.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0000");
        Items.put(all, Tag.CurrentRequestedProcedureEvidenceSequence, evidence());
        content(all);
        return all;
    }

    private void series(Attributes all) {
        all.setString(Tag.Modality, VR.CS, "KO");
        all.setString(Tag.SeriesInstanceUID, VR.UI, uids.uid("series of a rejection note"));
        all.setInt(Tag.SeriesNumber, VR.IS, SERIES_NUMBER);
        all.setString(Tag.SeriesDescription, VR.LO, why.title.meaning());
        all.setNull(Tag.ReferencedPerformedProcedureStepSequence, VR.SQ);
    }

    /** The objects by series (PS3.3 C.17.2.1). */
    private Attributes evidence() {
        Map<String, List<Attributes>> bySeries = new LinkedHashMap<>();
        rejected.forEach(one -> bySeries.computeIfAbsent(one.seriesInstanceUid(), key -> new ArrayList<>())
                .add(reference(one)));
        Attributes study = new Attributes();
        study.setString(Tag.StudyInstanceUID, VR.UI, newer.getString(Tag.StudyInstanceUID));
        Items.put(
                study,
                Tag.ReferencedSeriesSequence,
                bySeries.entrySet().stream()
                        .map(entry -> {
                            Attributes series = new Attributes();
                            series.setString(Tag.SeriesInstanceUID, VR.UI, entry.getKey());
                            Items.put(
                                    series,
                                    Tag.ReferencedSOPSequence,
                                    entry.getValue().toArray(Attributes[]::new));
                            return series;
                        })
                        .toArray(Attributes[]::new));
        return study;
    }

    private void content(Attributes all) {
        all.setString(Tag.ValueType, VR.CS, "CONTAINER");
        Items.put(all, Tag.ConceptNameCodeSequence, Items.code(why.title));
        all.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
        Attributes template = new Attributes();
        template.setString(Tag.MappingResource, VR.CS, "DCMR");
        template.setString(Tag.TemplateIdentifier, VR.CS, "2010");
        Items.put(all, Tag.ContentTemplateSequence, template);
        Stream<Attributes> objects = rejected.stream().map(RejectionNote::item);
        Items.put(
                all,
                Tag.ContentSequence,
                Stream.concat(objects, Stream.of(description())).toArray(Attributes[]::new));
    }

    private Attributes description() {
        Attributes text = new Attributes();
        text.setString(Tag.RelationshipType, VR.CS, "CONTAINS");
        text.setString(Tag.ValueType, VR.CS, "TEXT");
        Items.put(text, Tag.ConceptNameCodeSequence, Items.code("113012", "DCM", "Key Object Description"));
        text.setString(
                Tag.TextValue,
                VR.UT,
                "Results of " + Equipment.MODEL_NAME + " whose place a newer one has taken: SOP Instance UID "
                        + newer.getString(Tag.SOPInstanceUID, ""));
        return text;
    }

    private static Attributes item(RejectedObject object) {
        Attributes item = new Attributes();
        item.setString(Tag.RelationshipType, VR.CS, "CONTAINS");
        item.setString(Tag.ValueType, VR.CS, ImageClass.hasPixels(object.sopClassUid()) ? "IMAGE" : "COMPOSITE");
        Items.put(item, Tag.ReferencedSOPSequence, reference(object));
        return item;
    }

    private static Attributes reference(RejectedObject object) {
        Attributes reference = new Attributes();
        reference.setString(Tag.ReferencedSOPClassUID, VR.UI, object.sopClassUid());
        reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, object.sopInstanceUid());
        return reference;
    }

    private static void requireSame(Path part, List<RejectedObject> rejected) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(part)) {
            file.requireComplete();
            Sequence content = file.attributes().getSequence(Tag.ContentSequence);
            List<String> read = content.stream()
                    .map(item -> item.getNestedDataset(Tag.ReferencedSOPSequence))
                    .filter(reference -> reference != null)
                    .map(reference -> reference.getString(Tag.ReferencedSOPInstanceUID))
                    .toList();
            List<String> wanted =
                    rejected.stream().map(RejectedObject::sopInstanceUid).toList();
            if (!read.equals(wanted)) {
                throw new IllegalStateException("the rejection note that was written rejects " + read.size()
                        + " objects instead of " + wanted.size());
            }
        }
    }
}
