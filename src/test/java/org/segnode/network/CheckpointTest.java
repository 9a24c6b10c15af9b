package org.segnode.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.volume.io.PickleException;
import org.segnode.volume.io.PickleTuple;
import org.segnode.volume.io.PickleWriter;

class CheckpointTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/checkpoint");

    @TempDir
    private Path folder;

    private static JsonNode record(String name) throws IOException {
        return JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build()
                .readTree(GOLDEN.resolve(name + ".json").toFile())
                .get("entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tricky_module_prefix.pth", "tricky_orig_mod_prefix.pth", "tricky_numpy2_names.pth"})
    void readsEveryTensorThatTorchWrote(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.read(GOLDEN.resolve(name));

        int compared = 0;
        for (JsonNode entry : record(name)) {
            String path = entry.get("path").asText();
            if (path.startsWith("/network_weights/")) {
                Tensor tensor = Objects.requireNonNull(checkpoint
                        .weights()
                        .get(Checkpoint.withoutPrefix(path.substring("/network_weights/".length()))));
                compare(entry, tensor);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(checkpoint.weights().size()).isGreaterThan(20);
        assertThat(checkpoint.trainerName()).isEqualTo("nnUNetTrainer");
        assertThat(checkpoint.configuration()).isEqualTo("3d_fullres");
        assertThat(checkpoint.mirroringAxes()).containsExactly(0, 1, 2);
    }

    private static void compare(JsonNode entry, Tensor tensor) throws IOException {
        assertThat(tensor.shape()).isEqualTo(longs(entry.get("shape")));
        double[] values = tensor.toDoubles();
        JsonNode first = entry.get("first_values");
        for (int i = 0; i < first.size(); i++) {
            assertEquals(number(first.get(i)), values[i], entry.get("path").asText());
        }
        if (entry.get("sum").isNumber() && Double.isFinite(entry.get("sum").asDouble())) {
            double sum = entry.get("sum").asDouble();
            assertThat(Arrays.stream(values).sum()).isCloseTo(sum, within(1e-12 * Math.max(1, Math.abs(sum))));
        }
    }

    private static double number(JsonNode node) {
        return node.isTextual()
                ? Double.parseDouble(node.asText().replace("nan", "NaN").replace("inf", "Infinity"))
                : node.asDouble();
    }

    private static long[] longs(JsonNode numbers) {
        long[] values = new long[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).asLong();
        }
        return values;
    }

    @Test
    void keepsWhichTensorsShareTheirStorage() throws IOException {
        Map<String, Tensor> weights =
                Checkpoint.read(GOLDEN.resolve("tricky_module_prefix.pth")).weights();

        TensorData primary = Objects.requireNonNull(weights.get("encoder.stages.0.0.convs.0.conv.weight"))
                .data();
        assertThat(Objects.requireNonNull(weights.get("encoder.stages.0.0.convs.0.all_modules.0.weight"))
                        .data())
                .isSameAs(primary);
    }

    @Test
    void readsTheLogOfTheTrainer() throws IOException {
        Map<String, @Nullable Object> content =
                Checkpoint.read(GOLDEN.resolve("tricky_module_prefix.pth")).content();

        assertThat(content.get("_best_ema")).isEqualTo(0.4375);
        assertThat(content.get("current_epoch")).isEqualTo(3L);
        Map<?, ?> log = (Map<?, ?>) Objects.requireNonNull(content.get("logging"));
        assertThat(log.get("mean_fg_dice")).isEqualTo(List.of(0.5, 0.25, Double.NaN, 0.125));
        assertThat(log.get("numpy_ints")).isEqualTo(List.of(3L, -4L, 200L, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tricky_module_prefix.pth", "tricky_orig_mod_prefix.pth"})
    void readsBackWhatItWrites(String name) throws IOException {
        Checkpoint original = Checkpoint.read(GOLDEN.resolve(name));
        Path copy = folder.resolve("copy.pth");
        CheckpointWriter.write(copy, original.content());

        Checkpoint read = Checkpoint.read(copy);
        assertThat(read.weights().keySet())
                .containsExactlyElementsOf(original.weights().keySet());
        for (Map.Entry<String, Tensor> entry : read.weights().entrySet()) {
            assertThat(entry.getValue().toDoubles())
                    .isEqualTo(Objects.requireNonNull(original.weights().get(entry.getKey()))
                            .toDoubles());
        }
        assertThat(read.content().get("init_args")).isEqualTo(original.content().get("init_args"));
    }

    @Test
    void refusesForeignNamesBeforeAnythingHappens() {
        assertThatThrownBy(() -> Checkpoint.read(GOLDEN.resolve("hostile_os_system.pth")))
                .isInstanceOf(PickleException.class)
                .hasMessage("hostile_os_system.pth: the pickle names posix.system, which is not allowed");
    }

    @Test
    void refusesTheOldFormatWithAdvice() {
        assertThatThrownBy(() -> Checkpoint.read(GOLDEN.resolve("old_format.pth")))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("format of PyTorch before 1.6");
    }

    @Test
    void refusesCompressedRecordsSoThatNothingCanUnfold() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[50_000_000]);
        }
        Path bomb = Files.write(folder.resolve("bomb.pth"), bytes.toByteArray());

        assertThatThrownBy(() -> Checkpoint.read(bomb)).hasMessageContaining("is compressed, which PyTorch never does");
    }

    @Test
    void refusesAFileCutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(GOLDEN.resolve("tricky_module_prefix.pth"));
        for (int length : new int[] {0, 3, 21, 1000, whole.length / 2, whole.length - 1}) {
            Path cut = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Checkpoint.read(cut)).isInstanceOf(PickleException.class);
        }
    }

    @Test
    void survivesDamageAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(GOLDEN.resolve("tricky_module_prefix.pth"));
        Random random = new Random(7);
        for (int round = 0; round < 1000; round++) {
            byte[] damaged = whole.clone();
            for (int hits = 0; hits < 3; hits++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("damaged.pth"), damaged);
            try {
                Checkpoint.read(file);
            } catch (IOException e) {
                assertThat(e).isInstanceOf(PickleException.class);
            }
        }
    }

    @Test
    void refusesATensorOutsideItsStorage() {
        TensorData data = TensorData.of(new byte[16]);
        assertThatThrownBy(() -> new Tensor(ElementType.F32, new long[] {2, 2}, new long[] {2, 1}, 1, data))
                .hasMessageContaining("[2, 2] from number 1 on lies outside its storage of 4 numbers");
        assertThatThrownBy(
                        () -> new Tensor(ElementType.F32, new long[] {1L << 40, 1L << 40}, new long[] {0, 0}, 0, data))
                .isInstanceOf(ArithmeticException.class);
        Tensor expanded = new Tensor(ElementType.F32, new long[] {1L << 30}, new long[] {0}, 0, data);
        assertThatThrownBy(expanded::toFloats).hasMessageContaining("is too large");
    }

    /** A file with holes takes no space on the disk: only its length is large. */
    @Test
    void readsTensorsBeyondFourGibibytesInAZip64() throws IOException {
        long length = (1L << 32) + 8;
        Path file = folder.resolve("large.pth");
        Map<String, @Nullable Object> weights = new LinkedHashMap<>();
        Tensor large = new Tensor(
                ElementType.F32, new long[] {2}, new long[] {1}, (1L << 30), new TensorData.InFile(file, 0, length));
        weights.put("w", large);
        PickleWriter pickle = new PickleWriter((out, value) -> {
            CheckpointWriter.tensor(out, (Tensor) value, "0", false);
            return true;
        });
        writeLarge(
                file,
                pickle.value(new LinkedHashMap<>(Map.of("network_weights", weights)))
                        .finish(),
                length);

        Tensor read = Objects.requireNonNull(Checkpoint.read(file).weights().get("w"));
        assertThat(read.toFloats()).containsExactly(1.5f, -2.5f);
    }

    private static void writeLarge(Path file, byte[] pickle, long length) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long pickleStart = out.getFilePointer();
            out.write(local("a/data.pkl", pickle.length));
            out.write(pickle);
            long dataStart = out.getFilePointer();
            out.write(local("a/data/0", -1));
            out.seek(out.getFilePointer() + length - 8);
            out.write(little(8).putFloat(1.5f).putFloat(-2.5f).array());
            long directory = out.getFilePointer();
            out.write(entry("a/data.pkl", pickle.length, pickleStart, -1));
            out.write(entry("a/data/0", -1, dataStart, length));
            long end = out.getFilePointer();
            out.write(little(56)
                    .putInt(0x06064b50)
                    .putLong(44)
                    .putInt(0)
                    .putInt(0)
                    .putInt(0)
                    .putLong(2)
                    .putLong(2)
                    .putLong(end - directory)
                    .putLong(directory)
                    .array());
            out.write(little(20)
                    .putInt(0x07064b50)
                    .putInt(0)
                    .putLong(end)
                    .putInt(1)
                    .array());
            out.write(little(22)
                    .putInt(0x06054b50)
                    .putInt(0)
                    .putShort((short) 2)
                    .putShort((short) 2)
                    .putInt((int) (end - directory))
                    .putInt(-1)
                    .putShort((short) 0)
                    .array());
        }
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] local(String name, int size) {
        return little(30 + name.length())
                .putInt(0x04034b50)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(size)
                .putInt(size)
                .putShort((short) name.length())
                .putShort((short) 0)
                .put(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .array();
    }

    private static byte[] entry(String name, int size, long start, long largeSize) {
        boolean large = largeSize >= 0;
        ByteBuffer bytes = little(46 + name.length() + (large ? 20 : 0))
                .putInt(0x02014b50)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(size)
                .putInt(size)
                .putShort((short) name.length())
                .putShort((short) (large ? 20 : 0))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt((int) start)
                .put(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        if (large) {
            bytes.putShort((short) 1).putShort((short) 16).putLong(largeSize).putLong(largeSize);
        }
        return bytes.array();
    }

    @Test
    void refusesAMirroringAxisThatDoesNotExist() throws IOException {
        Path file = folder.resolve("axes.pth");
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("network_weights", Map.of());
        content.put("inference_allowed_mirroring_axes", PickleTuple.ofLongs(0, 3));
        CheckpointWriter.write(file, content);

        assertThatThrownBy(() -> Checkpoint.read(file)).hasMessageContaining("a mirroring axis is 0, 1 or 2, is 3");
    }
}
