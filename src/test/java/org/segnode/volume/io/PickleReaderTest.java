package org.segnode.volume.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleReaderTest {
    private static @Nullable Object read(byte[] pickle) throws IOException {
        return PickleReader.read(new ByteArrayInputStream(pickle), new PickleNumbers(), 1 << 20);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsWhatTheWriterWrites() throws IOException {
        Map<Object, @Nullable Object> values = new LinkedHashMap<>();
        values.put("spacing", PickleTuple.of(1.2000000476837158, -0.0, 1e300));
        values.put(
                "numbers",
                List.of(
                        0L,
                        255L,
                        256L,
                        65536L,
                        -1L,
                        1L << 40,
                        BigInteger.ONE.shiftLeft(100).negate()));
        values.put(7L, Arrays.asList(true, false, null));
        values.put(PickleTuple.ofLongs(1, 2), new LinkedHashSet<>(List.of(3L, 4L)));
        values.put("Grüße", new LinkedHashMap<>(Map.of("a", List.of())));

        assertThat(read(PickleWriter.bytes(values))).isEqualTo(values);
    }

    @Test
    void keepsBytesAndArrays() throws IOException {
        byte[] bytes = {0, 127, -128, -1};
        assertThat((byte[]) read(PickleWriter.bytes(bytes))).isEqualTo(bytes);

        PickleArray array =
                (PickleArray) read(PickleWriter.bytes(PickleArray.ofLongs(new int[] {2, 3}, 1, 2, 3, 4, 5, -6)));
        assertThat(array).isNotNull();
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.toLongs()).containsExactly(1, 2, 3, 4, 5, -6);
        assertThat(array.toDoubles()).containsExactly(1, 2, 3, 4, 5, -6);
    }

    @Test
    void readsAFortranOrderedArrayInCOrder() throws PickleException {
        PickleArray array = new PickleArray();
        byte[] columns = ByteBuffer.allocate(12)
                .putShort((short) 1)
                .putShort((short) 4)
                .putShort((short) 2)
                .putShort((short) 5)
                .putShort((short) 3)
                .putShort((short) 6)
                .array();
        array.build(PickleTuple.of(1L, PickleTuple.ofLongs(2, 3), PickleType.of(">i2"), true, columns));

        assertThat(array.toLongs()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    /** Made with Python 3.11 and NumPy 1.26.4: {@code pickle.dumps((numpy.float64(0.5), numpy.arange(3, dtype='u2')), protocol)}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "P4", "P5",
            })
    void readsNumPyValuesOfNewerProtocols(String name) throws IOException {
        PickleTuple tuple = (PickleTuple) read(HexFormat.of().parseHex(name.equals("P4") ? P4 : P5));

        assertThat(tuple).isNotNull();
        assertThat(tuple.get(0)).isEqualTo(0.5);
        assertThat(((PickleArray) java.util.Objects.requireNonNull(tuple.get(1))).toLongs())
                .containsExactly(0, 1, 2);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "\u0080\u0002cposix|system|X\u0004\u0000\u0000\u0000true\u0085R.; names posix.system",
                "\u0080\u0004\u008c\u0013torch.serialization\u008c\tos.system\u0093.; names torch.serialization.os.system",
                "\u0080\u0004\u008c\u0005numpy\u008c\u0016core.multiarray.scalar\u0093.; names numpy.core.multiarray.scalar",
                "\u0080\u0002cbuiltins|eval|.; names builtins.eval",
                "\u0080\u0006N.; protocol 6",
                "\u0080\u0002X\u00ff\u00ff\u00ff\u007fabc.; too large",
                "\u0080\u0002K\u0001; ends too early",
                "\u0080\u0002.; damaged",
                "\u0080\u0002]s.; damaged",
                "\u0080\u0002(K\u0001s.; damaged",
                "\u0080\u0002h\u0001.; refers to the value 1",
                "\u0080\u0002\u008a\u00ffabc.; a number of 255 bytes",
                "\u0080\u0002}]K\u0001s.; neither a number",
                "\u0080\u0002I1|.; unknown code 0x49",
                "\u0080\u0002K\u0001K\u0002b.; gives a state",
                "\u0080\u0002K\u0001)R.; calls what is not a name",
                "\u0080\u0002cnumpy|dtype|X\u0002\u0000\u0000\u0000O8\u0085R.; not a number",
                "\u0080\u0002U\u0003abcQ.; damaged",
                "\u0080\u0002)Q.; outside itself",
            })
    void refusesWithAReason(String pickle, String reason) {
        assertThatThrownBy(() -> read(ascii(pickle.replace('|', '\n'))))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesDeepNestingAndKeysThatGrow() {
        String deep = "\u0080\u0002)" + "\u0085".repeat(100) + ".";
        assertThatThrownBy(() -> read(ascii(deep))).hasMessageContaining("nested more than 64 deep");
        String doubling = "\u0080\u0002})" + "2\u0086".repeat(60) + "K\u0001s.";
        assertThatThrownBy(() -> read(ascii(doubling))).hasMessageContaining("short tuple");
    }

    @Test
    void survivesDamageAnywhere() {
        byte[] good =
                PickleWriter.bytes(Map.of("a", PickleArray.ofDoubles(new int[] {2}, 1, 2), "b", List.of(1L, "x")));
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            try {
                read(bad);
            } catch (IOException e) {
                assertThat(e).isInstanceOf(PickleException.class);
            }
        }
    }

    private static final String P4 =
            "800495d0000000000000008c156e756d70792e636f72652e6d756c74696172726179948c067363616c61729493948c056e756d7079948c0564747970659493948c02663894898887945294284b038c013c944e4e4e4affffffff4affffffff4b007494624308000000000000e03f948694529468008c0c5f7265636f6e73747275637494939468038c076e6461727261799493944b0085944301629487945294284b014b03859468058c02753294898887945294284b0368094e4e4e4affffffff4affffffff4b007494628943060000010002009474946286942e";
    private static final String P5 =
            "800595d1000000000000008c156e756d70792e636f72652e6d756c74696172726179948c067363616c61729493948c056e756d7079948c0564747970659493948c02663894898887945294284b038c013c944e4e4e4affffffff4affffffff4b007494624308000000000000e03f94869452948c126e756d70792e636f72652e6e756d65726963948c0b5f66726f6d627566666572949394289606000000000000000000010002009468058c02753294898887945294284b0368094e4e4e4affffffff4affffffff4b007494624b0385948c0143947494529486942e";
}
