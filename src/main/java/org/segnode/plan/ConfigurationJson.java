package org.segnode.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads entries of {@code configurations}: resolves {@code inherits_from} and checks every value. */
final class ConfigurationJson {
    private static final int LONGEST_CHAIN = 20;
    private static final int LONGEST_AXIS = 1 << 16;
    private static final double LARGEST_SPACING = 1e6;

    private ConfigurationJson() {}

    static Configuration read(JsonValue configurations, String name) throws UnusableFileException {
        JsonValue json = resolved(configurations, name, new LinkedHashSet<>());
        try {
            return new Configuration(
                    name,
                    json.get("data_identifier").text(),
                    json.get("preprocessor_name").text(),
                    json.get("batch_size").integer(1, 1 << 20),
                    json.get("patch_size").integers(1, LONGEST_AXIS),
                    json.has("median_image_size_in_voxels")
                            ? json.get("median_image_size_in_voxels").numbers(0, 1e9)
                            : List.of(),
                    json.get("spacing").numbers(1e-6, LARGEST_SPACING),
                    normalizations(json.get("normalization_schemes")),
                    truths(json.get("use_mask_for_norm")),
                    ResamplingSpec.of(json, "resampling_fn_data"),
                    ResamplingSpec.of(json, "resampling_fn_seg"),
                    ResamplingSpec.of(json, "resampling_fn_probabilities"),
                    json.has("architecture")
                            ? ArchitectureJson.read(json.get("architecture"))
                            : ArchitectureJson.readOld(json),
                    json.has("batch_dice") && json.get("batch_dice").truth(),
                    previousStage(json),
                    nextStages(json));
        } catch (IllegalArgumentException | ArithmeticException complaint) {
            throw new UnusableFileException(json.place() + ": " + complaint.getMessage());
        }
    }

    /** The parent's entries overlaid by the configuration's own. */
    private static JsonValue resolved(JsonValue configurations, String name, Set<String> seen)
            throws UnusableFileException {
        JsonValue own = configurations.get(name);
        own.entries();
        if (!own.has("inherits_from")) {
            return own;
        }
        JsonValue parent = own.get("inherits_from");
        if (!seen.add(name) || seen.contains(parent.text())) {
            throw parent.wrong("free of cycles");
        }
        if (seen.size() > LONGEST_CHAIN) {
            throw parent.wrong("at most " + LONGEST_CHAIN + " configurations away from its end");
        }
        if (!configurations.has(parent.text())) {
            throw parent.wrong("the name of another configuration");
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.setAll((ObjectNode) resolved(configurations, parent.text(), seen).node());
        merged.setAll((ObjectNode) own.node());
        return new JsonValue(own.place(), merged);
    }

    private static List<Normalization> normalizations(JsonValue schemes) throws UnusableFileException {
        List<Normalization> result = new ArrayList<>();
        for (JsonValue scheme : entriesInOrder(schemes)) {
            result.add(Normalization.ofClassName(scheme.text())
                    .orElseThrow(() -> scheme.wrong("a known normalization like ZScoreNormalization")));
        }
        return result;
    }

    private static List<Boolean> truths(JsonValue flags) throws UnusableFileException {
        List<Boolean> result = new ArrayList<>();
        for (JsonValue flag : entriesInOrder(flags)) {
            result.add(flag.truth());
        }
        return result;
    }

    /** A list, or as in old plans an object with the keys "0", "1", … */
    private static List<JsonValue> entriesInOrder(JsonValue value) throws UnusableFileException {
        if (value.isList()) {
            return value.items();
        }
        List<JsonValue> items = new ArrayList<>();
        Map<String, JsonValue> entries = value.entries();
        for (int i = 0; i < entries.size(); i++) {
            items.add(value.get(Integer.toString(i)));
        }
        return items;
    }

    private static Optional<String> previousStage(JsonValue json) throws UnusableFileException {
        return json.has("previous_stage")
                ? Optional.of(json.get("previous_stage").text())
                : Optional.empty();
    }

    private static List<String> nextStages(JsonValue json) throws UnusableFileException {
        Optional<JsonValue> value = json.find("next_stage");
        if (value.isEmpty()) {
            return List.of();
        }
        if (!value.get().isList()) {
            return List.of(value.get().text());
        }
        List<String> names = new ArrayList<>();
        for (JsonValue name : value.get().items()) {
            names.add(name.text());
        }
        return names;
    }
}
