package org.segnode.node.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.ChannelSeries;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.SeriesReader;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobInput;
import org.segnode.pacs.Spool;

/** The series that jobs are about, read as their rules want it. */
public final class SpooledSeries {
    private final Spool spool;
    private final Function<String, GeometryPolicy> geometryOfRule;
    private final Predicate<String> resamples;
    private final SeriesReader reader = new SeriesReader();

    /** As the other, where no rule resamples. */
    public SpooledSeries(Spool spool, Function<String, GeometryPolicy> geometryOfRule) {
        this(spool, geometryOfRule, rule -> false);
    }

    /**
     * @param geometryOfRule what is repaired for the rule of this name
     * @param resamples whether an input on another grid than the first is interpolated for the rule of this name
     */
    public SpooledSeries(Spool spool, Function<String, GeometryPolicy> geometryOfRule, Predicate<String> resamples) {
        this.spool = spool;
        this.geometryOfRule = geometryOfRule;
        this.resamples = resamples;
    }

    /**
     * Of all inputs.
     *
     * @throws UnusableSeriesException if an input has none left
     */
    List<Path> files(Job job) throws UnusableSeriesException {
        List<Path> files = new ArrayList<>(files("the series", job.seriesKey()));
        for (JobInput input : job.order().further()) {
            files.addAll(files("the series of channel " + input.channel(), input.seriesKey()));
        }
        return files;
    }

    /** One volume; with further inputs, one of several channels. */
    DicomSeries read(Job job) throws UnusableSeriesException {
        String rule = job.order().rule();
        GeometryPolicy policy = geometryOfRule.apply(rule);
        DicomSeries first = reader.read(files("the series", job.seriesKey()), policy);
        if (job.order().further().isEmpty()) {
            return first;
        }
        List<ChannelSeries> channels = new ArrayList<>();
        channels.add(new ChannelSeries("1", first));
        for (JobInput input : job.order().further()) {
            List<Path> files = files("the series of channel " + input.channel(), input.seriesKey());
            channels.add(new ChannelSeries(input.channel(), reader.read(files, policy)));
        }
        return ChannelSeries.join(channels, resamples.test(rule));
    }

    private List<Path> files(String what, String seriesKey) throws UnusableSeriesException {
        List<Path> files = spool.files(seriesKey);
        if (files.isEmpty()) {
            throw new UnusableSeriesException(what + " is no longer in the spool");
        }
        return files;
    }
}
