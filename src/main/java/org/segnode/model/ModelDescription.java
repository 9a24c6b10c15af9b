package org.segnode.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.segnode.plan.LabelMeaning;
import org.segnode.plan.UnusableFileException;
import org.segnode.volume.Orientation;

/**
 * What nnU-Net's files do not say of a model: our {@code model.json}.
 *
 * @param id short name of letters, digits, dot, dash and underscore; rules call the model by it
 * @param version set by whoever releases the model; results carry it
 * @param title what people see, 1 to 40 characters
 * @param modality DICOM modality of the images it was trained with, for example {@code MR}
 * @param orientation patient directions in which the training files' indices i, j, k (column, row, slice) grow; empty where
 *     nobody has said so: such a model takes no DICOM series
 * @param labels one per label that a result may hold, ascending
 * @param licence of the weights, for people
 * @param intendedUse what it may be used for, for people: one line; pictures of results carry it
 */
public record ModelDescription(
        String id,
        String version,
        String title,
        String modality,
        Optional<Orientation> orientation,
        List<LabelMeaning> labels,
        Optional<String> licence,
        Optional<String> intendedUse) {
    /** Name of the file. */
    public static final String FILE = "model.json";

    static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final int LARGEST_FILE = 4 << 20;

    public ModelDescription {
        labels = List.copyOf(labels);
        List<String> complaints = complaints(id, version, title, modality, labels);
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", complaints));
        }
    }

    /** What is wrong with these values; one entry each. */
    static List<String> complaints(
            String id, String version, String title, String modality, List<LabelMeaning> labels) {
        List<String> complaints = new ArrayList<>();
        complain(complaints, id, ID, "id must have 1 to 64 letters, digits, dots, dashes or underscores");
        complain(
                complaints,
                version,
                "[A-Za-z0-9._+-]{1,32}",
                "version must have 1 to 32 letters, digits, dots or dashes");
        complain(complaints, title, ".{1,40}", "title must have 1 to 40 characters");
        complain(complaints, modality, "[A-Z][A-Z0-9]{0,15}", "modality must be a DICOM modality like MR or CT");
        if (labels.isEmpty()) {
            complaints.add("labels must have at least one entry");
        }
        for (int i = 1; i < labels.size(); i++) {
            int before = labels.get(i - 1).label();
            int label = labels.get(i).label();
            if (before >= label) {
                complaints.add("labels must ascend without repeats, but " + label + " comes after " + before);
            }
        }
        return complaints;
    }

    /** @throws UnusableFileException with every complaint, one per line, if the file is not what it should be */
    public static ModelDescription read(Path modelJson) throws IOException {
        if (Files.size(modelJson) > LARGEST_FILE) {
            throw new UnusableFileException(modelJson + ": is larger than " + LARGEST_FILE + " bytes");
        }
        return DescriptionReader.read(modelJson.toString(), Files.readAllBytes(modelJson));
    }

    /** Writes what {@link #read} takes. */
    public void write(Path modelJson) throws IOException {
        Files.writeString(modelJson, DescriptionWriter.json(this), StandardCharsets.UTF_8);
    }

    public ModelDescription withOrientation(Orientation known) {
        return new ModelDescription(id, version, title, modality, Optional.of(known), labels, licence, intendedUse);
    }

    private static void complain(List<String> complaints, String value, String pattern, String rule) {
        if (!value.matches(pattern)) {
            complaints.add(rule + ", is \"" + value + "\"");
        }
    }
}
