package org.segnode.preprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.CaseTasks;
import org.segnode.plan.Configuration;
import org.segnode.plan.LabelledCase;
import org.segnode.plan.PlanningOptions;
import org.segnode.plan.Plans;
import org.segnode.plan.RawDataset;
import org.segnode.plan.UnusableFileException;
import org.segnode.volume.io.ReaderWriter;
import org.segnode.volume.io.StoredImage;

/**
 * Prepares all training cases of a data set as its plans say, into folders from which nnU-Net 2.8.1 and we train.
 *
 * @param raw the data set as it was given
 * @param plans of the data set
 * @param preprocessed its folder below nnUNet_preprocessed
 */
public record DatasetPreprocessing(RawDataset raw, Plans plans, Path preprocessed) {
    /** The case as read, permuted, cropped and normalised, beside the double precision of one channel's resampling. */
    private static final int COPIES = 6;

    private static final Pattern FOLDER_NAME =
            Pattern.compile("(?!gt_segmentations$)[A-Za-z0-9_][A-Za-z0-9_.+-]{0,199}");

    /**
     * Prepares the cases for one configuration; those of an earlier run are replaced when all are done.
     *
     * @return the folder with the cases
     * @throws UnusableFileException naming the case, if one cannot be used
     */
    public Path run(Configuration configuration, CaseTasks tasks) throws IOException, InterruptedException {
        requireOurs(configuration);
        Path folder = preprocessed.resolve(configuration.dataIdentifier());
        Path part = preprocessed.resolve(configuration.dataIdentifier() + ".part");
        delete(part);
        PreparedCases prepared = new PreparedCases(Files.createDirectories(part));
        Preprocessor preprocessor =
                new Preprocessor(plans, configuration, raw.dataset().labels());
        List<CaseTasks.Task<Path>> work = new ArrayList<>();
        for (LabelledCase each : raw.cases(reader())) {
            work.add(new CaseTasks.Task<>(
                    (long) (COPIES * each.bytes() * growth(configuration)),
                    () -> prepare(each, preprocessor, prepared)));
        }
        tasks.run(work);
        delete(folder);
        return Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Copies the labels to {@code gt_segmentations}, where validation looks for them; newer ones replace older ones. */
    public void copyReferences() throws IOException {
        Path folder = Files.createDirectories(preprocessed.resolve("gt_segmentations"));
        for (String id : raw.caseIds()) {
            Path from = raw.label(id);
            Path to = folder.resolve(id + raw.dataset().fileEnding());
            if (!Files.exists(to) || Files.getLastModifiedTime(from).compareTo(Files.getLastModifiedTime(to)) > 0) {
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private Path prepare(LabelledCase each, Preprocessor preprocessor, PreparedCases prepared) throws IOException {
        try {
            StoredImage image = each.storedImage();
            TrainingCase ready = preprocessor.prepareForTraining(image.volume(), each.labels());
            prepared.write(each.id(), ready, image.stored());
            return prepared.folder();
        } catch (UnusableSeriesException | IllegalArgumentException unusable) {
            throw new UnusableFileException(each.id() + ": " + unusable.getMessage());
        }
    }

    private ReaderWriter reader() throws UnusableFileException {
        return ReaderWriter.ofClassName(plans.imageReaderWriter())
                .orElseThrow(() -> new UnusableFileException("plans: there is no reader " + plans.imageReaderWriter()));
    }

    /** Voxels of the median case after resampling / before; at least 1. */
    private double growth(Configuration configuration) {
        List<Double> before = plans.originalMedianShape();
        List<Double> after = configuration.medianImageSize();
        double growth = 1;
        for (int axis = 0; axis < after.size() && before.size() == 3; axis++) {
            growth *= after.get(axis) / Math.max(1, before.get(3 - after.size() + axis));
        }
        return Math.max(1, growth);
    }

    /** The folder of an earlier run is deleted, so that it must be one. */
    private static void requireOurs(Configuration configuration) throws UnusableFileException {
        if (!FOLDER_NAME.matcher(configuration.dataIdentifier()).matches()) {
            throw new UnusableFileException("the data_identifier of " + configuration.name()
                    + " must be a plain name of a folder, is " + configuration.dataIdentifier());
        }
        if (!configuration.preprocessorName().equals(PlanningOptions.DEFAULT_PREPROCESSOR)) {
            throw new UnusableFileException("the configuration " + configuration.name() + " wants the preprocessor "
                    + configuration.preprocessorName() + "; there is only " + PlanningOptions.DEFAULT_PREPROCESSOR);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
