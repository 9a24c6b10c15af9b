package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.segnode.plan.UnusableFileException;

/**
 * The files of one case, named as nnU-Net names them: {@code <case>_0000.nii.gz} and so on.
 *
 * @param images one per channel, in channel order
 */
public record ImageCase(String name, List<Path> images) {
    public ImageCase {
        images = List.copyOf(images);
    }

    /**
     * All cases of a folder, by name.
     *
     * @param ending of the files with its dot; other files are left alone
     * @throws UnusableFileException if a file is not named as that of a channel, or there is none
     */
    public static List<ImageCase> list(Path folder, String ending) throws IOException {
        Pattern pattern = Pattern.compile("(.+)_\\d{4}" + Pattern.quote(ending));
        Map<String, List<Path>> cases = new TreeMap<>();
        for (Path file : files(folder, ending)) {
            Matcher matcher = pattern.matcher(file.getFileName().toString());
            if (!matcher.matches()) {
                throw new UnusableFileException(
                        file + ": is not named like CASE_0000" + ending + ", with four digits for the channel");
            }
            cases.computeIfAbsent(matcher.group(1), name -> new ArrayList<>()).add(file);
        }
        if (cases.isEmpty()) {
            throw new UnusableFileException(folder + ": has no files named like CASE_0000" + ending);
        }
        return cases.entrySet().stream()
                .map(entry -> new ImageCase(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "a folder of cases is needed");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && file.getFileName().toString().endsWith(ending)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
