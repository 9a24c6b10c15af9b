package org.segnode.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.SeriesFacts;
import org.segnode.ledger.JobInput;
import org.segnode.ledger.NewJob;
import org.segnode.ledger.Outcome;
import org.segnode.node.settings.ChannelInput;
import org.segnode.node.settings.Conditions;
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
     * @param waited whether no further series of the study is awaited
     * @return one decision for each series, in the given order, but for those that wait for another series
     */
    public List<Decision> decide(
            List<ClosedSeries> study,
            BiFunction<ClosedSeries, GeometryPolicy, Optional<String>> problem,
            boolean waited) {
        Map<ClosedSeries, Notes> notes = new LinkedHashMap<>();
        study.forEach(series -> notes.put(series, new Notes()));
        Map<Asked, Optional<String>> problems = new LinkedHashMap<>();
        for (Rule rule : rules) {
            Function<ClosedSeries, Optional<String>> problemForRule = series -> problems.computeIfAbsent(
                    new Asked(series, rule.geometry()), asked -> problem.apply(series, rule.geometry()));
            if (rule.inputs().isEmpty()) {
                apply(rule, notes, problemForRule, waited);
            } else {
                applyInputs(rule, notes, problemForRule, waited);
            }
        }
        return study.stream()
                .flatMap(series -> decision(series, note(notes, series)).stream())
                .toList();
    }

    private void apply(
            Rule rule,
            Map<ClosedSeries, Notes> notes,
            Function<ClosedSeries, Optional<String>> problem,
            boolean waited) {
        Preference preference = new Preference(rule.preferKernels());
        Optional<String> lacking = lacking(rule, notes);
        Optional<SeriesFacts> chosen = Optional.empty();
        for (ClosedSeries series : matching(rule, rule.when(), "rule " + rule.name(), notes)) {
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
                note.waits |= lacking.isPresent() && !waited;
                lacking.ifPresent(note.remarks::add);
                rule.models().forEach(model -> note.jobs.add(job(series, List.of(), rule, model)));
            }
        }
    }

    /** One series for each input, no series for two; the first has the jobs. */
    private void applyInputs(
            Rule rule,
            Map<ClosedSeries, Notes> notes,
            Function<ClosedSeries, Optional<String>> problem,
            boolean waited) {
        Map<ClosedSeries, String> chosen = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (ChannelInput input : rule.inputs()) {
            String who = "rule " + rule.name() + ", channel " + input.channel() + ",";
            List<ClosedSeries> candidates = new ArrayList<>(matching(rule, input.when(), who, notes));
            candidates.removeAll(chosen.keySet());
            Optional<ClosedSeries> best = usable(candidates, notes, problem);
            best.ifPresentOrElse(series -> chosen.put(series, input.channel()), () -> missing.add(input.channel()));
        }
        lacking(rule, notes).ifPresent(missing::add);
        if (missing.isEmpty()) {
            assign(rule, chosen, notes);
        } else {
            String words = "rule " + rule.name() + " lacks channel " + String.join(" and ", missing);
            chosen.keySet().forEach(series -> {
                note(notes, series).waits |= !waited;
                note(notes, series).missing.add(words);
            });
        }
    }

    private void assign(Rule rule, Map<ClosedSeries, String> chosen, Map<ClosedSeries, Notes> notes) {
        List<ClosedSeries> inputs = List.copyOf(chosen.keySet());
        ClosedSeries first = inputs.get(0);
        List<JobInput> further = inputs.stream()
                .skip(1)
                .map(series ->
                        new JobInput(Objects.requireNonNull(chosen.get(series)), series.key(), series.revision()))
                .toList();
        rule.models().forEach(model -> note(notes, first).jobs.add(job(first, further, rule, model)));
        inputs.stream()
                .skip(1)
                .forEach(series -> note(notes, series)
                        .channels
                        .add("channel " + chosen.get(series) + " of rule " + rule.name() + ", with series "
                                + first.facts().seriesInstanceUid()));
    }

    /** The first that is a volume; those before it are refused. */
    private static Optional<ClosedSeries> usable(
            List<ClosedSeries> candidates,
            Map<ClosedSeries, Notes> notes,
            Function<ClosedSeries, Optional<String>> problem) {
        for (ClosedSeries series : candidates) {
            Optional<String> refusal = problem.apply(series);
            if (refusal.isEmpty()) {
                return Optional.of(series);
            }
            note(notes, series).refusals.add(refusal.get());
        }
        return Optional.empty();
    }

    /** Series that meet the conditions, the best first. */
    private static List<ClosedSeries> matching(Rule rule, Conditions when, String who, Map<ClosedSeries, Notes> notes) {
        List<ClosedSeries> matching = new ArrayList<>();
        notes.forEach((series, note) -> {
            Optional<String> mismatch = Matching.mismatch(when, series);
            if (mismatch.isPresent()) {
                note.mismatches.add(who + " asks for " + mismatch.get());
            } else if (!series.facts().ownResult()) {
                matching.add(series);
            }
        });
        Preference preference = new Preference(rule.preferKernels());
        matching.sort((a, b) -> preference.compare(a.facts(), b.facts()));
        return matching;
    }

    /** Which of the series that a complete study has, as the rule says, are not here. */
    private static Optional<String> lacking(Rule rule, Map<ClosedSeries, Notes> notes) {
        List<String> lacking = rule.expectedSeries().stream()
                .filter(pattern -> notes.keySet().stream()
                        .noneMatch(series -> pattern.matcher(series.facts().seriesDescription())
                                .find()))
                .map(Pattern::pattern)
                .toList();
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("a series like " + String.join(" and ", lacking) + " has not come");
    }

    private NewJob job(ClosedSeries series, List<JobInput> further, Rule rule, String model) {
        List<String> destinations = rule.destinations().isEmpty() ? allDestinations : rule.destinations();
        return new NewJob(series.key(), series.revision(), rule.name(), model, rule.crop(), further, destinations, 0);
    }

    private Optional<Decision> decision(ClosedSeries series, Notes note) {
        return note.waits ? Optional.empty() : Optional.of(decided(series, note));
    }

    private Decision decided(ClosedSeries series, Notes note) {
        if (series.facts().ownResult()) {
            return Decision.without(series, Outcome.OWN_RESULT, "made by this program: never input again");
        }
        if (!note.jobs.isEmpty()) {
            return new Decision(series.key(), series.revision(), Outcome.QUEUED, note.assigned(), note.jobs);
        }
        if (!note.channels.isEmpty()) {
            return Decision.without(series, Outcome.CHANNEL, String.join("; ", note.channels));
        }
        if (!note.missing.isEmpty()) {
            return Decision.without(series, Outcome.INPUT_MISSING, String.join("; ", note.missing));
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
        private final List<String> channels = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private boolean waits;

        String assigned() {
            return Stream.concat(
                            jobs.stream().map(one -> "model " + one.model() + " by rule " + one.rule()),
                            remarks.stream())
                    .collect(Collectors.joining("; "));
        }
    }
}
