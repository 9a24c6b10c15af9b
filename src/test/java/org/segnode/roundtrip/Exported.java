package org.segnode.roundtrip;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.segnode.UnusableSeriesException;
import org.segnode.network.Checkpoint;
import org.segnode.network.CheckpointWriter;
import org.segnode.network.ElementType;
import org.segnode.network.Tensor;
import org.segnode.network.TensorData;
import org.segnode.plan.Dataset;
import org.segnode.plan.ExperimentPlanner;
import org.segnode.plan.Fingerprint;
import org.segnode.plan.LabelledCase;
import org.segnode.plan.Planner;
import org.segnode.plan.PlanningOptions;
import org.segnode.plan.Plans;
import org.segnode.plan.PlansJson;
import org.segnode.plan.RawDataset;
import org.segnode.preprocess.AxisPermutation;
import org.segnode.preprocess.CaseGeometry;
import org.segnode.preprocess.ClassLocations;
import org.segnode.preprocess.PreparedCase;
import org.segnode.preprocess.PreparedCases;
import org.segnode.preprocess.Preprocessor;
import org.segnode.preprocess.Probabilities;
import org.segnode.preprocess.SavedProbabilities;
import org.segnode.preprocess.TrainingCase;
import org.segnode.volume.Box;
import org.segnode.volume.Grid;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/**
 * Files for nnU-Net to read, written by the program's own writers, without the command line. {@code nnunet_round_trip.py}
 * runs this file with {@code java}, so it uses nothing but the program.
 */
public final class Exported {
    private static final Shape SHAPE = new Shape(2, 3, 4);

    private Exported() {}

    /**
     * {@code formats FOLDER}: one small file of each format; prints a digest of each. {@code checkpoint FROM TO}: reads and
     * writes a checkpoint. {@code prepare RAW PLANS CONFIGURATION FOLDER}: prepares a data set for training. {@code read FOLDER}: prints
     * what prepared cases hold. {@code large FILE}: writes tensors of more than 2 and 4 GiB.
     */
    public static void main(String... arguments) throws IOException, UnusableSeriesException {
        switch (arguments[0]) {
            case "formats" ->
                formats(Path.of(arguments[1])).forEach((name, digest) -> System.out.println(name + " " + digest));
            case "checkpoint" -> rewrite(Path.of(arguments[1]), Path.of(arguments[2]));
            case "prepare" ->
                prepare(Path.of(arguments[1]), Path.of(arguments[2]), arguments[3], Path.of(arguments[4]));
            case "read" -> summarise(new PreparedCases(Path.of(arguments[1])));
            case "large" -> writeLarge(Path.of(arguments[1]));
            default ->
                throw new IllegalArgumentException("formats, checkpoint, prepare, read or large, not " + arguments[0]);
        }
    }

    /** Values that no arithmetic changes, so that a digest tells about the format alone. */
    static Map<String, String> formats(Path folder) throws IOException {
        rewrite(
                Path.of("src/test/resources/golden/checkpoint/tricky_module_prefix.pth"),
                folder.resolve("checkpoint.pth"));
        new PreparedCases(folder).write("prepared", trainingCase());
        float[][] heads = {new float[24], new float[24]};
        for (int i = 0; i < 24; i++) {
            heads[0][i] = i / 32f;
            heads[1][i] = 1 - i / 32f;
        }
        Probabilities probabilities = new Probabilities(SHAPE, heads);
        SavedProbabilities.write(folder, "probabilities", probabilities, geometry());
        plan(folder);
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                digests.put(String.valueOf(file.getFileName()), digest(file));
            }
        }
        return digests;
    }

    private static void plan(Path folder) throws IOException {
        Path source = Path.of("src/test/resources/org/segnode/plan/fingerprint/Dataset701_Hippocampus");
        Fingerprint fingerprint = Fingerprint.read(source.resolve("dataset_fingerprint.json"));
        fingerprint.write(folder.resolve("dataset_fingerprint.json"));
        Planner planner = Planner.EXPERIMENT_PLANNER;
        Plans plans = new ExperimentPlanner(
                        Dataset.read(source.resolve("dataset.json")), fingerprint, PlanningOptions.of(planner))
                .plan("Dataset701_Hippocampus", "SimpleITKIO");
        PlansJson.write(folder.resolve("plans.json"), plans, planner.className());
    }

    private static CaseGeometry geometry() {
        return new CaseGeometry(
                Grid.axial(SHAPE, new Spacing(2, 1.5, 0.5)),
                new Spacing(2, 1.5, 0.5),
                AxisPermutation.IDENTITY,
                Box.whole(SHAPE));
    }

    private static TrainingCase trainingCase() {
        float[] channel = new float[24];
        short[] labels = new short[24];
        for (int i = 0; i < 24; i++) {
            channel[i] = i * 0.25f - 2;
            labels[i] = (short) (i < 4 ? -1 : i % 3);
        }
        ClassLocations locations = new ClassLocations(List.of(
                new ClassLocations.Entry(List.of(1), false, new int[] {4, 7, 10}),
                new ClassLocations.Entry(List.of(1, 2), true, new int[] {5, 4}),
                new ClassLocations.Entry(List.of(3), false, new int[0])));
        return new TrainingCase(new PreparedCase(SHAPE, List.of(channel, channel), geometry()), labels, locations);
    }

    private static void rewrite(Path from, Path to) throws IOException {
        CheckpointWriter.write(to, Checkpoint.read(from).content());
    }

    private static void prepare(Path raw, Path plansJson, String configuration, Path folder)
            throws IOException, UnusableSeriesException {
        Dataset dataset = Dataset.read(raw.resolve("dataset.json"));
        Plans plans = Plans.read(plansJson);
        Preprocessor preprocessor = new Preprocessor(plans, plans.configuration(configuration), dataset.labels());
        Files.createDirectories(folder);
        for (LabelledCase each : RawDataset.read(raw).cases()) {
            new PreparedCases(folder).write(each.id(), preprocessor.prepareForTraining(each.image(), each.labels()));
        }
    }

    private static void summarise(PreparedCases cases) throws IOException {
        for (String name : cases.names()) {
            PreparedCases.Stored stored = cases.read(name);
            double sum = 0;
            for (float[] channel : stored.channels()) {
                for (float value : channel) {
                    sum += value;
                }
            }
            Map<Short, Integer> labels = new TreeMap<>();
            for (short label : stored.labels()) {
                labels.merge(label, 1, Integer::sum);
            }
            System.out.printf(Locale.ROOT, "%s %s %.3f %s", name, stored.shape(), sum, labels);
            stored.locations()
                    .classes()
                    .forEach(each -> System.out.print(" " + each.labels() + Arrays.hashCode(each.voxels())));
            System.out.println();
        }
    }

    /** Zeros that take no space on the disk until they are copied, and two numbers at the end. */
    private static void writeLarge(Path file) throws IOException {
        Map<String, Object> weights = new LinkedHashMap<>();
        for (long length : new long[] {(1L << 29) + 2, (1L << 30) + 2}) {
            Path zeros = Files.createTempFile("segnode-zeros", ".bin");
            zeros.toFile().deleteOnExit();
            try (RandomAccessFile out = new RandomAccessFile(zeros.toFile(), "rw")) {
                out.seek(4 * (length - 2));
                out.write(ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(1.5f)
                        .putFloat(-2.5f)
                        .array());
            }
            TensorData data = new TensorData.InFile(zeros, 0, 4 * length);
            weights.put("w" + length, new Tensor(ElementType.F32, new long[] {length}, new long[] {1}, 0, data));
        }
        CheckpointWriter.write(file, new LinkedHashMap<>(Map.of("network_weights", weights)));
    }

    /** Of the content: of a zip the names and the unpacked bytes, as every Java may compress in its own way. */
    static String digest(Path file) throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            if (!file.toString().endsWith(".npz")) {
                return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)));
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                for (ZipEntry entry : zip.stream().toList()) {
                    sha.update(entry.getName().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    sha.update(zip.getInputStream(entry).readAllBytes());
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
