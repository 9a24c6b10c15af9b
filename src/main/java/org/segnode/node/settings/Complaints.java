package org.segnode.node.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What is wrong with the settings, collected so that all of it is shown at once. */
final class Complaints {
    private final List<String> texts = new ArrayList<>();

    void add(int line, String text) {
        texts.add(line > 0 ? "line " + line + ": " + text : text);
    }

    void add(String place, String text) {
        texts.add(place + ": " + text);
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    /** " (did you mean port?)" for the nearest of the known words, or nothing if none is near. */
    static String suggestion(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        String nearest = "";
        int least = 1 + Math.max(Math.min(2, word.length() / 2), word.length() / 3);
        for (String candidate : known) {
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? "" : " (did you mean " + nearest + "?)";
    }

    /** Insertions, deletions and replacements from one word to the other (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
