package org.segnode.node.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.Results;
import org.segnode.dicom.SegmentationOrigin;
import org.segnode.dicom.SegmentedSeries;
import org.segnode.dicom.SeriesReader;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.ledger.Crop;
import org.segnode.ledger.Job;
import org.segnode.ledger.StoredResult;
import org.segnode.model.ModelPackage;
import org.segnode.model.ModelPackages;
import org.segnode.pacs.Spool;
import org.segnode.volume.LabelMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a series in the spool to a DICOM SEG in the results folder: what a job is. */
public final class SeriesComputation implements JobComputation {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesComputation.class);

    private final Spool spool;
    private final Path results;
    private final ModelPackages models;
    private final ResidentModels resident;
    private final PredictionOptions options;
    private final SeriesReader reader = new SeriesReader();

    /**
     * @param results folder of the results, one folder per series in it
     * @param options of every prediction
     */
    public SeriesComputation(
            Spool spool, Path results, ModelPackages models, ResidentModels resident, PredictionOptions options) {
        this.spool = spool;
        this.results = results;
        this.models = models;
        this.resident = resident;
        this.options = options;
    }

    @Override
    public StoredResult compute(Job job, Progress progress) throws UnusableSeriesException, IOException {
        List<Path> files = spool.files(job.seriesKey());
        if (files.isEmpty()) {
            throw new UnusableSeriesException("the series is no longer in the spool");
        }
        ModelPackage model = models.open(job.model());
        Optional<ModelPackage> region = region(job);
        DicomSeries series = reader.read(files);
        SegmentationOrigin origin = origin(job, model, region);
        String resultSeries = Results.seriesInstanceUid(ResultForm.SEG, series.source(), origin);
        EarlierResults earlier = new EarlierResults(results, folder(job));
        Optional<List<StoredResult>> complete = earlier.find(resultSeries, files);
        if (complete.isPresent()) {
            LOG.info("{}: the result of an earlier attempt is complete and is taken", job);
            return complete.get().get(0);
        }
        try (Segmenter segmenter = segmenter(job, model, region)) {
            LabelMap found = segmenter.segment(series.volume(), progress);
            SegmentedSeries result = new SegmentedSeries(
                    series.onSource(found),
                    series.sourceValues(),
                    model.description().labels(),
                    origin);
            List<StoredResult> written =
                    Results.write(Set.of(ResultForm.SEG), result, (form, number, uid) -> earlier.place(uid)).stream()
                            .map(earlier::stored)
                            .toList();
            earlier.note(resultSeries, written);
            return written.get(0);
        }
    }

    private Optional<ModelPackage> region(Job job) throws IOException {
        Optional<Crop> crop = job.order().crop();
        return crop.isPresent() ? Optional.of(models.open(crop.get().model())) : Optional.empty();
    }

    private Segmenter segmenter(Job job, ModelPackage model, Optional<ModelPackage> region) throws IOException {
        Segmenter fine = model.oriented(resident.segmenter(model, options));
        Optional<Crop> crop = job.order().crop();
        if (crop.isEmpty() || region.isEmpty()) {
            return fine;
        }
        Segmenter coarse = region.get().oriented(resident.segmenter(region.get(), options));
        return new CroppedSegmenter(coarse, crop.get().margin(), fine);
    }

    private SegmentationOrigin origin(Job job, ModelPackage model, Optional<ModelPackage> region) {
        String settings = words(options)
                + region.map(coarse -> ", inside " + identity(coarse) + " + " + margin(job) + " mm")
                        .orElse("");
        return new SegmentationOrigin(
                model.description().title(),
                model.description().id(),
                model.description().version(),
                model.digest(),
                settings);
    }

    /** What of the options changes a result. */
    static String words(PredictionOptions options) {
        return "folds " + (options.folds().isEmpty() ? "all" : String.join(" ", options.folds()))
                + ", " + options.checkpointName()
                + ", step " + options.stepFraction()
                + (options.gaussian() ? ", gaussian" : "")
                + (options.mirroring() ? ", mirroring" : "")
                + (options.precise() ? ", precise" : "");
    }

    private static String identity(ModelPackage model) {
        return model.description().id() + " " + model.description().version() + " " + model.digest();
    }

    private static double margin(Job job) {
        return job.order().crop().map(Crop::margin).orElse(0.0);
    }

    private Path folder(Job job) {
        Path folder = results.resolve(job.seriesKey());
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new TemporaryException("the results folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
    }
}
