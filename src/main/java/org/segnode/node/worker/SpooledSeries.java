package org.segnode.node.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.SeriesReader;
import org.segnode.ledger.Job;
import org.segnode.pacs.Spool;

/** The series that jobs are about, read as their rules want it. */
public final class SpooledSeries {
    private final Spool spool;
    private final Function<String, GeometryPolicy> geometryOfRule;
    private final SeriesReader reader = new SeriesReader();

    /** @param geometryOfRule what is repaired for the rule of this name */
    public SpooledSeries(Spool spool, Function<String, GeometryPolicy> geometryOfRule) {
        this.spool = spool;
        this.geometryOfRule = geometryOfRule;
    }

    /** @throws UnusableSeriesException if there are none left */
    List<Path> files(Job job) throws UnusableSeriesException {
        List<Path> files = spool.files(job.seriesKey());
        if (files.isEmpty()) {
            throw new UnusableSeriesException("the series is no longer in the spool");
        }
        return files;
    }

    DicomSeries read(Job job) throws UnusableSeriesException {
        return reader.read(files(job), geometryOfRule.apply(job.order().rule()));
    }
}
