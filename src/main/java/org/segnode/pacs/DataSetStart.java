package org.segnode.pacs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Fragments;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.io.ImageInputHandler;
import org.aoju.bus.image.galaxy.io.ImageInputStream;

/**
 * Reads the identifiers from the start of a data set and nothing else: other values are passed over, and reading ends with
 * the first element after Series Instance UID (0020,000E), so that pixel data are never touched.
 */
final class DataSetStart implements ImageInputHandler {
    private static final int BLOCK = 1 << 13;

    private final Attributes found = new Attributes();

    private DataSetStart() {}

    /** @throws StoreRefusal C000 if the data set cannot be read, or lacks an identifier */
    static ObjectIds read(IncomingObject object) throws StoreRefusal, IOException {
        String syntax = object.origin().transferSyntaxUid();
        Attributes found = parse(object.start(), syntax);
        if (!isComplete(found) && object.dataSetBytes() > IncomingObject.START_BYTES && !isDeflated(syntax)) {
            object.flush();
            found = fromFile(object.part(), object.headBytes(), syntax);
        }
        return ids(found);
    }

    /** Of an object that lies in the spool. */
    static ObjectIds read(Path file, int headBytes, String syntax) throws StoreRefusal, IOException {
        return ids(fromFile(file, headBytes, syntax));
    }

    private static Attributes fromFile(Path file, int headBytes, String syntax) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
            in.skipNBytes(headBytes);
            return parse(in, syntax);
        }
    }

    private static Attributes parse(InputStream bytes, String syntax) {
        DataSetStart start = new DataSetStart();
        try (ImageInputStream in = new ImageInputStream(bytes, syntax)) {
            in.setImageInputHandler(start);
            in.readDataset(-1, -1);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return start.found; // read far enough, or a peer has sent what cannot be parsed
        }
        return start.found;
    }

    /** The end of what is of interest. */
    private static final class FarEnough extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void readValue(ImageInputStream in, Attributes attributes) throws IOException {
        int tag = in.tag();
        boolean top = in.level() == 0;
        if (top && Integer.compareUnsigned(tag, Tag.SeriesInstanceUID) > 0) {
            throw new FarEnough();
        }
        boolean wanted = tag == Tag.SOPClassUID
                || tag == Tag.SOPInstanceUID
                || tag == Tag.StudyInstanceUID
                || tag == Tag.SeriesInstanceUID;
        if (top && wanted && in.length() >= 0 && in.length() <= BLOCK) {
            in.readValue(in, found);
        } else if (in.length() == -1) {
            in.readValue(in, attributes); // items of unknown length: their values come here again
        } else {
            in.skipFully(Integer.toUnsignedLong(in.length()));
        }
    }

    @Override
    public void readValue(ImageInputStream in, Sequence sequence) throws IOException {
        in.readValue(in, sequence);
    }

    @Override
    public void readValue(ImageInputStream in, Fragments fragments) throws IOException {
        in.skipFully(Integer.toUnsignedLong(in.length()));
    }

    @Override
    public void startDataset(ImageInputStream in) {}

    @Override
    public void endDataset(ImageInputStream in) {}

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
