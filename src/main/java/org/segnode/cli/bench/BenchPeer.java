package org.segnode.cli.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.segnode.cli.terminal.CommandFailure;

/**
 * A Python script that stays ready: for each line it is given it does its work once and answers with a line of numbers, the
 * seconds first.
 */
final class BenchPeer implements AutoCloseable {
    private final String script;
    private final Path folder;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private BenchPeer(String script, Path folder, Process process) {
        this.script = script;
        this.folder = folder;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * @param script a resource beside this class
     * @throws CommandFailure if there is no such Python, or it lacks what the script needs
     */
    static BenchPeer start(Path python, String script, String... arguments) throws IOException {
        Path folder = Files.createTempDirectory("segnode-bench");
        Path file = folder.resolve(script);
        try (InputStream resource = BenchPeer.class.getResourceAsStream(script)) {
            if (resource == null) {
                throw new IllegalStateException("there is no resource " + script);
            }
            Files.copy(resource, file);
        }
        List<String> command = new ArrayList<>(List.of(python.toString(), file.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(folder.resolve("errors").toFile())
                    .start();
            BenchPeer peer = new BenchPeer(script, folder, process);
            peer.answer(); // "ready": what it imports is no part of the work
            return peer;
        } catch (IOException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /** @return the numbers of the answer */
    double[] ask(String... words) throws IOException {
        questions.write(String.join(" ", words));
        questions.newLine();
        questions.flush();
        return Stream.of(answer().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new CommandFailure(script + " failed: " + lastError());
        }
        return line;
    }

    private String lastError() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("errors"));
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }

    @Override
    public void close() throws IOException {
        try {
            questions.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
