package org.segnode.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.dicom.GeometryPolicy;
import org.segnode.dicom.SegmentationReader;
import org.segnode.dicom.SeriesReader;
import org.segnode.inference.PredictionOptions;
import org.segnode.inference.Progress;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobInput;
import org.segnode.ledger.JobState;
import org.segnode.ledger.NewJob;
import org.segnode.ledger.StoredResult;
import org.segnode.model.ModelPackages;
import org.segnode.pacs.Spool;
import org.segnode.volume.LabelMap;

/** A model of two channels, in a real child process, with a series for each. */
class TwoChannelsIT {
    private static final Path MODEL = Path.of(
            "src/test/resources/golden/inference/models/Dataset502_Regions/nnUNetTrainer__nnUNetPlans__3d_fullres");
    private static final Path SERIES = Path.of("dicom-samples/case-006/series");
    private static final String T1 = "0123456789abcdef0123456789abcdef";
    private static final String T2 = "fedcba9876543210fedcba9876543210";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set where a test starts it
    private Spool spool;

    @Test
    void theResultLiesOnTheFirstSeriesAndRefersToBoth() throws Exception {
        spool = new Spool(folder.resolve("spool"));
        copy(T1, "");
        copy(T2, ".2");
        Path model = Files.createDirectories(folder.resolve("models/two"));
        copyTree(MODEL, model);
        Files.writeString(model.resolve("model.json"), description());
        try (ResidentModels resident = new ResidentModels(
                1,
                ChildLimits.of(2, 1L << 30, Duration.ofMinutes(5), Duration.ofMinutes(10)),
                folder.resolve("work"))) {
            SeriesComputation computation = new SeriesComputation(
                    new SpooledSeries(spool, rule -> GeometryPolicy.DEFAULT),
                    folder.resolve("results"),
                    new ModelPackages(folder.resolve("models")),
                    resident,
                    PredictionOptions.DEFAULT.withMirroring(false),
                    WantedForms.Profiles.SEG_FOR_ALL);
            StoredResult result =
                    computation.compute(job(), Progress.NONE).get(0).result();
            Path file = folder.resolve("results").resolve(result.file());
            LabelMap found = SegmentationReader.read(
                    file, new SeriesReader().read(spool.files(T1)).volume().grid());
            assertThat(found.shape().slices()).isEqualTo(spool.files(T1).size());
            assertThat(referencedSeries(file)).hasSize(2).doesNotHaveDuplicates();
        }
    }

    private static String description() {
        String code = "{\"value\": \"91723000\", \"scheme\": \"SCT\", \"meaning\": \"Anatomical Structure\"}";
        String labels = Stream.of("1 whole #e6194b", "2 core #3cb44b", "3 tip #4363d8")
                .map(text -> text.split(" "))
                .map(label -> "{\"label\": %s, \"name\": \"%s\", \"category\": %s, \"type\": %s, \"colour\": \"%s\"}"
                        .formatted(label[0], label[1], code, code, label[2]))
                .collect(Collectors.joining(", "));
        return "{\"id\": \"two\", \"version\": \"1\", \"title\": \"Two\", \"modality\": \"MR\", \"orientation\": \"RAS\","
                + " \"labels\": [" + labels + "]}";
    }

    private static Job job() {
        NewJob order =
                new NewJob(T1, 1, "rule", "two", Optional.empty(), List.of(new JobInput("T2", T2, 1)), List.of(), 0);
        return new Job(
                1,
                order,
                JobState.RUNNING,
                1,
                "worker",
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                "",
                Optional.empty());
    }

    private static List<String> referencedSeries(Path file) throws IOException {
        try (ImageInputStream in = new ImageInputStream(file.toFile())) {
            Sequence all = in.readDataset(-1, Tag.PixelData).getSequence(Tag.ReferencedSeriesSequence);
            return all.stream().map(one -> one.getString(Tag.SeriesInstanceUID)).toList();
        }
    }

    /** @param suffix of the UIDs of series and instances, which makes it another series */
    private void copy(String key, String suffix) throws IOException {
        Files.createDirectories(spool.seriesFolder(key));
        int number = 0;
        try (Stream<Path> files = Files.list(SERIES)) {
            for (Path file : files.sorted().toList()) {
                Attributes meta;
                Attributes image;
                try (ImageInputStream in = new ImageInputStream(file.toFile())) {
                    meta = in.readFileMetaInformation();
                    image = in.readDataset(-1, -1);
                }
                for (int tag : new int[] {Tag.SeriesInstanceUID, Tag.SOPInstanceUID}) {
                    image.setString(tag, VR.UI, image.getString(tag) + suffix);
                }
                Path copy = spool.seriesFolder(key).resolve("%032x.dcm".formatted(number++));
                try (ImageOutputStream out = new ImageOutputStream(copy.toFile())) {
                    out.writeDataset(image.createFileMetaInformation(meta.getString(0x00020010)), image);
                }
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
