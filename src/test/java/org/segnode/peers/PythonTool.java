package org.segnode.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The independent checkers of {@code src/test/python}. */
public final class PythonTool {
    private static final Path TOOLS = Path.of("src", "test", "python").toAbsolutePath();
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private PythonTool() {}

    /**
     * Runs a tool to its end.
     *
     * @param folder that the tool may write to
     * @param tool file name, such as {@code segcheck.py}
     * @throws TestAbortedException if there is no Python with their libraries and none is demanded
     */
    public static Storescu.Result run(Path folder, String tool, String... arguments) throws InterruptedException {
        try (Program program = start(folder, tool, arguments)) {
            return new Storescu.Result(program.await(LONGEST), program.output());
        }
    }

    /** Starts a tool. */
    public static Program start(Path folder, String tool, String... arguments) {
        Stream<String> call =
                Stream.of(python().toString(), "-u", TOOLS.resolve(tool).toString());
        List<String> command = Stream.concat(call, Stream.of(arguments)).toList();
        return ProcessProgram.start(command, folder);
    }

    private static Path python() {
        Optional<Path> named = Optional.ofNullable(System.getenv("SEGNODE_CHECK_PYTHON"))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        Path python = named.orElse(Path.of(".venv", "check", "bin", "python").toAbsolutePath());
        if (Files.isExecutable(python)) {
            return python;
        }
        String reason = "no Python with the checkers' libraries: " + python + " (see src/test/python/README.md)";
        if (Mode.PROCESS.name().equals(System.getProperty("it.require"))) {
            throw new IllegalStateException(reason);
        }
        throw new TestAbortedException(reason);
    }
}
