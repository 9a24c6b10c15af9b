package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PduGuardTest {
    private static final int COMMAND_AND_LAST = 3;
    private static final int DATA = 0;

    private final PduGuard guard = new PduGuard(100_000);

    private static byte[] pdu(int type, int announced, byte[] body) {
        return ByteBuffer.allocate(6 + body.length)
                .put((byte) type)
                .put((byte) 0)
                .putInt(announced)
                .put(body)
                .array();
    }

    private static byte[] data(int control, byte[] value) {
        byte[] body = ByteBuffer.allocate(6 + value.length)
                .putInt(2 + value.length)
                .put((byte) 1)
                .put((byte) control)
                .put(value)
                .array();
        return pdu(4, body.length, body);
    }

    /** An element of a command set that announces a length and brings some of it. */
    private static byte[] element(int announced, int brought) {
        return ByteBuffer.allocate(8 + brought)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort((short) 2)
                .putInt(announced)
                .array();
    }

    private Optional<String> follow(byte[] bytes, int step) {
        for (int at = 0; at < bytes.length; at += step) {
            Optional<String> objection = guard.follow(bytes, at, Math.min(step, bytes.length - at));
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    @ParameterizedTest(name = "in steps of {0}")
    @ValueSource(ints = {1, 7, 10, 100_000})
    void letsOrdinaryTrafficPass(int step) {
        assertThat(follow(pdu(1, 200, new byte[200]), step)).isEmpty();
        for (int n = 0; n < 20; n++) {
            assertThat(follow(data(COMMAND_AND_LAST, element(4000, 4000)), step))
                    .isEmpty();
            assertThat(follow(data(DATA, new byte[90_000]), step)).isEmpty();
        }
        assertThat(follow(pdu(5, 4, new byte[4]), step)).isEmpty();
    }

    @ParameterizedTest(name = "in steps of {0}")
    @ValueSource(ints = {1, 7, 10, 100_000})
    void objectsToALongPdu(int step) {
        follow(data(DATA, new byte[1000]), step);
        assertThat(follow(pdu(4, 100_001, new byte[0]), step))
                .hasValueSatisfying(reason -> assertThat(reason).contains("100001 bytes"));
    }

    @ParameterizedTest(name = "announcing {0}")
    @ValueSource(ints = {4097, Integer.MAX_VALUE, -1})
    void objectsToALongValueInACommand(int announced) {
        follow(data(COMMAND_AND_LAST, element(10, 10)), 9);
        assertThat(follow(data(COMMAND_AND_LAST, element(announced, 20)), 9))
                .hasValueSatisfying(reason -> assertThat(reason).contains(Integer.toUnsignedString(announced)));
    }

    @Test
    void objectsToACommandThatNeverEnds() {
        Optional<String> objection = Optional.empty();
        for (int n = 0; n < 100 && objection.isEmpty(); n++) {
            objection = follow(data(1, element(1000, 1000)), 64);
        }
        assertThat(objection).hasValueSatisfying(reason -> assertThat(reason).contains("65536 bytes"));
    }

    @Test
    void isNotMisledByAnEmptyValueBeforeACommand() {
        byte[] value = element(Integer.MAX_VALUE, 0);
        byte[] body = ByteBuffer.allocate(12 + value.length)
                .putInt(2)
                .putShort((short) 0x0100)
                .putInt(2 + value.length)
                .putShort((short) 0x0103)
                .put(value)
                .array();
        assertThat(follow(pdu(4, body.length, body), 5)).isPresent();
    }

    @Test
    void leavesNonsenseToTheToolkitAndGoesOnWithTheNextPdu() {
        byte[] nonsense = pdu(4, 20, new byte[20]);
        assertThat(follow(nonsense, 3)).isEmpty();
        assertThat(follow(pdu(4, 3, new byte[3]), 1)).isEmpty();
        assertThat(follow(data(COMMAND_AND_LAST, element(5000, 0)), 1)).isPresent();
    }
}
