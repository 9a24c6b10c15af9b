package org.segnode.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code inference_information.json} says: which models nnU-Net found best, and what to do with their result.
 *
 * @param models folders of the members below the folder of results, at least one
 * @param folds names of the folds
 * @param postprocessingFile as written, a path on another machine; empty if there is none
 */
record InferenceInformation(List<String> models, List<String> folds, String postprocessingFile) {
    static final String FILE = "inference_information.json";

    InferenceInformation {
        models = List.copyOf(models);
        folds = List.copyOf(folds);
        if (models.isEmpty()) {
            throw new IllegalArgumentException(FILE + " names no model");
        }
        for (String name : models) {
            if (!name.matches("[A-Za-z0-9_.-]{1,200}") || name.startsWith(".")) {
                throw new IllegalArgumentException(FILE + " names the model \"" + name + "\"");
            }
        }
    }

    static InferenceInformation read(Path file) throws IOException {
        JsonMapper mapper = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        try {
            JsonNode json = mapper.readTree(file.toFile());
            JsonNode best = json.path("best_model_or_ensemble");
            List<String> models = new ArrayList<>();
            for (JsonNode model : best.path("selected_model_or_models")) {
                models.add(model.path("trainer").asText() + "__"
                        + model.path("plans_identifier").asText() + "__"
                        + model.path("configuration").asText());
            }
            List<String> folds = new ArrayList<>();
            json.path("folds").forEach(fold -> folds.add(fold.asText()));
            return new InferenceInformation(
                    models, folds, best.path("postprocessing_file").asText(""));
        } catch (JsonProcessingException e) {
            throw new IOException(FILE + ": is not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The JSON beside the pickle that is named: the path's end is looked for below the folder of results, because its
     * beginning belongs to the machine that trained.
     */
    Optional<Path> postprocessing(Path folder) {
        String[] parts = postprocessingFile.replace('\\', '/').split("/", -1);
        for (int from = Math.max(0, parts.length - 4); from < parts.length; from++) {
            Path candidate = folder;
            for (int i = from; i < parts.length - 1; i++) {
                candidate = candidate.resolve(parts[i].equals("..") ? "" : parts[i]);
            }
            candidate = candidate.resolve("postprocessing.json");
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
