package org.segnode.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What dataset.json says.
 *
 * @param channelNames name of each input channel, in channel order
 * @param labels the labels and regions
 * @param numTraining number of training cases; may be missing in the dataset.json of a finished model
 * @param fileEnding ending of image and label files with its dot, for example {@code .nii.gz}
 * @param imageReaderWriter reader the data set insists on, by nnU-Net's class name
 * @param cases files per case where {@code dataset} names them; else empty, and imagesTr and labelsTr hold
 */
public record Dataset(
        List<String> channelNames,
        Labels labels,
        OptionalInt numTraining,
        String fileEnding,
        Optional<String> imageReaderWriter,
        Map<String, CaseFiles> cases) {
    private static final int LARGEST_FILE = 16 << 20;
    private static final int MOST_CHANNELS = 10_000;

    /**
     * Files of one case, paths as written.
     *
     * @param images one per channel
     * @param label the label file
     */
    public record CaseFiles(List<String> images, String label) {
        public CaseFiles {
            images = List.copyOf(images);
        }
    }

    public Dataset {
        channelNames = List.copyOf(channelNames);
        cases = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(cases));
        if (channelNames.isEmpty()) {
            throw new IllegalArgumentException("channel_names must name at least one channel");
        }
    }

    /** @throws UnusableFileException naming key and value, if the file is not a data set's description */
    public static Dataset read(Path datasetJson) throws IOException {
        return of(JsonValue.read(datasetJson, LARGEST_FILE));
    }

    static Dataset of(JsonValue json) throws UnusableFileException {
        try {
            return new Dataset(
                    channelNames(json),
                    labels(json),
                    numTraining(json),
                    fileEnding(json.get("file_ending")),
                    readerWriter(json),
                    cases(json));
        } catch (IllegalArgumentException complaint) {
            throw new UnusableFileException(json.place() + ": " + complaint.getMessage());
        }
    }

    /** How each channel is normalised, by its name. */
    public List<Normalization> normalizations() {
        return channelNames.stream().map(Normalization::ofChannel).toList();
    }

    private static List<String> channelNames(JsonValue json) throws UnusableFileException {
        JsonValue names =
                json.has("channel_names") || !json.has("modality") ? json.get("channel_names") : json.get("modality");
        Map<String, JsonValue> entries = names.entries();
        if (entries.isEmpty() || entries.size() > MOST_CHANNELS) {
            throw names.wrong("an object with 1 to " + MOST_CHANNELS + " channels");
        }
        List<String> result = new ArrayList<>();
        for (int channel = 0; channel < entries.size(); channel++) {
            result.add(names.get(Integer.toString(channel)).text());
        }
        return result;
    }

    private static Labels labels(JsonValue json) throws UnusableFileException {
        List<Region> entries = new ArrayList<>();
        OptionalInt ignore = OptionalInt.empty();
        for (Map.Entry<String, JsonValue> entry : json.get("labels").entries().entrySet()) {
            JsonValue value = entry.getValue();
            if (entry.getKey().equals("ignore")) {
                ignore = OptionalInt.of(value.integer(1, Short.MAX_VALUE));
            } else if (value.isList()) {
                entries.add(new Region(entry.getKey(), value.integers(0, Short.MAX_VALUE), true));
            } else {
                entries.add(Region.of(entry.getKey(), value.integer(0, Short.MAX_VALUE)));
            }
        }
        requireBackground(json.get("labels"));
        List<Integer> order = json.has("regions_class_order")
                ? json.get("regions_class_order").integers(0, Short.MAX_VALUE)
                : List.of();
        return new Labels(entries, ignore, order);
    }

    private static void requireBackground(JsonValue labels) throws UnusableFileException {
        JsonValue background = labels.get("background");
        if (background.isList() || background.integer(0, Short.MAX_VALUE) != 0) {
            throw background.wrong("the number 0");
        }
    }

    private static OptionalInt numTraining(JsonValue json) throws UnusableFileException {
        return json.has("numTraining")
                ? OptionalInt.of(json.get("numTraining").integer(0, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    private static String fileEnding(JsonValue value) throws UnusableFileException {
        String ending = value.text();
        if (!ending.matches("\\.[A-Za-z0-9.]{1,20}")) {
            throw value.wrong("an ending like .nii.gz");
        }
        return ending;
    }

    private static Optional<String> readerWriter(JsonValue json) throws UnusableFileException {
        Optional<JsonValue> value = json.find("overwrite_image_reader_writer");
        if (value.isEmpty() || value.get().text().equals("None")) {
            return Optional.empty();
        }
        return Optional.of(value.get().text());
    }

    private static Map<String, CaseFiles> cases(JsonValue json) throws UnusableFileException {
        Map<String, CaseFiles> cases = new LinkedHashMap<>();
        Optional<JsonValue> dataset = json.find("dataset");
        if (dataset.isEmpty()) {
            return cases;
        }
        for (Map.Entry<String, JsonValue> entry : dataset.get().entries().entrySet()) {
            if (!entry.getKey().matches("[^/\\\\.][^/\\\\]{0,199}")) {
                throw entry.getValue().wrong("under a case name without a slash and without a dot first");
            }
            List<String> images = new ArrayList<>();
            for (JsonValue image : entry.getValue().get("images").items()) {
                images.add(image.text());
            }
            cases.put(
                    entry.getKey(),
                    new CaseFiles(images, entry.getValue().get("label").text()));
        }
        return cases;
    }
}
