package org.segnode.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.segnode.plan.Code;
import org.segnode.plan.Dataset;
import org.segnode.plan.LabelMeaning;
import org.segnode.plan.Labels;
import org.segnode.plan.Region;

/** What can be said of a model folder without model.json: names from dataset.json, general codes, no orientation. */
final class UndescribedModel {
    /** CID 7150, also used where nothing more precise is known. */
    private static final Code ANATOMICAL_STRUCTURE = new Code("91723000", "SCT", "Anatomical Structure");

    private static final String[] COLOURS = {
        "#e6194b", "#3cb44b", "#4363d8", "#f58231", "#911eb4", "#46f0f0", "#f032e6", "#bcf60c", "#008080", "#9a6324"
    };

    private UndescribedModel() {}

    static ModelDescription of(Path folder, Dataset dataset) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        String id = name == null ? "model" : id(name.toString());
        List<LabelMeaning> labels = new ArrayList<>();
        names(dataset.labels())
                .forEach((label, text) -> labels.add(new LabelMeaning(
                        label,
                        shortened(text, 64),
                        ANATOMICAL_STRUCTURE,
                        ANATOMICAL_STRUCTURE,
                        Optional.empty(),
                        COLOURS[labels.size() % COLOURS.length])));
        return new ModelDescription(
                id,
                "unversioned",
                shortened(id, 40),
                modality(dataset),
                Optional.empty(),
                labels,
                Optional.empty(),
                Optional.empty());
    }

    /** Label values a result may hold, with their names; for a model with regions those of regions_class_order. */
    static Map<Integer, String> names(Labels labels) {
        Map<Integer, String> names = new TreeMap<>();
        if (labels.hasRegions()) {
            List<Region> regions = labels.regions();
            for (int i = 0; i < regions.size(); i++) {
                names.put(labels.regionsClassOrder().get(i), regions.get(i).name());
            }
        } else {
            labels.foreground().forEach(label -> names.put(label, labels.name(label)));
        }
        names.remove(0);
        return names;
    }

    private static String modality(Dataset dataset) {
        String channel = dataset.channelNames().get(0);
        return channel.equalsIgnoreCase("CT")
                ? "CT"
                : channel.toUpperCase(java.util.Locale.ROOT).startsWith("MR") ? "MR" : "OT";
    }

    private static String id(String folder) {
        String cleaned = folder.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return cleaned.isEmpty() ? "model" : shortened(cleaned, 64);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
