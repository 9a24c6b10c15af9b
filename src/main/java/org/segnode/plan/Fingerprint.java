package org.segnode.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What planning needs to know of a data set: dataset_fingerprint.json. Axes are those of the files.
 *
 * @param intensities statistics of the foreground, by channel
 * @param medianRelativeSize median of voxels after cropping / voxels before
 * @param shapesAfterCrop three lengths per case, in case order
 * @param spacings three distances in mm per case, in case order
 */
public record Fingerprint(
        List<IntensityProperties> intensities,
        double medianRelativeSize,
        List<List<Integer>> shapesAfterCrop,
        List<List<Double>> spacings) {
    private static final int LARGEST_FILE = 64 << 20;

    public Fingerprint {
        intensities = List.copyOf(intensities);
        shapesAfterCrop = shapesAfterCrop.stream().map(List::copyOf).toList();
        spacings = spacings.stream().map(List::copyOf).toList();
        if (spacings.isEmpty() || spacings.size() != shapesAfterCrop.size()) {
            throw new IllegalArgumentException("shapes_after_crop and spacings must have one entry per case, have "
                    + shapesAfterCrop.size() + " and " + spacings.size());
        }
        shapesAfterCrop.forEach(shape -> requireAxes("shapes_after_crop", shape));
        spacings.forEach(spacing -> requireAxes("spacings", spacing));
    }

    /** @throws UnusableFileException naming key and value, if a value is missing or absurd */
    public static Fingerprint read(Path file) throws IOException {
        return of(JsonValue.read(file, LARGEST_FILE));
    }

    static Fingerprint of(JsonValue json) throws UnusableFileException {
        List<IntensityProperties> intensities = new ArrayList<>();
        JsonValue channels = json.get("foreground_intensity_properties_per_channel");
        for (int i = 0; i < channels.entries().size(); i++) {
            intensities.add(IntensityProperties.of(channels.get(Integer.toString(i))));
        }
        List<List<Integer>> shapes = new ArrayList<>();
        for (JsonValue shape : json.get("shapes_after_crop").items()) {
            shapes.add(shape.integers(1, 1 << 20));
        }
        List<List<Double>> spacings = new ArrayList<>();
        for (JsonValue spacing : json.get("spacings").items()) {
            spacings.add(spacing.numbers(1e-6, 1e6));
        }
        try {
            return new Fingerprint(
                    intensities, json.get("median_relative_size_after_cropping").number(0, 1), shapes, spacings);
        } catch (IllegalArgumentException complaint) {
            throw new UnusableFileException(json.place() + ": " + complaint.getMessage());
        }
    }

    /** Writes the file as nnU-Net does: sorted keys, indented by four. */
    public void write(Path file) throws IOException {
        PythonJson.write(file, json(), true);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("foreground_intensity_properties_per_channel", IntensityProperties.json(intensities));
        json.put("median_relative_size_after_cropping", medianRelativeSize);
        ArrayNode shapes = json.putArray("shapes_after_crop");
        shapesAfterCrop.forEach(shape -> shape.forEach(shapes.addArray()::add));
        ArrayNode distances = json.putArray("spacings");
        spacings.forEach(spacing -> spacing.forEach(distances.addArray()::add));
        return json;
    }

    private static void requireAxes(String name, List<?> axes) {
        if (axes.size() != 3) {
            throw new IllegalArgumentException(name + " must have 3 numbers per case, has " + axes);
        }
    }
}
