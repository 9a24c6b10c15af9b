package org.segnode.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Segmenter;
import org.segnode.inference.Segmenters;
import org.segnode.plan.Dataset;
import org.segnode.plan.LabelMeaning;
import org.segnode.plan.UnusableFileException;
import org.segnode.volume.Orientation;

/**
 * A model folder as nnU-Net wrote it, with our {@code model.json} beside its files.
 *
 * @param folder a trained model, or an ensemble's folder with {@code inference_information.json}
 * @param digest SHA-256 over the files that decide its results, hexadecimal
 */
public record ModelPackage(ModelDescription description, Path folder, String digest) {
    /** With the checkpoints that nnU-Net uses by default. */
    public static ModelPackage open(Path folder) throws IOException {
        return open(folder, PredictionOptions.DEFAULT);
    }

    /**
     * Reads and checks the description; a folder without one gets what dataset.json can tell, and no orientation.
     *
     * @param options say which checkpoints the digest is over
     * @throws UnusableFileException if model.json and dataset.json do not speak of the same labels
     * @throws IOException if a file is missing or cannot be used
     */
    public static ModelPackage open(Path folder, PredictionOptions options) throws IOException {
        return new ModelPackage(describe(folder), folder, ModelFiles.digest(folder, options.checkpointName()));
    }

    static ModelDescription describe(Path folder) throws IOException {
        Dataset dataset = Dataset.read(ModelFiles.datasetJson(folder));
        Path file = folder.resolve(ModelDescription.FILE);
        if (!Files.isRegularFile(file)) {
            return UndescribedModel.of(folder, dataset);
        }
        ModelDescription description = ModelDescription.read(file);
        requireSameLabels(file, description, UndescribedModel.names(dataset.labels()));
        return description;
    }

    /** For a model that came without it. */
    public ModelPackage withOrientation(Orientation known) {
        return new ModelPackage(description.withOrientation(known), folder, digest);
    }

    /**
     * Loads the model for volumes whose grid says how they lie, as DICOM series do.
     *
     * @throws UnusableFileException if nobody has said in which orientation it was trained
     */
    public Segmenter segmenter(PredictionOptions options) throws IOException {
        requireOrientation();
        return oriented(Segmenters.open(folder, options));
    }

    /**
     * This model's computation of stored axes, made to bring volumes into the model's orientation and labels back.
     *
     * @throws UnusableFileException if nobody has said in which orientation it was trained
     */
    public Segmenter oriented(Segmenter ofStoredAxes) throws UnusableFileException {
        return new OrientedSegmenter(ofStoredAxes, requireOrientation());
    }

    /** Loads the model for arrays as they are stored, whatever their orientation: what nnU-Net does with files. */
    public Segmenter segmenterOfStoredAxes(PredictionOptions options) throws IOException {
        return Segmenters.open(folder, options);
    }

    private Orientation requireOrientation() throws UnusableFileException {
        return description
                .orientation()
                .orElseThrow(() -> new UnusableFileException("model " + description.id()
                        + " does not say in which orientation its arrays were when it was trained, so it takes no DICOM"
                        + " series: give it, as in --orientation RAS (most NIfTI) or --orientation LPS (axial DICOM), or"
                        + " once for all as \"orientation\" in " + folder.resolve(ModelDescription.FILE)));
    }

    private static void requireSameLabels(Path file, ModelDescription description, Map<Integer, String> names)
            throws UnusableFileException {
        Map<Integer, String> missing = new TreeMap<>(names);
        for (LabelMeaning label : description.labels()) {
            if (missing.remove(label.label()) == null) {
                throw new UnusableFileException(
                        file + ": label " + label.label() + " is not in dataset.json, which has " + names);
            }
        }
        if (!missing.isEmpty()) {
            throw new UnusableFileException(file + ": labels of dataset.json have no meaning here: " + missing);
        }
    }
}
