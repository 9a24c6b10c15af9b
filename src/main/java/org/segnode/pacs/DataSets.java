package org.segnode.pacs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Bytes of data sets in files, from an offset to the end. */
final class DataSets {
    private static final int BLOCK = 1 << 16;

    private DataSets() {}

    static int crc32c(FileChannel file, long from) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long at = from; fill(block, file, at) > 0; at += block.limit()) {
            crc.update(block.duplicate());
        }
        return (int) crc.getValue();
    }

    /** In hexadecimal. */
    static String sha256(FileChannel file, long from) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long at = from; fill(block, file, at) > 0; at += block.limit()) {
            digest.update(block.duplicate());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Whether two files hold the same bytes, each from its own offset on. */
    static boolean areEqual(FileChannel one, long fromOne, FileChannel other, long fromOther) throws IOException {
        if (one.size() - fromOne != other.size() - fromOther) {
            return false;
        }
        ByteBuffer left = ByteBuffer.allocate(BLOCK);
        ByteBuffer right = ByteBuffer.allocate(BLOCK);
        for (long at = 0; fill(left, one, fromOne + at) > 0; at += left.limit()) {
            fill(right, other, fromOther + at);
            if (!left.equals(right)) {
                return false;
            }
        }
        return true;
    }

    private static int fill(ByteBuffer block, FileChannel file, long from) throws IOException {
        block.clear();
        while (block.hasRemaining() && file.read(block, from + block.position()) >= 0) {
            // the block is full or the file has ended
        }
        block.flip();
        return block.limit();
    }
}
