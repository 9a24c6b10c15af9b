package org.segnode.node.worker;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory there is and who has it. */
final class ProcessMemory {
    private static final Path OWN_SCORE = Path.of("/proc/self/oom_score_adj");
    private static final String FIRST_TO_GO = "900"; // of 1000

    private ProcessMemory() {}

    /** Bytes of the machine, or of the container the process is in. */
    static long ofMachine() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }

    /** Bytes that a process holds in memory; 0 where the system does not say (only Linux does). */
    static long resident(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Tells Linux to end this process, not the node, when the machine's memory is used up. Elsewhere nothing happens. */
    static void offerToBeKilledFirst() {
        try {
            if (Files.isWritable(OWN_SCORE)) {
                Files.writeString(OWN_SCORE, FIRST_TO_GO);
            }
        } catch (IOException e) {
            System.err.println("oom_score_adj cannot be set: " + e.getMessage());
        }
    }
}
