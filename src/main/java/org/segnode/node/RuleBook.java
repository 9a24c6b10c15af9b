package org.segnode.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.SeriesFacts;
import org.segnode.ledger.NewJob;
import org.segnode.ledger.Outcome;
import org.segnode.node.settings.Rule;

/** Decides what becomes of the series of a study. Each rule is looked at by itself; a series may serve several. */
public final class RuleBook {
    private final List<Rule> rules;
    private final List<String> allDestinations;

    /** @param allDestinations names that a rule without destinations sends to */
    public RuleBook(List<Rule> rules, List<String> allDestinations) {
        this.rules = List.copyOf(rules);
        this.allDestinations = List.copyOf(allDestinations);
    }

    /**
     * @param study all series of one study
     * @param problem why a series is not a volume under a rule's policy, empty if it is one; asked only for series that a
     *     rule would take, and once for each policy
     * @return one decision for each series, in the given order
     */
    public List<Decision> decide(
            List<ClosedSeries> study, BiFunction<ClosedSeries, GeometryPolicy, Optional<String>> problem) {
        Map<ClosedSeries, Notes> notes = new LinkedHashMap<>();
        study.forEach(series -> notes.put(series, new Notes()));
        Map<Asked, Optional<String>> problems = new LinkedHashMap<>();
        for (Rule rule : rules) {
            apply(
                    rule,
                    notes,
                    series -> problems.computeIfAbsent(
                            new Asked(series, rule.geometry()), asked -> problem.apply(series, rule.geometry())));
        }
        return study.stream()
                .map(series -> decision(series, note(notes, series)))
                .toList();
    }

    private void apply(Rule rule, Map<ClosedSeries, Notes> notes, Function<ClosedSeries, Optional<String>> problem) {
        Preference preference = new Preference(rule.preferKernels());
        List<ClosedSeries> matching = new ArrayList<>();
        notes.forEach((series, note) -> {
            Optional<String> mismatch = Matching.mismatch(rule.when(), series);
            if (mismatch.isPresent()) {
                note.mismatches.add("rule " + rule.name() + " asks for " + mismatch.get());
            } else if (!series.facts().ownResult()) {
                matching.add(series);
            }
        });
        matching.sort((a, b) -> preference.compare(a.facts(), b.facts()));
        Optional<SeriesFacts> chosen = Optional.empty();
        for (ClosedSeries series : matching) {
            Notes note = note(notes, series);
            if (chosen.isPresent() && !rule.every()) {
                note.passedOver.add(preference.reason(chosen.get(), series.facts()) + " (rule " + rule.name() + ")");
                continue;
            }
            Optional<String> refusal = problem.apply(series);
            if (refusal.isPresent()) {
                note.refusals.add(refusal.get());
            } else {
                chosen = Optional.of(series.facts());
                rule.models().forEach(model -> note.jobs.add(job(series, rule, model)));
            }
        }
    }

    private NewJob job(ClosedSeries series, Rule rule, String model) {
        List<String> destinations = rule.destinations().isEmpty() ? allDestinations : rule.destinations();
        return new NewJob(series.key(), series.revision(), rule.name(), model, rule.crop(), destinations, 0);
    }

    private Decision decision(ClosedSeries series, Notes note) {
        if (series.facts().ownResult()) {
            return Decision.without(series, Outcome.OWN_RESULT, "made by this program: never input again");
        }
        if (!note.jobs.isEmpty()) {
            return new Decision(series.key(), series.revision(), Outcome.QUEUED, note.assigned(), note.jobs);
        }
        if (!note.refusals.isEmpty()) {
            return Decision.without(series, Outcome.REFUSED, note.refusals.get(0));
        }
        if (!note.passedOver.isEmpty()) {
            return Decision.without(series, Outcome.NOT_CHOSEN, String.join("; ", note.passedOver));
        }
        String why = rules.isEmpty() ? "the settings have no rules" : String.join("; ", note.mismatches);
        return Decision.without(
                series, Outcome.NO_RULE, "no rule for this series: " + Matching.summary(series.facts()) + "; " + why);
    }

    private static Notes note(Map<ClosedSeries, Notes> notes, ClosedSeries series) {
        Notes note = notes.get(series);
        if (note == null) {
            throw new IllegalStateException("series " + series.key() + " is not of this study");
        }
        return note;
    }

    private record Asked(ClosedSeries series, GeometryPolicy policy) {}

    /** What the rules said about one series. */
    private static final class Notes {
        private final List<NewJob> jobs = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();
        private final List<String> passedOver = new ArrayList<>();
        private final List<String> mismatches = new ArrayList<>();

        String assigned() {
            return String.join(
                    "; ",
                    jobs.stream()
                            .map(one -> "model " + one.model() + " by rule " + one.rule())
                            .toList());
        }
    }
}
