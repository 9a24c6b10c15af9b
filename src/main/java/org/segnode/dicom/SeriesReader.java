package org.segnode.dicom;

import java.nio.file.Path;
import java.util.List;
import org.segnode.UnusableSeriesException;

/** Reads the files of one series as a volume, or says why it is none. */
public final class SeriesReader {
    /**
     * What rules look at, from the files of one series.
     *
     * @throws UnusableSeriesException if none of the files is a readable DICOM object
     */
    public SeriesFacts facts(List<Path> files) throws UnusableSeriesException {
        return FactsOfSeries.of(files);
    }

    /**
     * Everything that {@link #read} decides, without reading voxels but those of slices at the same place.
     *
     * @param files all objects of one series, in any order
     * @throws org.segnode.TemporaryException if the disk does not give a file
     */
    public GeometryVerdict verdict(List<Path> files, GeometryPolicy policy) {
        try {
            return JudgedStack.of(SeriesHeaders.of(files), policy).verdict();
        } catch (UnusableSeriesException e) {
            return JudgedStack.unusable(e);
        }
    }

    /** As {@link #verdict}, but one for each stack where an object holds several that are not one volume. */
    public List<GeometryVerdict> verdicts(List<Path> files, GeometryPolicy policy) {
        try {
            return JudgedStack.ofEach(SeriesHeaders.of(files), policy).stream()
                    .map(JudgedStack::verdict)
                    .toList();
        } catch (UnusableSeriesException e) {
            return List.of(JudgedStack.unusable(e));
        }
    }

    /** With {@link GeometryPolicy#DEFAULT}. */
    public DicomSeries read(List<Path> files) throws UnusableSeriesException {
        return read(files, GeometryPolicy.DEFAULT);
    }

    /**
     * @param files all objects of one series, in any order
     * @return modality values in slice order along the normal of the slices: column index runs along the first, row index
     *     along the second triple of Image Orientation (Patient)
     * @throws UnusableSeriesException naming what is wrong, with the slices and numbers
     * @throws org.segnode.TemporaryException if the disk does not give a file
     */
    public DicomSeries read(List<Path> files, GeometryPolicy policy) throws UnusableSeriesException {
        SeriesHeaders headers = SeriesHeaders.of(files);
        JudgedStack judged = JudgedStack.of(headers, policy);
        SliceStack stack = judged.required();
        float[] values = VolumePixels.read(stack.slices());
        return new DicomSeries(
                stack.volume(values), values, new SourceSeries(headers.common(), stack), judged.verdict());
    }
}
