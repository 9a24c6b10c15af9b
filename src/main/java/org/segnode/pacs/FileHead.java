package org.segnode.pacs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.segnode.dicom.Implementation;

/**
 * Preamble and file meta information (PS3.10 7.1) of an object in the spool. Its last value is the seal, 16 bytes of
 * Private Information (0002,0102): magic, CRC-32C and length of the data set. It is written when the data set is
 * complete, and tells after a power cut whether a file that has not got its final name yet is whole.
 */
final class FileHead {
    static final int SEAL_BYTES = 16;

    private static final int MAGIC = 0x5345474e; // "SEGN"
    private static final int GROUP_LENGTH_AT = 140;
    private static final int GROUP_AT = 144;
    private static final int LONGEST_GROUP = 1 << 16;

    private FileHead() {}

    /** Bytes up to the data set, with an empty seal at the end. */
    static byte[] of(Origin origin) {
        Attributes meta = new Attributes();
        meta.setBytes(0x00020001, VR.OB, new byte[] {0, 1});
        meta.setString(0x00020002, VR.UI, origin.sopClassUid());
        meta.setString(0x00020003, VR.UI, origin.sopInstanceUid());
        meta.setString(0x00020010, VR.UI, origin.transferSyntaxUid());
        meta.setString(0x00020012, VR.UI, Implementation.CLASS_UID);
        meta.setString(0x00020013, VR.SH, Implementation.VERSION_NAME);
        meta.setString(0x00020016, VR.AE, origin.callingAet());
        meta.setString(0x00020018, VR.AE, origin.calledAet());
        meta.setString(0x00020100, VR.UI, Implementation.CLASS_UID);
        meta.setBytes(0x00020102, VR.OB, new byte[SEAL_BYTES]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (ImageOutputStream out = new ImageOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
            out.writeFileMetaInformation(meta);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static ByteBuffer seal(long dataSetBytes, int crc32c) {
        return ByteBuffer.allocate(SEAL_BYTES)
                .putInt(MAGIC)
                .putInt(crc32c)
                .putLong(dataSetBytes)
                .flip();
    }

    /** Where the data set of a file begins, or nothing if the file has no such head. */
    static Optional<Integer> length(FileChannel file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(GROUP_AT);
        readFully(file, start, 0);
        if (start.hasRemaining()) {
            return Optional.empty();
        }
        boolean magic = new String(start.array(), 128, 4, StandardCharsets.US_ASCII).equals("DICM");
        int group = Integer.reverseBytes(start.getInt(GROUP_LENGTH_AT));
        return magic && group > SEAL_BYTES && group <= LONGEST_GROUP ? Optional.of(GROUP_AT + group) : Optional.empty();
    }

    /** Whether the file carries a seal that fits its data set. Reads the whole file. */
    static boolean isWhole(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            Optional<Integer> head = length(file);
            if (head.isEmpty()) {
                return false;
            }
            ByteBuffer found = ByteBuffer.allocate(SEAL_BYTES);
            readFully(file, found, head.get() - SEAL_BYTES);
            ByteBuffer expected = seal(file.size() - head.get(), DataSets.crc32c(file, head.get()));
            return found.flip().equals(expected);
        }
    }

    /** SHA-256 of what follows the head, in hexadecimal. */
    static String dataSetDigest(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return DataSets.sha256(file, length(file).orElse(0));
        }
    }

    private static void readFully(FileChannel file, ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int read = file.read(into, at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }
}
