package org.segnode.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which cases each fold trains and validates with: splits_final.json.
 *
 * @param folds in order
 */
public record Splits(List<Fold> folds) {
    private static final int LARGEST_FILE = 64 << 20;

    /** One fold. */
    public record Fold(Set<String> train, Set<String> validation) {
        public Fold {
            train = Set.copyOf(train);
            validation = Set.copyOf(validation);
        }
    }

    public Splits {
        folds = List.copyOf(folds);
    }

    /** @throws UnusableFileException naming the place, if the file is not a list of folds */
    public static Splits read(Path file) throws IOException {
        List<Fold> folds = new ArrayList<>();
        for (JsonValue fold : JsonValue.readList(file, LARGEST_FILE).items()) {
            folds.add(new Fold(names(fold.get("train")), names(fold.get("val"))));
        }
        return new Splits(folds);
    }

    /**
     * Copies a data set's own splits to its prepared cases.
     *
     * @throws UnusableFileException if others lie there already
     */
    public static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.copy(from, to);
            return;
        }
        List<Fold> given = read(from).folds();
        List<Fold> there = read(to).folds();
        for (int fold = 0; fold < given.size(); fold++) {
            if (fold >= there.size() || !given.get(fold).equals(there.get(fold))) {
                throw new UnusableFileException(
                        to + ": fold " + fold + " is not that of " + from + "; remove the one that is not meant");
            }
        }
    }

    private static Set<String> names(JsonValue list) throws UnusableFileException {
        Set<String> names = new TreeSet<>();
        for (JsonValue name : list.items()) {
            names.add(name.text());
        }
        return names;
    }
}
