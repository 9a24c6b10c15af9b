package org.segnode.pacs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the parts of a {@code multipart/related} message one after the other as they come (RFC 2046 5.1, RFC 2387), as
 * DICOMweb uses it in both directions (PS3.18 8.6.1.2). It holds no more than a block in memory, however large a part is. Used
 * by one thread.
 */
public final class MultipartReader {
    private static final int BLOCK = 1 << 16;
    private static final int LONGEST_HEADERS = 1 << 13;
    public static final int LONGEST_BOUNDARY = 70;
    private static final Pattern PARAMETER = Pattern.compile(";\\s*([\\w-]+)=(?:\"([^\"]*)\"|([^;\\s]+))");

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] block = new byte[BLOCK];
    private int start;
    private int end;
    private int bodyEnd;
    private boolean delimiterThere;
    private boolean withinBody = true; // of what comes before the first part
    private boolean over;

    /**
     * A part.
     *
     * @param headers by name in lower case
     * @param body to be read, as far as it is wanted, before the next part
     */
    public record Part(Map<String, String> headers, InputStream body) {}

    /**
     * @param in not closed
     * @param boundary 1 to 70 characters, of the message's Content-Type
     */
    public MultipartReader(InputStream in, String boundary) {
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw new IllegalArgumentException("a boundary has 1 to 70 characters, is \"" + boundary + "\"");
        }
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        block[end++] = '\r'; // so that a boundary at the very beginning is one too
        block[end++] = '\n';
    }

    /** A parameter of a Content-Type, such as {@code boundary} or {@code type}. */
    public static Optional<String> parameter(String contentType, String name) {
        for (Matcher matcher = PARAMETER.matcher(contentType); matcher.find(); ) {
            if (matcher.group(1).equalsIgnoreCase(name)) {
                return Optional.of(Objects.requireNonNullElse(matcher.group(2), matcher.group(3)));
            }
        }
        return Optional.empty();
    }

    /**
     * Passes over what is left of the part before.
     *
     * @return nothing after the last part
     * @throws IOException if the message ends before, or its headers are none
     */
    public Optional<Part> next() throws IOException {
        while (withinBody) {
            start = bodyEnd;
            advance();
        }
        if (over) {
            return Optional.empty();
        }
        int next = octet();
        if (next == '-') {
            octet();
            over = true; // whatever follows
            return Optional.empty();
        }
        if (next != '\n') {
            line(); // white space behind the boundary
        }
        Map<String, String> headers = headers();
        withinBody = true;
        find();
        return Optional.of(new Part(headers, new Body()));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            length += line.length();
            int colon = line.indexOf(':');
            if (colon < 1 || length > LONGEST_HEADERS) {
                throw new IOException(colon < 1 ? "a header without a name" : "headers of more than 8 KiB");
            }
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** Up to CR LF, without it. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = octet(); next != '\n'; next = octet()) {
            line.append((char) next);
            if (line.length() > LONGEST_HEADERS) {
                throw new IOException("a header of more than 8 KiB");
            }
        }
        return line.toString().stripTrailing();
    }

    private int octet() throws IOException {
        if (start == end) {
            fill();
        }
        return block[start++] & 0xff;
    }

    private void fill() throws IOException {
        System.arraycopy(block, start, block, 0, end - start);
        end -= start;
        start = 0;
        int count = in.read(block, end, BLOCK - end);
        if (count < 0) {
            throw new EOFException("the message ends before its last boundary");
        }
        end += count;
    }

    /** Looks how far the body surely reaches in the block. */
    private void find() {
        int last = end - delimiter.length;
        for (int at = start; at <= last; at++) {
            if (block[at] == '\r' && Arrays.equals(block, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                bodyEnd = at;
                delimiterThere = true;
                return;
            }
        }
        bodyEnd = Math.max(start, last + 1);
        delimiterThere = false;
    }

    /** Beyond what is known of the body: its end, or more of it. */
    private void advance() throws IOException {
        if (delimiterThere) {
            start = bodyEnd + delimiter.length;
            delimiterThere = false;
            withinBody = false;
        } else {
            fill();
            find();
        }
    }

    private final class Body extends InputStream {
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (!ended && start == bodyEnd) {
                advance();
                ended = !withinBody;
            }
            if (ended) {
                return -1;
            }
            int count = Math.min(length, bodyEnd - start);
            System.arraycopy(block, start, bytes, offset, count);
            start += count;
            return count;
        }
    }
}
