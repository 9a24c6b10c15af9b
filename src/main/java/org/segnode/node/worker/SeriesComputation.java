package org.segnode.node.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.ResultObject;
import org.segnode.dicom.Results;
import org.segnode.dicom.SegmentationOrigin;
import org.segnode.dicom.SegmentedSeries;
import org.segnode.dicom.SourceSeries;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.ledger.AddressedResult;
import org.segnode.ledger.Crop;
import org.segnode.ledger.Job;
import org.segnode.ledger.StoredResult;
import org.segnode.model.ModelPackage;
import org.segnode.model.ModelPackages;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a series in the spool to DICOM objects in the results folder: what a job is. */
public final class SeriesComputation implements JobComputation {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesComputation.class);

    private final SpooledSeries spooled;
    private final Path results;
    private final ModelPackages models;
    private final ResidentModels resident;
    private final PredictionOptions options;
    private final WantedForms.Profiles profiles;

    /**
     * @param results folder of the results, one folder per series in it
     * @param options of every prediction
     * @param profiles in which forms the destinations get results
     */
    public SeriesComputation(
            SpooledSeries spooled,
            Path results,
            ModelPackages models,
            ResidentModels resident,
            PredictionOptions options,
            WantedForms.Profiles profiles) {
        this.spooled = spooled;
        this.results = results;
        this.models = models;
        this.resident = resident;
        this.options = options;
        this.profiles = profiles;
    }

    @Override
    public List<AddressedResult> compute(Job job, Progress progress) throws UnusableSeriesException, IOException {
        List<Path> files = spooled.files(job);
        ModelPackage model = models.open(job.model());
        Optional<ModelPackage> region = region(job);
        DicomSeries series = spooled.read(job);
        SegmentationOrigin origin = origin(job, model, region).on(series.verdict());
        WantedForms wanted = WantedForms.of(
                job.order().destinations(), model.description().labels().size(), profiles);
        EarlierResults earlier = new EarlierResults(results, folder(job));
        Optional<List<AddressedResult>> complete = earlier(earlier, wanted, series.source(), origin, files);
        if (complete.isPresent()) {
            LOG.info("{}: the result of an earlier attempt is complete and is taken", job);
            return complete.get();
        }
        if (wanted.needLevels()) {
            GradedLabelMap.requireMemory(
                    model.description().labels().size(),
                    series.volume().shape(),
                    Runtime.getRuntime().maxMemory());
        }
        try (Segmenter segmenter = segmenter(job, model, region)) {
            GradedLabelMap found = found(segmenter, series.volume(), wanted, progress);
            SegmentedSeries result = series.result(found, model.description().labels(), origin);
            return write(result, wanted, earlier);
        }
    }

    private static GradedLabelMap found(Segmenter segmenter, Volume volume, WantedForms wanted, Progress progress)
            throws UnusableSeriesException {
        return wanted.needLevels()
                ? segmenter.graded(volume, progress)
                : GradedLabelMap.of(segmenter.segment(volume, progress));
    }

    /** Everything that is wanted, if all of it is complete. */
    private static Optional<List<AddressedResult>> earlier(
            EarlierResults earlier,
            WantedForms wanted,
            SourceSeries source,
            SegmentationOrigin origin,
            List<Path> files) {
        List<AddressedResult> complete = new ArrayList<>();
        for (ResultForm form : wanted.all()) {
            Optional<List<StoredResult>> objects = earlier.find(Results.seriesInstanceUid(form, source, origin), files);
            if (objects.isEmpty()) {
                return Optional.empty();
            }
            objects.get().forEach(object -> complete.add(new AddressedResult(object, wanted.takers(form))));
        }
        return Optional.of(complete);
    }

    private static List<AddressedResult> write(SegmentedSeries result, WantedForms wanted, EarlierResults earlier)
            throws IOException {
        List<AddressedResult> written = new ArrayList<>();
        Map<String, List<StoredResult>> bySeries = new LinkedHashMap<>();
        for (ResultObject object : Results.write(wanted.all(), result, (form, number, uid) -> earlier.place(uid))) {
            StoredResult stored = earlier.stored(object);
            written.add(new AddressedResult(stored, wanted.takers(object.form())));
            bySeries.computeIfAbsent(object.seriesInstanceUid(), uid -> new ArrayList<>())
                    .add(stored);
        }
        for (Map.Entry<String, List<StoredResult>> series : bySeries.entrySet()) {
            earlier.note(series.getKey(), series.getValue());
        }
        return written;
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
                + job.order().further().stream()
                        .map(input -> ", with channel " + input.channel())
                        .collect(Collectors.joining())
                + region.map(coarse -> ", inside " + identity(coarse) + " + " + margin(job) + " mm")
                        .orElse("");
        return ModelOrigin.of(model, settings);
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
