package org.segnode.roundtrip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.segnode.UnusableSeriesException;
import org.segnode.network.Checkpoint;
import org.segnode.network.CheckpointWriter;
import org.segnode.plan.Dataset;
import org.segnode.plan.LabelledCase;
import org.segnode.plan.Plans;
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
     * writes a checkpoint. {@code prepare RAW PLANS CONFIGURATION FOLDER}: prepares a data set for training.
     */
    public static void main(String... arguments) throws IOException, UnusableSeriesException {
        switch (arguments[0]) {
            case "formats" ->
                formats(Path.of(arguments[1])).forEach((name, digest) -> System.out.println(name + " " + digest));
            case "checkpoint" -> rewrite(Path.of(arguments[1]), Path.of(arguments[2]));
            case "prepare" ->
                prepare(Path.of(arguments[1]), Path.of(arguments[2]), arguments[3], Path.of(arguments[4]));
            default -> throw new IllegalArgumentException("formats, checkpoint or prepare, not " + arguments[0]);
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
        Map<String, String> digests = new TreeMap<>();
        for (String name :
                List.of("checkpoint.pth", "prepared.npz", "prepared.pkl", "probabilities.npz", "probabilities.pkl")) {
            digests.put(name, digest(folder.resolve(name)));
        }
        return digests;
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
