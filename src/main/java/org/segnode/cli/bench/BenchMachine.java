package org.segnode.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.segnode.inference.ProcessorFacts;

/**
 * What figures depend on.
 *
 * @param extensions those of the processor that matter to networks
 */
record BenchMachine(String processor, int cores, List<String> extensions, long memoryBytes, String system, int java) {
    private static final List<String> TELLING =
            List.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8");

    static BenchMachine read() {
        ProcessorFacts processor = ProcessorFacts.read();
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return new BenchMachine(
                processor.name(),
                Runtime.getRuntime().availableProcessors(),
                TELLING.stream().filter(processor.extensions()::contains).toList(),
                memory,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().feature());
    }

    String line() {
        return processor + ", " + cores + " cores, " + String.join(" ", extensions) + ", "
                + (extensions.contains("amx_bf16") ? "" : "no AMX, ") + (memoryBytes >> 30) + " GiB, " + system
                + ", Java " + java;
    }

    void write(ObjectNode node) {
        node.put("processor", processor);
        node.put("cores", cores);
        extensions.forEach(node.putArray("extensions")::add);
        node.put("memoryBytes", memoryBytes);
        node.put("system", system);
        node.put("java", java);
    }
}
