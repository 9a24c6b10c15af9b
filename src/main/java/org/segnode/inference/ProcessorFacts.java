package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is known of the processor.
 *
 * @param name its model name
 * @param multipliesBfloat16 whether it multiplies 16-bit matrices itself (AMX)
 */
record ProcessorFacts(String name, boolean multipliesBfloat16) {
    /** From Linux' {@code /proc/cpuinfo}; unknown elsewhere. */
    static ProcessorFacts read() {
        try {
            return of(Files.readAllLines(Path.of("/proc/cpuinfo")));
        } catch (IOException e) {
            return new ProcessorFacts(System.getProperty("os.arch", "unknown"), false);
        }
    }

    static ProcessorFacts of(List<String> lines) {
        String name = value(lines, "model name");
        return new ProcessorFacts(
                name, List.of(value(lines, "flags").split(" ", -1)).contains("amx_bf16"));
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
