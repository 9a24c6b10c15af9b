package org.segnode.peers;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** An association of one presentation context, byte by byte (PS3.8 9.3), so that anything can be sent on it. */
public final class RawAssociation implements AutoCloseable {
    public static final int A_ASSOCIATE_AC = 2;
    public static final int A_ASSOCIATE_RJ = 3;

    private static final int P_DATA_TF = 4;
    private static final int FRAGMENT = 16_000;
    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final List<Integer> answer;

    /** Proposes a context and reads the answer. */
    public RawAssociation(int port, String calling, String called, String sopClass, String syntax) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.getOutputStream().write(request(calling, called, sopClass, syntax));
        ByteBuffer head = ByteBuffer.wrap(read(6));
        byte[] body = read(head.getInt(2));
        answer = head.get(0) == A_ASSOCIATE_RJ
                ? List.of(A_ASSOCIATE_RJ, (int) body[1], (int) body[2], (int) body[3])
                : List.of((int) head.get(0), contextResult(body));
    }

    /** Type of the answer, then result, source and reason of a rejection, or the result of the context. */
    public List<Integer> answer() {
        return answer;
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the association has ended");
        }
        return bytes;
    }

    private static byte[] request(String calling, String called, String sopClass, String syntax) {
        byte[] context =
                item(0x20, concat(new byte[] {1, 0, 0, 0}, item(0x30, ascii(sopClass)), item(0x40, ascii(syntax))));
        byte[] user = item(0x50, item(0x51, new byte[] {0, 0, 0x40, 0}));
        byte[] titles = ascii(String.format("%-16s%-16s", called, calling));
        byte[] name = item(0x10, ascii("1.2.840.10008.3.1.1.1"));
        return pdu(1, concat(new byte[] {0, 1, 0, 0}, titles, new byte[32], name, context, user));
    }

    private static byte[] pdu(int type, byte[] body) {
        byte[] head = ByteBuffer.allocate(6)
                .put((byte) type)
                .put((byte) 0)
                .putInt(body.length)
                .array();
        return concat(head, body);
    }

    private static byte[] item(int type, byte[] content) {
        byte[] head = ByteBuffer.allocate(4)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) content.length)
                .array();
        return concat(head, content);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Of the first presentation context item of an A-ASSOCIATE-AC. */
    private static int contextResult(byte[] body) {
        ByteBuffer items = ByteBuffer.wrap(body, 68, body.length - 68).slice();
        while (items.get(items.position()) != 0x21) {
            items.position(items.position() + 4 + items.getShort(items.position() + 2));
        }
        return items.get(items.position() + 6);
    }

    /** The PDUs of a C-STORE request. */
    public static byte[] storeRequest(String sopClass, String instance, byte[] dataSet) {
        byte[] elements = concat(
                element(0x0002, uid(sopClass)),
                element(0x0100, little(1)),
                element(0x0110, little(1)),
                element(0x0700, little(0)),
                element(0x0800, little(0)),
                element(0x1000, uid(instance)));
        byte[] length = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(elements.length)
                .array();
        ByteArrayOutputStream pdus = new ByteArrayOutputStream();
        pdus.writeBytes(value(concat(element(0, length), elements), 3));
        int at = 0;
        do {
            int count = Math.min(FRAGMENT, dataSet.length - at);
            byte[] fragment = Arrays.copyOfRange(dataSet, at, at + count);
            at += count;
            pdus.writeBytes(value(fragment, at == dataSet.length ? 2 : 0));
        } while (at < dataSet.length);
        return pdus.toByteArray();
    }

    private static byte[] value(byte[] content, int control) {
        byte[] head = ByteBuffer.allocate(6)
                .putInt(content.length + 2)
                .put((byte) 1)
                .put((byte) control)
                .array();
        return pdu(P_DATA_TF, concat(head, content));
    }

    private static byte[] element(int element, byte[] value) {
        byte[] head = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort((short) element)
                .putInt(value.length)
                .array();
        return concat(head, value);
    }

    private static byte[] uid(String uid) {
        return ascii(uid.length() % 2 == 0 ? uid : uid + "\0");
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) value)
                .array();
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Says that nothing more will be sent; what is not a whole request is so no reason to wait. */
    public void sendNoMore() throws IOException {
        socket.shutdownOutput();
    }

    /**
     * Status of the response that comes next.
     *
     * @throws IOException if the association ends instead
     */
    public int status() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(read(6));
        byte[] body = read(head.getInt(2));
        if (head.get(0) != P_DATA_TF) {
            throw new EOFException("instead of a response came a PDU of type " + head.get(0));
        }
        byte[] status = {0, 0, 0, 9, 2, 0, 0, 0};
        for (int at = 0; at + 10 <= body.length; at++) {
            if (Arrays.equals(body, at, at + 8, status, 0, 8)) {
                return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getShort(at + 8) & 0xffff;
            }
        }
        throw new IOException("a response without status");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
