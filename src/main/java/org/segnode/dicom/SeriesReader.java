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
        throw new UnsupportedOperationException("to be written");
    }

    /**
     * @param files all objects of one series, in any order
     * @throws UnusableSeriesException naming what is wrong, with the slices and numbers
     */
    public DicomSeries read(List<Path> files) throws UnusableSeriesException {
        throw new UnsupportedOperationException("to be written");
    }
}
