package org.segnode.pacs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;

/** Reads the identifiers from the start of a data set; pixel data are never touched. */
final class DataSetStart {
    private static final int LONGEST_START = 16 << 20;
    private static final int FIRST_ALLOCATION = 1 << 16;

    private DataSetStart() {}

    /** @throws StoreRefusal C000 if the data set cannot be read, or lacks an identifier */
    static ObjectIds read(IncomingObject object) throws StoreRefusal, IOException {
        String syntax = object.origin().transferSyntaxUid();
        Attributes found = parse(new ByteArrayInputStream(object.start()), syntax);
        if (!isComplete(found) && object.dataSetBytes() > object.start().length && !isDeflated(syntax)) {
            found = fromFile(object.part(), object.headBytes(), syntax);
        }
        return ids(found);
    }

    /** Of an object that lies in the spool. */
    static ObjectIds read(Path file, int headBytes, String syntax) throws StoreRefusal, IOException {
        return ids(fromFile(file, headBytes, syntax));
    }

    private static Attributes fromFile(Path file, int headBytes, String syntax) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(headBytes);
            return parse(new ByteArrayInputStream(in.readNBytes(LONGEST_START)), syntax);
        }
    }

    /** What stands before Study ID (0020,0010); empty if the bytes end within an element or cannot be parsed. */
    private static Attributes parse(InputStream bytes, String syntax) {
        try (ImageInputStream in = new ImageInputStream(bytes, syntax)) {
            in.setAllocateLimit(FIRST_ALLOCATION);
            return in.readDataset(-1, Tag.StudyID);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return new Attributes(); // a peer can send anything: what cannot be parsed has no identifiers
        }
    }

    private static boolean isComplete(Attributes found) {
        return found.getString(Tag.StudyInstanceUID) != null && found.getString(Tag.SeriesInstanceUID) != null;
    }

    private static boolean isDeflated(String syntax) {
        return syntax.equals(TransferSyntaxes.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
    }

    private static ObjectIds ids(Attributes found) throws StoreRefusal {
        return new ObjectIds(
                uid(found, Tag.SOPClassUID, "SOP Class UID"),
                uid(found, Tag.SOPInstanceUID, "SOP Instance UID"),
                uid(found, Tag.StudyInstanceUID, "Study Instance UID"),
                uid(found, Tag.SeriesInstanceUID, "Series Instance UID"));
    }

    private static String uid(Attributes found, int tag, String name) throws StoreRefusal {
        return Uid.of(found, tag)
                .orElseThrow(() -> new StoreRefusal(
                        StoreRefusal.CANNOT_UNDERSTAND,
                        found.contains(tag) ? name + " of the data set is not a UID" : "data set without " + name));
    }
}
