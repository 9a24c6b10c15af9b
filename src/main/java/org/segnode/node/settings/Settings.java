package org.segnode.node.settings;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.pacs.Tls;

/**
 * The whole settings file. Relative paths begin at the folder of the file. Environment variables go before the file:
 * {@code SEGNODE_NODE_PORT} for {@code port} of section {@code node}.
 *
 * @param archives each name once
 * @param destinations each name once
 * @param rules each name once
 */
public record Settings(
        NodeSettings node,
        TlsSettings tls,
        DataSettings data,
        ReceptionSettings reception,
        StowSettings stow,
        CompletenessSettings completeness,
        List<ArchiveSettings> archives,
        List<Rule> rules,
        List<Destination> destinations,
        DeliverySettings delivery,
        WorkerSettings worker,
        WebSettings web,
        RetentionSettings retention) {
    public Settings {
        archives = List.copyOf(archives);
        rules = List.copyOf(rules);
        destinations = List.copyOf(destinations);
    }

    /**
     * @param environment variables of the process; only those that begin with the name of a section are looked at
     * @throws SettingsException with every complaint at once
     */
    public static Settings read(Path file, Map<String, String> environment) {
        Path base = file.toAbsolutePath().normalize().getParent();
        Complaints complaints = new Complaints();
        Settings settings = read(YamlFile.read(file), environment, complaints, base == null ? Path.of("/") : base);
        if (!complaints.texts().isEmpty()) {
            throw new SettingsException(file, complaints.texts());
        }
        return settings;
    }

    /** The default of every key, with relative paths beginning at {@code base}: no rule and no destination. */
    public static Settings defaults(Path base) {
        return read(new Entry.Block(Map.of(), 1), Map.of(), new Complaints(), base.toAbsolutePath());
    }

    /** What is repaired for the rule of this name; the default where there is no such rule any more. */
    public GeometryPolicy geometry(String rule) {
        return rules.stream()
                .filter(one -> one.name().equals(rule))
                .findFirst()
                .map(Rule::geometry)
                .orElse(GeometryPolicy.DEFAULT);
    }

    /** Whether inputs on another grid are resampled for the rule of this name. */
    public boolean resample(String rule) {
        return rules.stream().anyMatch(one -> one.name().equals(rule) && one.resample());
    }

    private static Settings read(Entry.Block block, Map<String, String> environment, Complaints complaints, Path base) {
        Section file = new Section("", block, environment, complaints, base);
        Settings settings = new Settings(
                NodeSettings.read(file.section("node", true)),
                TlsSettings.read(file.section("tls", true)),
                DataSettings.read(file.section("data", true), base),
                ReceptionSettings.read(file.section("reception", true)),
                StowSettings.read(file.section("stow", true)),
                CompletenessSettings.read(file.section("completeness", true)),
                file.sections("archives").stream().map(ArchiveSettings::read).toList(),
                file.sections("rules").stream().map(Rule::read).toList(),
                file.sections("destinations").stream().map(Destination::read).toList(),
                DeliverySettings.read(file.section("delivery", true)),
                WorkerSettings.read(file.section("worker", true)),
                WebSettings.read(file.section("web", true)),
                RetentionSettings.read(file.section("retention", true)));
        file.finish();
        settings.complainOfNames(complaints);
        settings.stow.complainUnlessSafe(complaints, settings.tls);
        return settings;
    }

    private void complainOfNames(Complaints complaints) {
        complainOfRepeats(complaints, "rule", rules, Rule::name);
        complainOfRepeats(complaints, "archive", archives, ArchiveSettings::name);
        complainOfRepeats(complaints, "destination", destinations, Destination::name);
        archives.stream()
                .filter(archive -> archive.tls() && tls.configuration().isEmpty())
                .forEach(archive ->
                        complaints.add("archive " + archive.name(), "tls: true needs the keys of section tls"));
        destinations.forEach(destination -> complainOfTerms(complaints, destination));
        Set<String> known = destinations.stream().map(Destination::name).collect(Collectors.toSet());
        for (Rule rule : rules) {
            for (String name : rule.destinations()) {
                if (!known.contains(name)) {
                    complaints.add(
                            "rule " + rule.name(),
                            "destination " + name + " is not known" + Complaints.suggestion(name, known));
                }
            }
        }
    }

    /**
     * The destinations, over TLS those that want it.
     *
     * @param encryption with the keys of section {@code tls}
     */
    public List<Destination> destinations(Optional<Tls> encryption) {
        return destinations.stream()
                .map(one -> one.terms().tls() ? one.over(encryption.orElseThrow()) : one)
                .toList();
    }

    private void complainOfTerms(Complaints complaints, Destination destination) {
        String place = "destination " + destination.name();
        if (destination.terms().tls() && tls.configuration().isEmpty()) {
            complaints.add(place, "tls: true needs the keys of section tls");
        }
        Set<String> asked = archives.stream()
                .filter(archive -> archive.ae().isPresent())
                .map(ArchiveSettings::name)
                .collect(Collectors.toSet());
        destination
                .terms()
                .patientArchive()
                .filter(name -> !asked.contains(name))
                .ifPresent(name -> complaints.add(
                        place,
                        "check-patient: there is no archive " + name + " with an AE title"
                                + Complaints.suggestion(name, asked)));
    }

    private static <T> void complainOfRepeats(
            Complaints complaints, String what, List<T> items, Function<T, String> nameOf) {
        Set<String> names = new HashSet<>();
        for (T item : items) {
            if (!names.add(nameOf.apply(item))) {
                complaints.add(what + " " + nameOf.apply(item), "there are two of this name");
            }
        }
    }
}
