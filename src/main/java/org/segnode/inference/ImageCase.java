package org.segnode.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
     * @param ending of the files with its dot
     * @throws IOException if there is none
     */
    public static List<ImageCase> list(Path folder, String ending) throws IOException {
        Pattern pattern = Pattern.compile("(.+)_\\d{4}" + Pattern.quote(ending));
        Map<String, List<Path>> cases = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Matcher matcher = pattern.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    cases.computeIfAbsent(matcher.group(1), name -> new ArrayList<>())
                            .add(file);
                }
            }
        }
        if (cases.isEmpty()) {
            throw new IOException(folder + ": has no files like case_0000" + ending);
        }
        return cases.entrySet().stream()
                .map(entry -> new ImageCase(entry.getKey(), entry.getValue()))
                .toList();
    }
}
