package org.segnode.node.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the keys of one section. A value that cannot be used becomes a complaint and the fallback is returned, so that
 * reading goes on; {@link #finish} complains of what nobody asked for. An environment variable goes before the file.
 */
final class Section {
    static final String PREFIX = "SEGNODE_";

    private final String name;
    private final Entry.Block block;
    private final Map<String, String> environment;
    private final Complaints complaints;
    private final Path base;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * @param name of the section, as complaints say it
     * @param environment variables that may override keys; empty where none may
     * @param base where relative paths begin
     */
    Section(String name, Entry.Block block, Map<String, String> environment, Complaints complaints, Path base) {
        this.name = name;
        this.block = block;
        this.environment = environment;
        this.complaints = complaints;
        this.base = base;
    }

    /** A value read by {@code reading}, whose IllegalArgumentException becomes the complaint. */
    <T> T value(String key, T fallback, Function<String, T> reading) {
        return found(key).map(found -> found.read(reading, fallback)).orElse(fallback);
    }

    String text(String key, String fallback) {
        return value(key, fallback, Function.identity());
    }

    /** A text that must be there; the section's own name after the complaint if it is not. */
    String required(String key) {
        Optional<Found> found = found(key);
        if (found.isEmpty() && !(block.entries().get(key) instanceof Entry.Items)) {
            complaints.add(block.line(), at(key) + " is missing");
        }
        return found.map(Found::text).orElse(name);
    }

    boolean flag(String key, boolean fallback) {
        return value(key, fallback, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false, is \"" + text + "\"");
        });
    }

    int number(String key, int fallback, int least, int most) {
        return value(key, fallback, text -> {
            String expected = "must be a whole number from " + least + " to " + most + ", is \"" + text + "\"";
            if (!text.matches("-?\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new IllegalArgumentException(expected);
            }
            return Integer.parseInt(text);
        });
    }

    Duration duration(String key, Duration fallback, Duration least) {
        return value(key, fallback, text -> {
            Duration duration = Units.duration(text);
            if (duration.compareTo(least) < 0) {
                throw new IllegalArgumentException("must be at least " + least.toMillis() + "ms, is \"" + text + "\"");
            }
            return duration;
        });
    }

    /** In bytes. */
    long bytes(String key, long fallback) {
        return value(key, fallback, Units::bytes);
    }

    Path path(String key, Path fallback) {
        return value(key, fallback, this::resolve);
    }

    /** A path as it is meant: a relative one begins at the folder of the file. */
    Path resolve(String text) {
        return base.resolve(text).normalize();
    }

    String aeTitle(String key, String fallback) {
        return value(key, fallback, Section::aeTitle);
    }

    static String aeTitle(String text) {
        if (!text.matches("[\\x20-\\x5b\\x5d-\\x7e]{1,16}") || !text.equals(text.strip())) {
            throw new IllegalArgumentException(
                    "must be an AE title of 1 to 16 printable characters without backslash, is \"" + text + "\"");
        }
        return text;
    }

    /** A value of an enum, in lower case with {@code -} for {@code _}. */
    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> choices) {
        return text -> Stream.of(choices.getEnumConstants())
                .filter(choice -> word(choice).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Stream.of(choices.getEnumConstants())
                                .map(Section::word)
                                .collect(Collectors.joining(", "))
                        + ", is \"" + text + "\""));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Pattern regex(String text) {
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "must be a regular expression: " + e.getDescription() + " in \"" + text + "\" at " + e.getIndex(),
                    e);
        }
    }

    Optional<Pattern> pattern(String key) {
        return value(key, Optional.empty(), text -> Optional.of(regex(text)));
    }

    /** A list, or one value alone; in a variable the values are separated by commas. */
    <T> List<T> values(String key, List<T> fallback, Function<String, T> reading) {
        Entry entry = block.entries().get(key);
        if (!(entry instanceof Entry.Items items) || overridden(key).isPresent()) {
            return value(
                    key,
                    fallback,
                    text -> Stream.of(text.split(","))
                            .map(String::strip)
                            .filter(part -> !part.isEmpty())
                            .map(reading)
                            .toList());
        }
        asked.add(key);
        List<T> values = new ArrayList<>();
        for (Entry item : items.entries()) {
            if (item instanceof Entry.Text text) {
                values.addAll(new Found(at(key), text.value(), text.line(), "")
                        .read(one -> List.of(reading.apply(one)), List.of()));
            } else {
                complaints.add(item.line(), at(key) + " is a list of single values");
            }
        }
        return List.copyOf(values);
    }

    List<String> texts(String key) {
        return values(key, List.of(), Function.identity());
    }

    /** The section below this one; an empty one if it is not there. */
    Section section(String key, boolean overridable) {
        asked.add(key);
        Entry entry = block.entries().get(key);
        Entry.Block inner = new Entry.Block(Map.of(), block.line());
        if (entry instanceof Entry.Block found) {
            inner = found;
        } else if (entry != null
                && !(entry instanceof Entry.Text text && text.value().isEmpty())) {
            complaints.add(entry.line(), at(key) + " is a section with keys");
        }
        return new Section(at(key), inner, overridable ? environment : Map.of(), complaints, base);
    }

    /** The sections of a list, named {@code rules[1]}, {@code rules[2]} and so on. */
    List<Section> sections(String key) {
        asked.add(key);
        Entry entry = block.entries().get(key);
        List<Section> sections = new ArrayList<>();
        if (entry instanceof Entry.Items items) {
            for (Entry item : items.entries()) {
                String itemName = at(key) + "[" + (sections.size() + 1) + "]";
                if (item instanceof Entry.Block inner) {
                    sections.add(new Section(itemName, inner, Map.of(), complaints, base));
                } else {
                    complaints.add(item.line(), itemName + " is a section with keys");
                }
            }
        } else if (entry != null
                && !(entry instanceof Entry.Text text && text.value().isEmpty())) {
            complaints.add(entry.line(), at(key) + " is a list; its items begin with a dash");
        }
        return sections;
    }

    /** Whether there is a list of sections under this key, and not of single values. */
    boolean hasSections(String key) {
        return block.entries().get(key) instanceof Entry.Items items
                && overridden(key).isEmpty()
                && items.entries().stream().anyMatch(Entry.Block.class::isInstance);
    }

    boolean has(String key) {
        return block.entries().containsKey(key) || overridden(key).isPresent();
    }

    /** A complaint about the section as a whole. */
    void complain(String text) {
        complaints.add(block.line(), name.isEmpty() ? text : name + " " + text);
    }

    /** Complains of keys and variables that nobody asked for. */
    void finish() {
        block.entries().forEach((key, entry) -> {
            if (!asked.contains(key)) {
                complaints.add(entry.line(), at(key) + " is not known" + Complaints.suggestion(key, asked));
            }
        });
        String prefix = name.isEmpty() ? "" : variable("");
        environment.keySet().stream()
                .filter(variable -> !prefix.isEmpty() && variable.startsWith(prefix))
                .filter(variable ->
                        asked.stream().noneMatch(key -> variable(key).equals(variable)))
                .sorted()
                .forEach(variable -> complaints.add(
                        variable,
                        "is not known"
                                + Complaints.suggestion(
                                        variable,
                                        asked.stream().map(this::variable).toList())));
    }

    private Optional<Found> found(String key) {
        asked.add(key);
        Optional<String> override = overridden(key);
        if (override.isPresent()) {
            return Optional.of(new Found(at(key), override.get(), 0, variable(key)));
        }
        Entry entry = block.entries().get(key);
        if (entry == null || (entry instanceof Entry.Text text && text.value().isEmpty())) {
            return Optional.empty();
        }
        if (entry instanceof Entry.Text text) {
            return Optional.of(new Found(at(key), text.value(), text.line(), ""));
        }
        complaints.add(entry.line(), at(key) + " is a single value");
        return Optional.empty();
    }

    private Optional<String> overridden(String key) {
        return Optional.ofNullable(environment.get(variable(key)));
    }

    private String variable(String key) {
        return PREFIX + (name + "_" + key).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private String at(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }

    /** A value and where it came from: a line of the file, or a variable. */
    private final class Found {
        private final String key;
        private final String text;
        private final int line;
        private final String variable;

        Found(String key, String text, int line, String variable) {
            this.key = key;
            this.text = text;
            this.line = line;
            this.variable = variable;
        }

        String text() {
            return text;
        }

        <T> T read(Function<String, T> reading, T fallback) {
            try {
                return reading.apply(text);
            } catch (IllegalArgumentException e) {
                if (variable.isEmpty()) {
                    complaints.add(line, key + " " + e.getMessage());
                } else {
                    complaints.add(variable, key + " " + e.getMessage());
                }
                return fallback;
            }
        }
    }
}
