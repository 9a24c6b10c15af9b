package org.segnode.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.outline.Outlines;
import org.segnode.dicom.outline.Polygon;
import org.segnode.plan.LabelMeaning;

/**
 * Writes RT Structure Set (PS3.3 A.19): the outlines of each label on each slice, in patient coordinates, in the plane of the
 * slice however it lies. Holes are joined to their outline, so that all contours are CLOSED_PLANAR.
 */
final class StructureSetWriter implements ResultWriter {
    /** Detached Study Management, retired, which is what structure sets call a study by (PS3.3 C.8.8.5). */
    private static final String STUDY = "1.2.840.10008.3.1.2.3.1";

    @Override
    public List<ResultObject> write(SegmentedSeries result, ResultPlaces places) {
        ResultHeader header = new ResultHeader(result, ResultForm.RTSTRUCT);
        Attributes all = header.attributes(1, result.labels().digest());
        header.frameOfReference(all);
        all.setNull(Tag.OperatorsName, VR.PN);
        all.setString(Tag.StructureSetDate, VR.DA, header.date());
        all.setString(Tag.StructureSetTime, VR.TM, header.time());
        all.setString(
                Tag.StructureSetLabel, VR.SH, Texts.fitting(result.origin().modelTitle(), 16));
        all.setString(
                Tag.StructureSetName,
                VR.LO,
                Texts.fitting(result.origin().modelId() + " " + result.origin().modelVersion(), 64));
        all.setString(
                Tag.StructureSetDescription, VR.ST, "AI, not reviewed. " + SegmentItems.parameters(result.origin()));
        all.setString(Tag.ApprovalStatus, VR.CS, "UNAPPROVED");
        String frameOfReference = header.frameOfReferenceUid();
        Items.put(all, Tag.ReferencedFrameOfReferenceSequence, reference(result.source(), frameOfReference));
        rois(all, result, frameOfReference);
        all.remove(Tag.ContentDate);
        all.remove(Tag.ContentTime);
        return List.of(ObjectFile.implicit(all)
                .write(
                        ResultForm.RTSTRUCT,
                        places.place(ResultForm.RTSTRUCT, 1, all.getString(Tag.SOPInstanceUID)),
                        draft -> requireSame(draft, result)));
    }

    private static Attributes reference(SourceSeries source, String frameOfReference) {
        Attributes series = new Attributes();
        series.setString(Tag.SeriesInstanceUID, VR.UI, source.common().getString(Tag.SeriesInstanceUID));
        Items.put(series, Tag.ContourImageSequence, Items.instances(source));
        Attributes study = new Attributes();
        study.setString(Tag.ReferencedSOPClassUID, VR.UI, STUDY);
        study.setString(Tag.ReferencedSOPInstanceUID, VR.UI, source.common().getString(Tag.StudyInstanceUID));
        Items.put(study, Tag.RTReferencedSeriesSequence, series);
        Attributes frame = new Attributes();
        frame.setString(Tag.FrameOfReferenceUID, VR.UI, frameOfReference);
        Items.put(frame, Tag.RTReferencedStudySequence, study);
        return frame;
    }

    private static void rois(Attributes all, SegmentedSeries result, String frameOfReference) {
        List<Attributes> rois = new ArrayList<>();
        List<Attributes> contours = new ArrayList<>();
        List<Attributes> observations = new ArrayList<>();
        Set<String> names = new HashSet<>();
        SegmentationFrames frames = SegmentationFrames.of(result);
        for (LabelMeaning meaning : result.meanings()) {
            int number = rois.size() + 1;
            String name = names.add(meaning.name()) ? meaning.name() : meaning.name() + " " + number;
            List<Attributes> ofRoi = contours(result.labels(), frames, number, meaning.label());
            rois.add(roi(number, name, ofRoi.isEmpty(), frameOfReference));
            Attributes item = new Attributes();
            item.setInt(Tag.ROIDisplayColor, VR.IS, meaning.rgb());
            item.setInt(Tag.ReferencedROINumber, VR.IS, number);
            if (!ofRoi.isEmpty()) {
                Items.put(item, Tag.ContourSequence, ofRoi.toArray(Attributes[]::new));
            }
            contours.add(item);
            observations.add(observation(number, meaning));
        }
        Items.put(all, Tag.StructureSetROISequence, rois.toArray(Attributes[]::new));
        Items.put(all, Tag.ROIContourSequence, contours.toArray(Attributes[]::new));
        Items.put(all, Tag.RTROIObservationsSequence, observations.toArray(Attributes[]::new));
    }

    private static Attributes roi(int number, String name, boolean absent, String frameOfReference) {
        Attributes roi = new Attributes();
        roi.setInt(Tag.ROINumber, VR.IS, number);
        roi.setString(Tag.ReferencedFrameOfReferenceUID, VR.UI, frameOfReference);
        roi.setString(Tag.ROIName, VR.LO, Texts.fitting(name, 64));
        if (absent) {
            roi.setString(Tag.ROIDescription, VR.ST, SegmentItems.ABSENT);
        }
        roi.setString(Tag.ROIGenerationAlgorithm, VR.CS, "AUTOMATIC");
        return roi;
    }

    private static Attributes observation(int number, LabelMeaning meaning) {
        Attributes observation = new Attributes();
        observation.setInt(Tag.ObservationNumber, VR.IS, number);
        observation.setInt(Tag.ReferencedROINumber, VR.IS, number);
        observation.setString(Tag.ROIObservationLabel, VR.SH, Texts.fitting(meaning.name(), 16));
        Items.put(observation, Tag.RTROIIdentificationCodeSequence, Items.code(meaning.type()));
        observation.setNull(Tag.RTROIInterpretedType, VR.CS);
        observation.setNull(Tag.ROIInterpreter, VR.PN);
        return observation;
    }

    private static List<Attributes> contours(SourceLabels labels, SegmentationFrames frames, int segment, int label) {
        List<Attributes> contours = new ArrayList<>();
        for (SegmentationFrames.Frame frame : frames.ofSegment(segment)) {
            Slice slice = labels.source().slices().get(frame.slice());
            for (Polygon polygon : Outlines.joined(frame.plane(labels), label)) {
                contours.add(contour(polygon, slice, contours.size() + 1));
            }
        }
        return contours;
    }

    private static Attributes contour(Polygon polygon, Slice slice, int number) {
        Attributes image = Items.instance(slice);
        if (slice.multiFrame()) {
            image.setInt(Tag.ReferencedFrameNumber, VR.IS, slice.frame());
        }
        Attributes contour = new Attributes();
        Items.put(contour, Tag.ContourImageSequence, image);
        contour.setString(Tag.ContourGeometricType, VR.CS, "CLOSED_PLANAR");
        contour.setInt(Tag.NumberOfContourPoints, VR.IS, polygon.points());
        contour.setInt(Tag.ContourNumber, VR.IS, number);
        contour.setString(Tag.ContourData, VR.DS, SlicePlane.of(slice).coordinates(polygon));
        return contour;
    }

    private static void requireSame(Path draft, SegmentedSeries result) throws UnusableSeriesException {
        short[] read = StructureSetReader.read(draft, result.source()).labels();
        int[] segmentOf = result.segmentOfLabel();
        long different = result.labels().different(read, (slice, label) -> segmentOf[label]);
        if (different > 0) {
            throw new IllegalStateException(
                    "the contours that were written differ from the label map in " + different + " voxels");
        }
    }
}
