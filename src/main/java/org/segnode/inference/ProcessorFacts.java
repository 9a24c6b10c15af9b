package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of the processor.
 *
 * @param name its model name
 * @param extensions of its instructions, as Linux names them
 */
public record ProcessorFacts(String name, Set<String> extensions) {
    public ProcessorFacts {
        extensions = Set.copyOf(extensions);
    }

    /** From Linux' {@code /proc/cpuinfo}; unknown elsewhere. */
    public static ProcessorFacts read() {
        try {
            return of(Files.readAllLines(Path.of("/proc/cpuinfo")));
        } catch (IOException e) {
            return new ProcessorFacts(System.getProperty("os.arch", "unknown"), Set.of());
        }
    }

    static ProcessorFacts of(List<String> lines) {
        return new ProcessorFacts(
                value(lines, "model name"),
                new HashSet<>(List.of(value(lines, "flags").split(" ", -1))));
    }

    /** Whether it multiplies 16-bit matrices itself. */
    boolean multipliesBfloat16() {
        return extensions.contains("amx_bf16");
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
