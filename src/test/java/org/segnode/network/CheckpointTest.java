package org.segnode.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.volume.io.PickleException;
import org.segnode.volume.io.PickleTuple;

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
