package org.segnode.cli.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.segnode.cli.terminal.CommandFailure;

/**
 * What a user names after {@code -i}: one DICOM series, or cases in research files.
 *
 * @param cases at least one; exactly one if it is DICOM
 */
record SegmentInput(boolean isDicom, List<Case> cases) {
    private static final Pattern RESEARCH = Pattern.compile("(.+?)\\.(nii\\.gz|nii|nrrd|mha|gipl|png|bmp|tiff?)");
    private static final Pattern CHANNEL = Pattern.compile("(.+)_(\\d{4})");

    /**
     * @param name for people and for the result's file
     * @param files of the series, or of the channels in channel order
     */
    record Case(String name, List<Path> files) {
        Case {
            files = List.copyOf(files);
        }
    }

    SegmentInput {
        cases = List.copyOf(cases);
    }

    /** @throws CommandFailure if there is nothing, or DICOM and research files are mixed without a folder of their own */
    static SegmentInput of(List<Path> inputs) throws IOException {
        List<Path> files = InputFiles.below(inputs);
        List<Path> research = files.stream().filter(file -> isResearch(file)).toList();
        if (research.isEmpty()) {
            String name =
                    String.valueOf(inputs.get(0).toAbsolutePath().normalize().getFileName());
            return new SegmentInput(true, List.of(new Case(name, files)));
        }
        boolean oneCase = inputs.stream().noneMatch(Files::isDirectory);
        if (oneCase && research.size() < files.size()) {
            throw new CommandFailure("research files and others are mixed: " + files);
        }
        return new SegmentInput(false, oneCase ? List.of(new Case(stem(research.get(0)), research)) : cases(research));
    }

    private static List<Case> cases(List<Path> files) {
        TreeMap<String, List<Path>> byName = new TreeMap<>();
        files.stream()
                .sorted()
                .forEach(file -> byName.computeIfAbsent(stem(file), name -> new ArrayList<>())
                        .add(file));
        return byName.entrySet().stream()
                .map(entry -> new Case(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static boolean isResearch(Path file) {
        return RESEARCH.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT))
                .matches();
    }

    /** {@code case_7_0000.nii.gz} is channel 0 of {@code case_7}. */
    private static String stem(Path file) {
        Matcher research = RESEARCH.matcher(file.getFileName().toString());
        String base =
                research.matches() ? research.group(1) : file.getFileName().toString();
        Matcher channel = CHANNEL.matcher(base);
        return channel.matches() ? channel.group(1) : base;
    }
}
