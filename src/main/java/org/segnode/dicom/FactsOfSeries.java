package org.segnode.dicom;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Position;

/** Reads {@link SeriesFacts} from the first file that can be read. */
final class FactsOfSeries {
    private FactsOfSeries() {}

    static SeriesFacts of(List<Path> files) throws UnusableSeriesException {
        UnusableSeriesException reason = new UnusableSeriesException("the series has no objects");
        for (Path path : files) {
            try (DicomFile file = DicomFile.open(path)) {
                return facts(file.attributes(), files.size());
            } catch (RuntimeException e) {
                reason = DicomFile.reason(path, e);
            } catch (UnusableSeriesException e) {
                reason = e;
            }
        }
        throw reason;
    }

    private static SeriesFacts facts(Attributes a, int objects) {
        Attributes frame = a.getNestedDataset(Tag.PerFrameFunctionalGroupsSequence);
        double thickness =
                SliceHeaders.group(a, frame, Tag.PixelMeasuresSequence).getDouble(Tag.SliceThickness, 0);
        int frames = Math.max(1, a.getInt(Tag.NumberOfFrames, 1));
        String[] type = a.getStrings(Tag.ImageType);
        return new SeriesFacts(
                text(a, Tag.StudyInstanceUID),
                text(a, Tag.SeriesInstanceUID),
                text(a, Tag.SOPClassUID),
                text(a, Tag.Modality),
                text(a, Tag.BodyPartExamined),
                text(a, Tag.StudyDescription),
                text(a, Tag.SeriesDescription),
                text(a, Tag.ProtocolName),
                type == null
                        ? List.of()
                        : Arrays.stream(type).map(t -> t == null ? "" : t).toList(),
                text(SliceHeaders.group(a, frame, Tag.CTReconstructionSequence), Tag.ConvolutionKernel),
                thickness > 0 ? OptionalDouble.of(thickness) : OptionalDouble.empty(),
                objects == 1 ? frames : objects,
                orientation(SliceHeaders.group(a, frame, Tag.PlaneOrientationSequence)),
                isOwn(a));
    }

    private static String text(Attributes a, int tag) {
        String[] values = a.getStrings(tag);
        return values == null ? "" : String.join("\\", values).trim();
    }

    /** By the equipment, which survives a PACS; the file meta information does not. */
    private static boolean isOwn(Attributes a) {
        return Equipment.MODEL_NAME.equalsIgnoreCase(text(a, Tag.ManufacturerModelName));
    }

    private static Optional<String> orientation(Attributes plane) {
        double[] c = plane.getDoubles(Tag.ImageOrientationPatient);
        if (c == null || c.length != 6) {
            return Optional.empty();
        }
        Position normal = new Position(c[0], c[1], c[2]).cross(new Position(c[3], c[4], c[5]));
        return Optional.of(AnatomicalPlane.of(normal).name());
    }
}
