package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
    private static final String TWO_PARTS =
            "preamble\r\n--b\r\nContent-Type: application/dicom\r\nX-Y:  z \r\n\r\nfirst"
                    + "\r\n--b  \r\n\r\n\r\n--no boundary\r\n--b--\r\nepilogue";

    private static MultipartReader reader(String message) {
        return new MultipartReader(stream(message.getBytes(StandardCharsets.ISO_8859_1), 1 << 16), "b");
    }

    /** Gives at most so many bytes at once, as a network does. */
    private static InputStream stream(byte[] bytes, int atOnce) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, atOnce));
            }
        };
    }

    private static List<byte[]> bodies(MultipartReader reader) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        for (Optional<MultipartReader.Part> part = reader.next(); part.isPresent(); part = reader.next()) {
            bodies.add(part.get().body().readAllBytes());
        }
        return bodies;
    }

    @Test
    void readsHeadersAndBodiesInOrder() throws IOException {
        MultipartReader reader = reader(TWO_PARTS);
        MultipartReader.Part first = reader.next().orElseThrow();
        assertThat(first.headers())
                .containsEntry("content-type", "application/dicom")
                .containsEntry("x-y", "z");
        assertThat(first.body()).hasContent("first");
        assertThat(first.body().read()).isEqualTo(-1);
        MultipartReader.Part second = reader.next().orElseThrow();
        assertThat(second.headers()).isEmpty();
        assertThat(new String(second.body().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("\r\n--no boundary");
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void aPartThatIsNotReadIsPassedOver() throws IOException {
        MultipartReader reader = reader(TWO_PARTS);
        assertThat(reader.next()).isPresent();
        assertThat(reader.next()).isPresent();
        assertThat(reader.next()).isEmpty();
    }

    @ParameterizedTest(name = "{0} bytes at once")
    @ValueSource(ints = {1, 2, 7, 4096, 65535, 65536})
    void bodiesOfAnyBytesComeAsTheyWereSentHoweverTheyArrive(int atOnce) throws IOException {
        List<byte[]> sent = new ArrayList<>();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        Random random = new Random(atOnce);
        for (int size : new int[] {0, 1, 3, 65_530, 65_536, 200_000}) {
            byte[] body = new byte[size];
            random.nextBytes(body);
            for (int at = 0; at + 5 < size; at += 1 + random.nextInt(5000)) {
                System.arraycopy("\r\n--".getBytes(StandardCharsets.US_ASCII), 0, body, at, 4); // almost a boundary
            }
            sent.add(body);
            message.writeBytes("\r\n--some boundary\r\nA: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            message.writeBytes(body);
        }
        message.writeBytes("\r\n--some boundary--".getBytes(StandardCharsets.US_ASCII));
        List<byte[]> read = bodies(new MultipartReader(stream(message.toByteArray(), atOnce), "some boundary"));
        assertThat(read).usingElementComparator((a, b) -> Arrays.compare(a, b)).containsExactlyElementsOf(sent);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 12, 20, 40, 60, 85})
    void aMessageThatIsCutOffIsNoMessage(int length) {
        assertThatThrownBy(() -> bodies(reader(TWO_PARTS.substring(0, length)))).isInstanceOf(EOFException.class);
    }

    @Test
    void headersAreBounded() {
        assertThatThrownBy(() ->
                        reader("--b\r\nA: " + "x".repeat(9000) + "\r\n\r\n").next())
                .hasMessageContaining("8 KiB");
        assertThatThrownBy(() ->
                        reader("--b\r\n" + "A: b\r\n".repeat(3000) + "\r\n").next())
                .hasMessageContaining("8 KiB");
        assertThatThrownBy(() -> reader("--b\r\nno header\r\n\r\n").next()).hasMessageContaining("without a name");
        assertThatThrownBy(() -> new MultipartReader(InputStream.nullInputStream(), ""))
                .hasMessageContaining("1 to 70 characters");
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "multipart/related; type=\"application/dicom\"; boundary=abc | boundary | abc",
                "multipart/related;Boundary=\"a b;c\";type=application/dicom | boundary | a b;c",
                "multipart/related; type=\"application/dicom\" | type | application/dicom",
                "multipart/related | boundary | none"
            })
    void readsParametersOfTheContentType(String contentType, String name, String value) {
        assertThat(MultipartReader.parameter(contentType, name)).isEqualTo(Optional.ofNullable(value));
    }
}
