package org.segnode.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.segnode.pacs.RemoteAe;

/**
 * DCMTK's storescu and echoscu.
 *
 * @param folder that the program may write to, and that holds (in container mode: must hold) the files to send
 */
public record Storescu(Mode mode, String aet, Path folder) {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /**
     * @param exitCode 0 if every object was accepted
     * @param output of both streams
     */
    public record Result(int exitCode, String output) {}

    /** C-ECHO. */
    public Result echo(RemoteAe to) throws InterruptedException {
        return finish(mode.start(folder, "echoscu", arguments(to)));
    }

    /**
     * Sends files, and folders with all that lies in them, on one association, proposing what these files need.
     *
     * @param options of storescu, for example {@code -xs}; may be empty
     */
    public Result send(RemoteAe to, List<Path> paths, String... options) throws InterruptedException {
        return finish(start(to, paths, options));
    }

    /** As {@link #send}, without waiting for the end. */
    public Program start(RemoteAe to, List<Path> paths, String... options) {
        List<String> arguments = new ArrayList<>(List.of("-R", "+sd", "+r"));
        arguments.addAll(List.of(options));
        arguments.addAll(arguments(to));
        paths.forEach(path -> arguments.add(path.toAbsolutePath().toString()));
        return mode.start(folder, "storescu", arguments);
    }

    private List<String> arguments(RemoteAe to) {
        return List.of("-v", "-aet", aet, "-aec", to.aet(), to.host(), Integer.toString(to.port()));
    }

    private static Result finish(Program program) throws InterruptedException {
        try (program) {
            return new Result(program.await(LONGEST), program.output());
        }
    }
}
