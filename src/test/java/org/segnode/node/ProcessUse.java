package org.segnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds, as Linux tells it.
 *
 * @param threads in all
 * @param descriptors open files and sockets
 * @param sockets of these
 * @param residentBytes memory
 */
record ProcessUse(long threads, long descriptors, long sockets, long residentBytes) {
    private static final int KIB = 1024;

    static ProcessUse of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        long descriptors = 0;
        long sockets = 0;
        try (Stream<Path> listed = Files.list(process.resolve("fd"))) {
            for (Path descriptor : listed.toList()) {
                descriptors++;
                sockets += isSocket(descriptor) ? 1 : 0;
            }
        }
        return new ProcessUse(status(process, "Threads:"), descriptors, sockets, KIB * status(process, "VmRSS:"));
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static long status(Path process, String name) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return threads + " threads, " + descriptors + " descriptors, " + sockets + " sockets, " + (residentBytes >> 20)
                + " MiB resident";
    }
}
