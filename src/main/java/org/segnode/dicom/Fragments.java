package org.segnode.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.segnode.UnusableSeriesException;

/** Encapsulated pixel data, put together frame by frame (PS3.5 A.4). */
final class Fragments {
    private static final int ITEM_HEADER = 8;

    private final List<byte[]> frames;
    private int next;

    private Fragments(List<byte[]> frames) {
        this.frames = frames;
    }

    /**
     * Reads all fragments.
     *
     * @throws UnusableSeriesException if it cannot be told which fragments make which of the frames
     */
    static Fragments of(DicomFile file, int frames) throws IOException, UnusableSeriesException {
        long size = Files.size(file.path());
        ImageInputStream stream = file.stream();
        byte[] offsets = stream.readItemHeader() ? item(stream, size) : new byte[0];
        List<byte[]> items = new ArrayList<>();
        while (stream.readItemHeader()) {
            items.add(item(stream, size));
        }
        if (frames == 1) {
            return new Fragments(List.of(joined(items, 0, items.size())));
        }
        if (items.size() == frames) {
            return new Fragments(items);
        }
        List<byte[]> told = offsets.length == 4 * frames ? byOffsets(items, offsets) : List.of();
        if (told.size() == frames) {
            return new Fragments(told);
        }
        throw new UnusableSeriesException(DicomFile.name(file.path()) + " has " + items.size() + " fragments for "
                + frames + " frames and no offset table that fits: the frames cannot be told apart");
    }

    /** The compressed bytes of the next frame. */
    byte[] next() {
        return frames.get(next++);
    }

    private static byte[] item(ImageInputStream stream, long fileSize) throws IOException {
        long length = Integer.toUnsignedLong(stream.length());
        if (length > fileSize) {
            throw new java.io.EOFException("a fragment of " + length + " bytes in a file of " + fileSize);
        }
        byte[] bytes = new byte[(int) length];
        stream.readFully(bytes);
        return bytes;
    }

    private static List<byte[]> byOffsets(List<byte[]> items, byte[] table) {
        ByteBuffer offsets = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        offsets.getInt();
        List<byte[]> frames = new ArrayList<>();
        long place = 0;
        int start = 0;
        for (int i = 0; i < items.size(); i++) {
            boolean starts =
                    offsets.hasRemaining() && Integer.toUnsignedLong(offsets.getInt(offsets.position())) == place;
            if (starts) {
                offsets.getInt();
                frames.add(joined(items, start, i));
                start = i;
            }
            place += ITEM_HEADER + items.get(i).length;
        }
        frames.add(joined(items, start, items.size()));
        return frames;
    }

    private static byte[] joined(List<byte[]> items, int from, int to) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        items.subList(from, to).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
