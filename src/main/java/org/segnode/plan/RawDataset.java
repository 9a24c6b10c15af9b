package org.segnode.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Reorientation;
import org.segnode.volume.io.ReaderWriter;
import org.segnode.volume.io.StoredImage;

/**
 * A data set as it was given: images and labels below one folder, described by its dataset.json.
 *
 * @param folder for example {@code nnUNet_raw/Dataset004_Hippocampus}
 * @param dataset what dataset.json says
 */
public record RawDataset(Path folder, Dataset dataset) {
    private static final int CHANNEL_SUFFIX = "_0000".length();

    /** Files hold 16-bit numbers for the most part, volumes hold 32 bits. */
    private static final int FLOATS_PER_STORED = 2;

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

    public static RawDataset read(Path folder) throws IOException {
        return new RawDataset(folder, Dataset.read(folder.resolve("dataset.json")));
    }

    /** Names of the training cases, sorted by code point; those dataset.json names, else the files of imagesTr. */
    public List<String> caseIds() throws IOException {
        if (!dataset.cases().isEmpty()) {
            return List.copyOf(new TreeSet<>(dataset.cases().keySet()));
        }
        TreeSet<String> ids = new TreeSet<>();
        for (String name : imageNames()) {
            int end = name.length() - dataset.fileEnding().length() - CHANNEL_SUFFIX;
            ids.add(name.substring(0, Math.max(0, end)));
        }
        return List.copyOf(ids);
    }

    /** Image files of a case, in channel order. */
    public List<Path> images(String id) throws IOException {
        Dataset.CaseFiles files = dataset.cases().get(id);
        if (files != null) {
            return files.images().stream().map(this::resolved).toList();
        }
        Pattern name = Pattern.compile(Pattern.quote(id) + "_\\d{4}" + Pattern.quote(dataset.fileEnding()));
        return imageNames().stream()
                .filter(each -> name.matcher(each).matches())
                .map(folder.resolve("imagesTr")::resolve)
                .toList();
    }

    /** Label file of a case. */
    public Path label(String id) {
        Dataset.CaseFiles files = dataset.cases().get(id);
        return files != null
                ? resolved(files.label())
                : folder.resolve("labelsTr").resolve(id + dataset.fileEnding());
    }

    /** The reader dataset.json insists on, else the first that opens an image. */
    public ReaderWriter reader() throws IOException {
        if (dataset.imageReaderWriter().isPresent()) {
            String name = dataset.imageReaderWriter().get();
            return ReaderWriter.ofClassName(name)
                    .orElseThrow(() -> new UnusableFileException(
                            folder.resolve("dataset.json") + ": overwrite_image_reader_writer is not known: " + name));
        }
        List<String> ids = caseIds();
        List<Path> example = ids.isEmpty() ? List.of() : images(ids.get(0));
        if (example.isEmpty()) {
            throw new UnusableFileException(folder + ": has no images ending in " + dataset.fileEnding());
        }
        return ReaderWriter.choose(dataset.fileEnding(), example.get(0));
    }

    /** The training cases in order, read by {@link #reader()} when asked for. */
    public List<LabelledCase> cases() throws IOException {
        return cases(reader());
    }

    /** The training cases in order; files are read when asked for. */
    public List<LabelledCase> cases(ReaderWriter reader) throws IOException {
        List<LabelledCase> cases = new ArrayList<>();
        for (String id : caseIds()) {
            cases.add(new FileCase(id, images(id), label(id), reader));
        }
        return cases;
    }

    private List<String> imageNames() throws IOException {
        Path images = folder.resolve("imagesTr");
        if (!Files.isDirectory(images)) {
            throw new UnusableFileException(folder + ": has no folder imagesTr");
        }
        try (Stream<Path> files = Files.list(images)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(dataset.fileEnding()))
                    .sorted()
                    .toList();
        }
    }

    /** Relative paths are relative to the data set; environment variables are expanded. */
    private Path resolved(String path) {
        Map<String, String> environment = System.getenv();
        String expanded = VARIABLE.matcher(path).replaceAll(found -> {
            String name = found.group(1) != null ? found.group(1) : found.group(2);
            return Matcher.quoteReplacement(environment.getOrDefault(name, found.group()));
        });
        return folder.resolve(expanded);
    }

    private record FileCase(String id, List<Path> images, Path label, ReaderWriter reader) implements LabelledCase {
        @Override
        public StoredImage storedImage() throws IOException {
            if (images.isEmpty()) {
                throw new UnusableFileException(id + ": has no image files");
            }
            return reader.read(images);
        }

        @Override
        public long bytes() throws IOException {
            long bytes = FileSizes.unpacked(label);
            for (Path image : images) {
                bytes += FileSizes.unpacked(image);
            }
            return FLOATS_PER_STORED * bytes;
        }

        @Override
        public LabelMap labels() throws IOException {
            LabelMap labels = reader.readLabels(label);
            boolean reorients =
                    reader == ReaderWriter.NIBABEL_WITH_REORIENT || reader == ReaderWriter.SIMPLE_ITK_WITH_REORIENT;
            return reorients
                    ? Reorientation.between(Orientation.of(labels.grid()), Orientation.RAS)
                            .apply(labels)
                    : labels;
        }
    }
}
