package org.segnode.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What plans.json says. Axes of the array are permuted by {@link #transposeForward()} before anything else happens.
 *
 * @param datasetName for example {@code Dataset004_Hippocampus}
 * @param plansName for example {@code nnUNetPlans}
 * @param originalMedianSpacing in mm, axes after the permutation
 * @param originalMedianShape in voxels, axes after the permutation
 * @param imageReaderWriter nnU-Net's class name of the reader of images
 * @param transposeForward axis i after the permutation is axis {@code transposeForward(i)} of the file
 * @param transposeBackward the inverse permutation
 * @param configurations by name, in the order of the file
 * @param intensities statistics of the foreground, by channel
 */
public record Plans(
        String datasetName,
        String plansName,
        List<Double> originalMedianSpacing,
        List<Double> originalMedianShape,
        String imageReaderWriter,
        List<Integer> transposeForward,
        List<Integer> transposeBackward,
        Map<String, Configuration> configurations,
        List<IntensityProperties> intensities) {
    private static final int LARGEST_FILE = 16 << 20;
    private static final int MOST_CONFIGURATIONS = 1000;

    public Plans {
        originalMedianSpacing = List.copyOf(originalMedianSpacing);
        originalMedianShape = List.copyOf(originalMedianShape);
        transposeForward = List.copyOf(transposeForward);
        transposeBackward = List.copyOf(transposeBackward);
        configurations = Collections.unmodifiableMap(new LinkedHashMap<>(configurations));
        intensities = List.copyOf(intensities);
        requirePermutations(transposeForward, transposeBackward);
    }

    /** @throws UnusableFileException naming key and value, if a value is missing, absurd or unknown */
    public static Plans read(Path plansJson) throws IOException {
        return of(JsonValue.read(plansJson, LARGEST_FILE));
    }

    static Plans of(JsonValue json) throws UnusableFileException {
        JsonValue configurations = json.get("configurations");
        if (configurations.entries().isEmpty() || configurations.entries().size() > MOST_CONFIGURATIONS) {
            throw configurations.wrong("an object with 1 to " + MOST_CONFIGURATIONS + " configurations");
        }
        Map<String, Configuration> read = new LinkedHashMap<>();
        for (String name : configurations.entries().keySet()) {
            read.put(name, ConfigurationJson.read(configurations, name));
        }
        try {
            return new Plans(
                    json.get("dataset_name").text(),
                    json.get("plans_name").text(),
                    numbers(json, "original_median_spacing_after_transp", 1e6),
                    numbers(json, "original_median_shape_after_transp", 1e9),
                    json.get("image_reader_writer").text(),
                    json.get("transpose_forward").integers(0, 2),
                    json.get("transpose_backward").integers(0, 2),
                    read,
                    intensities(json));
        } catch (IllegalArgumentException complaint) {
            throw new UnusableFileException(json.place() + ": " + complaint.getMessage());
        }
    }

    /** @throws IllegalArgumentException listing the names there are, if there is none of this name */
    public Configuration configuration(String name) {
        Configuration configuration = configurations.get(name);
        if (configuration == null) {
            throw new IllegalArgumentException(
                    "the plans have no configuration \"" + name + "\" but " + new TreeSet<>(configurations.keySet()));
        }
        return configuration;
    }

    /** Why nnU-Net could not use these plans; empty if it can. */
    public Optional<String> obstacleToExport() {
        return configurations.values().stream()
                .flatMap(each -> each.normalizations().stream())
                .filter(each -> !each.isExportable())
                .findFirst()
                .map(each -> "nnU-Net has no normalization " + each.className());
    }

    /** Statistics of a channel's foreground, needed by CT normalisation; empty if the plans have none. */
    public Optional<IntensityProperties> intensities(int channel) {
        return channel < intensities.size() ? Optional.of(intensities.get(channel)) : Optional.empty();
    }

    private static List<Double> numbers(JsonValue json, String key, double most) throws UnusableFileException {
        return json.has(key) ? json.get(key).numbers(0, most) : List.of();
    }

    private static List<IntensityProperties> intensities(JsonValue json) throws UnusableFileException {
        String old = "foreground_intensity_properties_by_modality";
        String key = json.has(old) ? old : "foreground_intensity_properties_per_channel";
        List<IntensityProperties> result = new ArrayList<>();
        Optional<JsonValue> channels = json.find(key);
        if (channels.isPresent()) {
            for (int i = 0; i < channels.get().entries().size(); i++) {
                result.add(IntensityProperties.of(channels.get().get(Integer.toString(i))));
            }
        }
        return result;
    }

    private static void requirePermutations(List<Integer> forward, List<Integer> backward) {
        if (!new TreeSet<>(forward).equals(new TreeSet<>(List.of(0, 1, 2))) || forward.size() != 3) {
            throw new IllegalArgumentException("transpose_forward must be a permutation of 0, 1, 2, is " + forward);
        }
        for (int axis = 0; axis < 3; axis++) {
            if (backward.size() != 3 || backward.get(forward.get(axis)) != axis) {
                throw new IllegalArgumentException(
                        "transpose_backward must be the inverse of transpose_forward " + forward + ", is " + backward);
            }
        }
    }
}
