package org.segnode.cli.terminal;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;

/** Puts a failure into one line for people. */
public final class Reason {
    private Reason() {}

    /** One line without line breaks; names the kind of failure where the message alone would not say it. */
    public static String of(Throwable failure) {
        return words(failure)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String words(Throwable failure) {
        if (failure instanceof UncheckedIOException && failure.getCause() != null) {
            return words(failure.getCause());
        }
        if (failure instanceof FileSystemException file) {
            return ofFile(file);
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return "internal error: " + kind(failure) + ", SEGNODE_TRACE=1 shows where";
        }
        return isExpected(failure) ? message : kind(failure) + ": " + message;
    }

    private static boolean isExpected(Throwable failure) {
        return failure instanceof CommandFailure
                || failure instanceof TemporaryException
                || failure instanceof UnusableSeriesException
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure.getClass().getPackageName().startsWith("org.segnode");
    }

    private static String ofFile(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            String why = failure.getReason() == null ? "" : ", " + failure.getReason();
            return "no such file: " + failure.getFile() + why;
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission: " + failure.getFile();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "exists already: " + failure.getFile();
        }
        if (failure instanceof NotDirectoryException) {
            return "not a folder: " + failure.getFile();
        }
        return String.valueOf(failure.getMessage());
    }

    /** {@code EOFException} becomes "eof", {@code JsonParseException} "json parse". */
    private static String kind(Throwable failure) {
        String name = failure.getClass().getSimpleName().replaceAll("(Exception|Error)$", "");
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
