package org.segnode.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;
import org.segnode.plan.UnusableFileException;
import org.segnode.volume.Orientation;

/** Reads model.json strictly: unknown keys are refused, and all complaints come together. */
final class DescriptionReader {
    private static final int MOST_COMPLAINTS = 50;
    private static final Set<String> KEYS =
            Set.of("id", "version", "title", "modality", "orientation", "labels", "licence", "intendedUse");
    private static final Set<String> LABEL_KEYS = Set.of("label", "name", "category", "type", "modifier", "colour");
    private static final Set<String> CODE_KEYS = Set.of("value", "scheme", "meaning");
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(10).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final List<String> complaints = new ArrayList<>();

    private DescriptionReader() {}

    /** @param name of the file, for complaints */
    static ModelDescription read(String name, byte[] json) throws UnusableFileException {
        DescriptionReader reader = new DescriptionReader();
        ModelDescription description = reader.description(parse(name, json));
        if (description == null) {
            throw new UnusableFileException(name + ": "
                    + String.join(
                            "\n" + name + ": ",
                            reader.complaints.stream().limit(MOST_COMPLAINTS).toList()));
        }
        return description;
    }

    private static JsonNode parse(String name, byte[] json) throws UnusableFileException {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root == null || !root.isObject()) {
                throw new UnusableFileException(name + ": must hold a JSON object");
            }
            return root;
        } catch (JsonProcessingException cause) {
            long line = cause.getLocation() == null ? 0 : cause.getLocation().getLineNr();
            String what = cause.getOriginalMessage().lines().findFirst().orElse("");
            throw new UnusableFileException(name + ": is not JSON: " + what + " (line " + line + ")");
        } catch (UnusableFileException complaint) {
            throw complaint;
        } catch (IOException cause) {
            throw new UnusableFileException(name + ": is not text: " + cause.getMessage());
        }
    }

    private @Nullable ModelDescription description(JsonNode root) {
        refuseOthers(root, "", KEYS);
        String id = text(root, "", "id");
        String version = text(root, "", "version");
        String title = text(root, "", "title");
        String modality = text(root, "", "modality");
        Optional<Orientation> orientation = orientation(root);
        Optional<String> licence = root.has("licence") ? Optional.of(text(root, "", "licence")) : Optional.empty();
        Optional<String> intendedUse =
                root.has("intendedUse") ? Optional.of(text(root, "", "intendedUse")) : Optional.empty();
        int before = complaints.size();
        List<LabelMeaning> labels = labels(root);
        boolean labelsRead = complaints.size() == before;
        ModelDescription.complaints(id, version, title, modality, labels).stream()
                .filter(complaint -> !complaint.endsWith("is \"\"")) // said already
                .filter(complaint -> labelsRead || !complaint.startsWith("labels"))
                .forEach(complaints::add);
        return complaints.isEmpty()
                ? new ModelDescription(id, version, title, modality, orientation, labels, licence, intendedUse)
                : null;
    }

    private Optional<Orientation> orientation(JsonNode root) {
        if (!root.has("orientation")) {
            return Optional.empty();
        }
        String letters = text(root, "", "orientation");
        return Optional.ofNullable(letters.isEmpty() ? null : made("orientation", () -> new Orientation(letters)));
    }

    private List<LabelMeaning> labels(JsonNode root) {
        JsonNode list = root.get("labels");
        List<LabelMeaning> labels = new ArrayList<>();
        if (list == null || !list.isArray()) {
            complain("labels", list == null ? "is missing" : "must be a list, is " + shown(list));
            return labels;
        }
        for (int i = 0; i < list.size(); i++) {
            LabelMeaning label = label(list.get(i), "labels/" + i);
            if (label != null) {
                labels.add(label);
            }
        }
        return labels;
    }

    private @Nullable LabelMeaning label(JsonNode node, String place) {
        if (!node.isObject()) {
            complain(place, "must be an object, is " + shown(node));
            return null;
        }
        int before = complaints.size();
        refuseOthers(node, place, LABEL_KEYS);
        int label = node.path("label").isInt() ? node.path("label").intValue() : -1;
        if (label < 0) {
            complain(place + "/label", "must be a whole number from 1 to 32767, is " + shown(node.get("label")));
        }
        String name = text(node, place, "name");
        String colour = text(node, place, "colour");
        Code category = code(node, place, "category");
        Code type = code(node, place, "type");
        Code modifier = node.has("modifier") ? code(node, place, "modifier") : null;
        if (complaints.size() > before || category == null || type == null) {
            return null;
        }
        return made(place, () -> new LabelMeaning(label, name, category, type, Optional.ofNullable(modifier), colour));
    }

    private @Nullable Code code(JsonNode parent, String place, String key) {
        JsonNode node = parent.get(key);
        String inner = place + "/" + key;
        if (node == null || !node.isObject()) {
            complain(inner, "must be an object with value, scheme and meaning, is " + shown(node));
            return null;
        }
        int before = complaints.size();
        refuseOthers(node, inner, CODE_KEYS);
        String value = text(node, inner, "value");
        String scheme = text(node, inner, "scheme");
        String meaning = text(node, inner, "meaning");
        return complaints.size() > before ? null : made(inner, () -> new Code(value, scheme, meaning));
    }

    /** Empty, with a complaint, if it is missing or no text. */
    private String text(JsonNode parent, String place, String key) {
        JsonNode node = parent.get(key);
        String inner = place.isEmpty() ? key : place + "/" + key;
        if (node == null) {
            complain(inner, "is missing");
            return "";
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            complain(inner, "must be a text, is " + shown(node));
            return "";
        }
        return node.textValue();
    }

    private void refuseOthers(JsonNode node, String place, Set<String> known) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                complain(place.isEmpty() ? key : place + "/" + key, "is not a key of model.json");
            }
        });
    }

    private <T> @Nullable T made(String place, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException complaint) {
            complain(place, String.valueOf(complaint.getMessage()));
            return null;
        }
    }

    private void complain(String place, String what) {
        complaints.add(place.isEmpty() ? what : place + " " + what);
    }

    private static String shown(@Nullable JsonNode node) {
        String text = node == null ? "missing" : node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
