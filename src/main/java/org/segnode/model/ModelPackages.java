package org.segnode.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.segnode.plan.UnusableFileException;

/** The model folders that lie in one folder, by the id of each. Looked up anew each time: models come and go. */
public final class ModelPackages {
    private final Path folder;

    /** @param folder need not exist: then there are no models */
    public ModelPackages(Path folder) {
        this.folder = folder;
    }

    /**
     * What is there.
     *
     * @param models folder of each model, by its id
     * @param complaints why other folders are no models, each with its folder
     */
    public record Found(Map<String, Path> models, List<String> complaints) {
        public Found {
            models = Map.copyOf(models);
            complaints = List.copyOf(complaints);
        }
    }

    /** Reads the descriptions only; weights are not touched. */
    public Found find() throws IOException {
        Map<String, Path> models = new TreeMap<>();
        List<String> complaints = new ArrayList<>();
        for (Path each : folders()) {
            try {
                String id = ModelPackage.describe(each).id();
                Path other = models.putIfAbsent(id, each);
                if (other != null) {
                    complaints.add(each + ": its id " + id + " is already that of " + other);
                }
            } catch (IOException complaint) {
                complaints.add(each + ": " + complaint.getMessage());
            }
        }
        return new Found(models, complaints);
    }

    /** @throws UnusableFileException if there is no such model; the message names those that are there */
    public ModelPackage open(String id) throws IOException {
        Found found = find();
        Path model = found.models().get(id);
        if (model == null) {
            throw new UnusableFileException("there is no model " + id + " in " + folder + "; there are "
                    + new TreeMap<>(found.models()).keySet()
                    + (found.complaints().isEmpty() ? "" : "; unusable: " + String.join("; ", found.complaints())));
        }
        return ModelPackage.open(model);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).sorted().toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        }
    }
}
