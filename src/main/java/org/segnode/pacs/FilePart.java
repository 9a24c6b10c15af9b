package org.segnode.pacs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;

/**
 * The beginning of a DICOM file that comes as a stream: preamble and file meta information (PS3.10 7.1). The stream is left at
 * the data set.
 */
record FilePart(String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {
    private static final int PREAMBLE_BYTES = 128;
    private static final int START_BYTES = PREAMBLE_BYTES + 4 + 12;
    private static final int GROUP_LENGTH_TAG = 0x0002;
    private static final int LONGEST_GROUP = 1 << 16;

    /**
     * @throws StoreRefusal C000 if it does not begin as a DICOM file
     * @throws IOException if the stream breaks
     */
    static FilePart read(InputStream file) throws StoreRefusal, IOException {
        ByteBuffer start = ByteBuffer.wrap(file.readNBytes(START_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        boolean magic = start.capacity() == START_BYTES
                && new String(start.array(), PREAMBLE_BYTES, 4, StandardCharsets.US_ASCII).equals("DICM")
                && start.getInt(PREAMBLE_BYTES + 4) == GROUP_LENGTH_TAG;
        int length = magic ? start.getInt(START_BYTES - 4) : 0;
        if (length <= 0 || length > LONGEST_GROUP) {
            throw new StoreRefusal(StoreRefusal.CANNOT_UNDERSTAND, "no DICOM file with file meta information");
        }
        Attributes meta = meta(file.readNBytes(length));
        return new FilePart(
                uid(meta, Tag.MediaStorageSOPClassUID, "Media Storage SOP Class UID"),
                uid(meta, Tag.MediaStorageSOPInstanceUID, "Media Storage SOP Instance UID"),
                uid(meta, Tag.TransferSyntaxUID, "Transfer Syntax UID"));
    }

    private static Attributes meta(byte[] group) throws StoreRefusal {
        try (ImageInputStream in = new ImageInputStream(new ByteArrayInputStream(group), UID.ExplicitVRLittleEndian)) {
            return in.readDataset(-1, -1);
        } catch (IOException | RuntimeException e) {
            throw new StoreRefusal(StoreRefusal.CANNOT_UNDERSTAND, "the file meta information cannot be read");
        }
    }

    private static String uid(Attributes meta, int tag, String name) throws StoreRefusal {
        return Uid.of(meta, tag)
                .orElseThrow(() -> new StoreRefusal(StoreRefusal.CANNOT_UNDERSTAND, name + " is missing or no UID"));
    }
}
