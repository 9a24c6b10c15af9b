package org.segnode.cli.nnunet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.segnode.cli.nnunet.HostileFiles.arrayHeader;
import static org.segnode.cli.nnunet.HostileFiles.zipBomb;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.cli.Segnode;
import org.segnode.network.Tensor;

/**
 * Input that is broken or made to do harm ends a command with exit code 1 and the reason in one line, within 192 MiB of
 * memory: all commands run in one Java process that has no more.
 */
class HostileInputIT {
    private static final String WEIGHT = "encoder.stages.0.0.convs.0.conv.weight";
    private static final String HEAP = "-Xmx192m";

    @TempDir
    static Path folder;

    private static final Map<String, Hostile> CASES = new LinkedHashMap<>();
    private static final Map<String, Outcome> OUTCOMES = new LinkedHashMap<>();

    /** @param reason part of the line that the command must print */
    private record Hostile(List<String> arguments, String reason) {}

    private record Outcome(int exit, List<String> lines) {}

    @BeforeAll
    static void runAll() throws Exception {
        HostileFiles files = new HostileFiles(folder);
        images(files);
        checkpoints(files);
        plans(files);
        ensembles(files);
        List<String> commands = new ArrayList<>();
        CASES.forEach((name, hostile) -> commands.add(name + "\t" + String.join("\t", hostile.arguments())));
        Path list = Files.write(folder.resolve("commands"), commands);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Commands.class.getName(),
                        list.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        for (String line : new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            List<String> parts = Arrays.asList(line.split("\t"));
            OUTCOMES.put(parts.get(0), new Outcome(Integer.parseInt(parts.get(1)), parts.subList(2, parts.size())));
        }
        assertThat(process.waitFor()).isZero();
    }

    private static void images(HostileFiles files) throws IOException {
        byte[] sound = files.soundImage();
        image(files, "image cut off", Arrays.copyOf(sound, sound.length / 2), "is cut short");
        image(files, "image of 50 bytes", Arrays.copyOf(sound, 50), "case_0000.nii.gz");
        image(files, "image without voxels", files.headerOnly(), "is cut short");
        image(files, "header that claims 2^45 voxels", files.claiming(32767, 32767, 32767, 100), "claims more than");
        image(files, "header that claims 4 GB", files.claiming(1000, 1000, 1000, 1_000_000), "is cut short");
        image(files, "200 MB in 200 KB", files.claiming(200, 500, 1000, 200_000_000), "needs 381 MiB");
        image(
                files,
                "more than there is room for twice",
                files.claiming(90, 500, 500, 45_000_000),
                "needs more memory");
        image(files, "voxels that are not numbers", files.notNumbers(), "24 voxels that are not finite numbers");
        image(files, "text instead of an image", "no image".getBytes(StandardCharsets.UTF_8), "is not gzip");
    }

    private static void image(HostileFiles files, String name, byte[] bytes, String reason) throws IOException {
        predict(name, Path.of("src/test/resources/models/hippocampus-2d"), files.image(name, bytes), reason);
    }

    private static void checkpoints(HostileFiles files) throws IOException {
        Path golden = Path.of("src/test/resources/golden/checkpoint");
        byte[] sound = files.soundCheckpoint();
        Tensor weight = files.soundWeight(WEIGHT);
        float[] values = weight.toFloats();
        values[5] = Float.NaN;
        long[] endless = {1L << 28, 1, 3, 3};
        byte[] expanded =
                files.checkpoint(WEIGHT, new Tensor(weight.type(), endless, new long[] {0, 0, 0, 0}, 0, weight.data()));
        checkpoint(
                files,
                "checkpoint with a foreign global",
                Files.readAllBytes(golden.resolve("hostile_os_system.pth")),
                "the pickle names posix.system, which is not allowed");
        checkpoint(files, "checkpoint cut off", Arrays.copyOf(sound, sound.length / 2), "is cut off");
        checkpoint(
                files, "checkpoint of PyTorch 1.5", Files.readAllBytes(golden.resolve("old_format.pth")), "before 1.6");
        checkpoint(
                files,
                "checkpoint that unfolds to 200 MB",
                zipBomb("archive/data.pkl", new byte[0], 200_000_000),
                "is compressed, which PyTorch never does");
        checkpoint(
                files,
                "NaN among the weights",
                files.checkpoint(WEIGHT, Tensor.of(weight.shape(), values)),
                "the weight " + WEIGHT + " is NaN at number 5");
        checkpoint(files, "weight of 2^28 rows that are one", expanded, "the plans need [");
        checkpoint(
                files,
                "text instead of a checkpoint",
                "no checkpoint, only text here".getBytes(StandardCharsets.UTF_8),
                "is not a checkpoint");
    }

    private static void checkpoint(HostileFiles files, String name, byte[] bytes, String reason) throws IOException {
        predict(name, files.modelWithCheckpoint(name, bytes), files.image(name, files.soundImage()), reason);
    }

    private static void plans(HostileFiles files) throws IOException {
        String twoD = "/configurations/2d/";
        String network = twoD + "architecture/arch_kwargs/";
        plans(files, twoD + "patch_size", null, "key \"patch_size\" is missing");
        plans(files, twoD + "patch_size", "[1000000000, 1000000000]", "patch_size");
        plans(files, twoD + "patch_size", "[-3, 0.5]", "patch_size");
        plans(files, twoD + "spacing", "[NaN, 1]", "spacing");
        plans(files, network + "features_per_stage", "[1000000000, 1, 1, 1]", "features_per_stage");
        plans(files, network + "features_per_stage", "[4096, 8192, 16384, 16384]", "the plans need [4096");
        plans(files, network + "n_stages", "1000000", "n_stages");
        plans(files, "/configurations", "{}", "configurations must be an object with 1");
        plans(files, "/configurations", "[".repeat(900) + "]".repeat(900), "is not JSON");
        plans(files, "/image_reader_writer", "\"os.system\"", "there is no image_reader_writer os.system");
        predict(
                "plans of 80 MB",
                files.model("plans of 80 MB", "plans.json", new byte[80_000_000]),
                files.image("plans of 80 MB", files.soundImage()),
                "plans.json: is larger than");
        predict(
                "dataset without labels",
                files.modelWithJson("dataset without labels", "dataset.json", "/labels", null),
                files.image("dataset without labels", files.soundImage()),
                "key \"labels\" is missing");
    }

    private static void plans(HostileFiles files, String place, @Nullable String value, String reason)
            throws IOException {
        String shown = value == null ? "missing" : value.length() > 40 ? value.substring(0, 40) + "…" : value;
        String name = place + " " + shown;
        Path model = files.modelWithPlans("plans-" + CASES.size(), place, value);
        predict(name, model, files.image("plans-" + CASES.size(), files.soundImage()), reason);
    }

    private static void predict(String name, Path model, Path input, String reason) {
        String output = folder.resolve("out-" + CASES.size()).toString();
        List<String> paths = List.of("-m", model.toString(), "-i", input.toString(), "-o", output);
        List<String> arguments = new ArrayList<>(List.of("predict-from-modelfolder", "-f", "0"));
        arguments.addAll(paths);
        arguments.add("--disable_progress_bar");
        CASES.put(name, new Hostile(arguments, reason));
    }

    private static void ensembles(HostileFiles files) throws IOException {
        String sound = "src/test/resources/golden/ensemble/labels_ties/model0";
        Map<String, byte[]> bombs = Map.of(
                "needs 137 MiB",
                zipBomb("probabilities.npy", arrayHeader("4, 100, 300, 300"), 144_000_000),
                "is cut short",
                zipBomb("probabilities.npy", arrayHeader("3, 2000, 2000, 2000"), 1000));
        for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
            String name = "probabilities: " + bomb.getKey();
            Path member = files.probabilities("member-" + CASES.size(), bomb.getValue());
            String output = folder.resolve("out-" + CASES.size()).toString();
            CASES.put(
                    name,
                    new Hostile(List.of("ensemble", "-i", sound, member.toString(), "-o", output), bomb.getKey()));
        }
    }

    static Stream<String> names() {
        return CASES.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void endsWithTheReasonInOneLine(String name) {
        Outcome outcome = OUTCOMES.get(name);
        assertThat(outcome).as("the process ended before").isNotNull();
        assertThat(outcome.exit()).as("%s", outcome.lines()).isEqualTo(1);
        assertThat(outcome.lines())
                .as("%s", outcome.lines())
                .filteredOn(line ->
                        line.contains(Objects.requireNonNull(CASES.get(name)).reason()))
                .hasSize(1);
        assertThat(outcome.lines())
                .as("no traces")
                .hasSizeLessThanOrEqualTo(2)
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThan(800).doesNotContain("Exception", "internal error"));
    }

    /** Runs every line of a file as a command; prints its name, its exit code and its lines on stderr, with tabs between. */
    static final class Commands {
        private Commands() {}

        public static void main(String... arguments) throws IOException {
            for (String command : Files.readAllLines(Path.of(arguments[0]))) {
                List<String> parts = Arrays.asList(command.split("\t"));
                StringWriter err = new StringWriter();
                int exit = Segnode.commandLine()
                        .setOut(new PrintWriter(new StringWriter()))
                        .setErr(new PrintWriter(err, true))
                        .execute(parts.subList(1, parts.size()).toArray(String[]::new));
                List<String> lines =
                        err.toString().lines().filter(line -> !line.isBlank()).toList();
                System.out.println(parts.get(0) + "\t" + exit + "\t" + String.join("\t", lines));
            }
        }
    }
}
