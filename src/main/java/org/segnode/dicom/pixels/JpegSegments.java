package org.segnode.dicom.pixels;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The marker segments of a JPEG or JPEG-LS frame (T.81 B.1.1). */
final class JpegSegments {
    private static final int START_OF_IMAGE = 0xFFD8;

    private final ByteBuffer in;
    private int marker;

    JpegSegments(byte[] frame) throws IOException {
        in = ByteBuffer.wrap(frame);
        if (in.remaining() < 2 || unsigned16() != START_OF_IMAGE) {
            throw new IOException("a JPEG frame does not begin with the marker FFD8");
        }
    }

    /** The content of the next segment; {@link #marker} then says which it is. */
    ByteBuffer next() throws IOException {
        marker = unsigned16();
        if (marker < 0xFF01) {
            throw new IOException(String.format("a JPEG frame has %04X where a marker should be", marker));
        }
        int length = unsigned16() - 2;
        if (length < 0 || length > in.remaining()) {
            throw new EOFException("a JPEG segment of " + length + " bytes in " + in.remaining());
        }
        ByteBuffer segment = in.slice(in.position(), length);
        in.position(in.position() + length);
        return segment;
    }

    int marker() {
        return marker;
    }

    /** What follows the segments so far. */
    ByteBuffer rest() {
        return in;
    }

    private int unsigned16() throws IOException {
        if (in.remaining() < 2) {
            throw new EOFException("a JPEG frame ends before its scan");
        }
        return in.getShort() & 0xffff;
    }
}
