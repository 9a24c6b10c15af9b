package org.segnode.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;

/**
 * The headers of one series: all slices, unsorted, and one object's attributes for what all objects share.
 *
 * @param slices of all objects and frames
 * @param common of the object with the lowest SOP Instance UID, so that the order of the files decides nothing
 */
record SeriesHeaders(List<Slice> slices, Attributes common) {
    /** What all objects of a series must agree in (PS3.3 A.1.2.3, C.7.4.1); values are not shown, they may be the patient's. */
    private static final Map<Integer, String> SHARED = shared();

    private static Map<Integer, String> shared() {
        Map<Integer, String> shared = new LinkedHashMap<>();
        shared.put(Tag.SeriesInstanceUID, "Series Instance UID (0020,000E)");
        shared.put(Tag.StudyInstanceUID, "Study Instance UID (0020,000D)");
        shared.put(Tag.PatientID, "Patient ID (0010,0020)");
        shared.put(Tag.PatientName, "Patient's Name (0010,0010)");
        shared.put(Tag.SOPClassUID, "SOP Class UID (0008,0016)");
        shared.put(Tag.Modality, "Modality (0008,0060)");
        shared.put(Tag.FrameOfReferenceUID, "Frame of Reference UID (0020,0052)");
        return shared;
    }

    static SeriesHeaders of(List<Path> files) throws UnusableSeriesException {
        if (files.isEmpty()) {
            throw new UnusableSeriesException("the series has no objects");
        }
        List<Slice> slices = new ArrayList<>();
        Map<String, Path> seen = new LinkedHashMap<>();
        Attributes common = null;
        for (Path path : files) {
            try (DicomFile file = DicomFile.open(path)) {
                if (!isNew(file, seen)) {
                    continue;
                }
                requireImage(file);
                Attributes head = withoutFrames(file.attributes());
                if (common == null) {
                    common = head;
                }
                requireSame(common, head, path);
                slices.addAll(SliceHeaders.of(file));
                common = before(head, common) ? head : common;
            } catch (RuntimeException e) {
                throw DicomFile.reason(path, e);
            }
        }
        return new SeriesHeaders(slices, Objects.requireNonNull(common));
    }

    /** False for a second copy of the very same object. */
    private static boolean isNew(DicomFile file, Map<String, Path> seen) throws UnusableSeriesException {
        String uid = file.attributes().getString(Tag.SOPInstanceUID, "").trim();
        if (uid.isEmpty()) {
            throw new UnusableSeriesException(DicomFile.name(file.path()) + " has no SOP Instance UID (0008,0018)");
        }
        Path first = seen.putIfAbsent(uid, file.path());
        if (first == null) {
            return true;
        }
        try {
            if (Files.mismatch(first, file.path()) == -1) {
                return false;
            }
        } catch (IOException e) {
            throw new TemporaryException("cannot compare " + first + " and " + file.path(), e);
        }
        throw new UnusableSeriesException("two different objects have the SOP Instance UID " + uid);
    }

    private static void requireImage(DicomFile file) throws UnusableSeriesException {
        Attributes image = file.attributes();
        String sopClass = image.getString(Tag.SOPClassUID, "").trim();
        String number = SliceHeaders.number(image);
        String which = number.isEmpty() ? DicomFile.name(file.path()) : "instance " + number;
        if (sopClass.isEmpty()) {
            throw new UnusableSeriesException(which + " has no SOP Class UID (0008,0016)");
        }
        if (ImageClass.volumeName(sopClass).isEmpty()) {
            throw new UnusableSeriesException(which + " is no slice of a volume: it is of the class "
                    + ImageClass.words(sopClass) + ", only CT, MR and PET images are read");
        }
        String[] type = image.getStrings(Tag.ImageType);
        if (type != null && Arrays.asList(type).contains("MOSAIC")) {
            throw new UnusableSeriesException(which
                    + " is a Siemens mosaic (Image Type (0008,0008)): its slices are tiles of one image, and where"
                    + " each lies is not said in standard attributes");
        }
        PixelRules.check(file);
    }

    private static Attributes withoutFrames(Attributes all) {
        Attributes head = new Attributes(all.bigEndian());
        head.addNotSelected(all, Tag.PerFrameFunctionalGroupsSequence);
        return head;
    }

    private static void requireSame(Attributes first, Attributes other, Path path) throws UnusableSeriesException {
        for (Map.Entry<Integer, String> each : SHARED.entrySet()) {
            String a = first.getString(each.getKey(), "").trim();
            String b = other.getString(each.getKey(), "").trim();
            if (!a.equals(b)) {
                throw new UnusableSeriesException("the objects are not of one series: " + DicomFile.name(path)
                        + " has another " + each.getValue() + " than others");
            }
        }
    }

    private static boolean before(Attributes a, Attributes b) {
        return a.getString(Tag.SOPInstanceUID, "").compareTo(b.getString(Tag.SOPInstanceUID, "")) < 0;
    }
}
