package org.segnode.dicom;

import java.nio.file.Path;
import java.util.List;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Volume;

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
     * Everything that {@link #read} checks except the voxels, without reading them.
     *
     * @param files all objects of one series, in any order
     * @throws UnusableSeriesException naming what is wrong, with the slices and numbers
     */
    public void check(List<Path> files) throws UnusableSeriesException {
        SliceStack.of(SeriesHeaders.of(files).slices());
    }

    /**
     * @param files all objects of one series, in any order
     * @return modality values in slice order along the normal of the slices: column index runs along the first, row index
     *     along the second triple of Image Orientation (Patient)
     * @throws UnusableSeriesException naming what is wrong, with the slices and numbers
     * @throws org.segnode.TemporaryException if the disk does not give a file
     */
    public DicomSeries read(List<Path> files) throws UnusableSeriesException {
        SeriesHeaders headers = SeriesHeaders.of(files);
        SliceStack stack = SliceStack.of(headers.slices());
        float[] values = VolumePixels.read(stack);
        return new DicomSeries(new Volume(stack.grid(), values), new SourceSeries(headers.common(), stack));
    }
}
