package org.segnode.node.worker;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.segnode.dicom.ResultForm;

/**
 * In which forms a job's destinations get its result.
 *
 * @param byDestination the forms of each; a job without destinations keeps a SEG here
 */
public record WantedForms(Map<String, Set<ResultForm>> byDestination) {
    public WantedForms {
        byDestination = new TreeMap<>(byDestination);
    }

    /** Says what a destination wants. */
    @FunctionalInterface
    public interface Profiles {
        /** Everybody gets a SEG. */
        Profiles SEG_FOR_ALL = (destination, segments) -> Set.of(ResultForm.SEG);

        /**
         * @param segments of the result
         * @return at least one form
         */
        Set<ResultForm> forms(String destination, int segments);
    }

    static WantedForms of(List<String> destinations, int segments, Profiles profiles) {
        Map<String, Set<ResultForm>> byDestination = new TreeMap<>();
        destinations.forEach(name -> byDestination.put(name, profiles.forms(name, segments)));
        return new WantedForms(byDestination);
    }

    /** Everything that has to be written. */
    Set<ResultForm> all() {
        Set<ResultForm> all = EnumSet.noneOf(ResultForm.class);
        byDestination.values().forEach(all::addAll);
        if (all.isEmpty()) {
            all.add(ResultForm.SEG);
        }
        return all;
    }

    /** Whether probabilities have to be computed. */
    boolean needLevels() {
        return all().contains(ResultForm.FRACTIONAL);
    }

    /** Who gets an object of this form. */
    List<String> takers(ResultForm form) {
        return byDestination.entrySet().stream()
                .filter(entry -> entry.getValue().contains(form))
                .map(Map.Entry::getKey)
                .toList();
    }
}
