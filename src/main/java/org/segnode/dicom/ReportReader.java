package org.segnode.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.segnode.UnusableSeriesException;

/** Reads the volumes of a measurement report, wherever in its tree they are. */
final class ReportReader {
    private static final String VOLUME = "118565006";

    private ReportReader() {}

    /** @return in mm³, in the order of the report */
    static List<Double> volumes(Path path) throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            List<Double> volumes = new ArrayList<>();
            collect(file.attributes(), volumes);
            return volumes;
        } catch (RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    private static void collect(Attributes item, List<Double> volumes) throws UnusableSeriesException {
        Attributes name = item.getNestedDataset(Tag.ConceptNameCodeSequence);
        if (name != null && VOLUME.equals(name.getString(Tag.CodeValue))) {
            Attributes value = item.getNestedDataset(Tag.MeasuredValueSequence);
            if (value == null) {
                throw new UnusableSeriesException("a volume has no value");
            }
            volumes.add(value.getDouble(Tag.NumericValue, Double.NaN));
        }
        Sequence content = item.getSequence(Tag.ContentSequence);
        if (content != null) {
            for (Attributes child : content) {
                collect(child, volumes);
            }
        }
    }
}
