package org.segnode.dicom;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;

/** An object of ours on its way to the disk: it gets its name only when it is synced and was read back as it should be. */
final class ObjectFile {
    private final Attributes attributes;
    private final Pixels pixels;
    private final String transferSyntax;

    /** The value of Pixel Data (7FE0,0010), written as it goes. */
    interface Pixels {
        /** An object without pixels. */
        Pixels NONE = new Pixels() {
            @Override
            public long length() {
                return 0;
            }

            @Override
            public void write(OutputStream out) {}
        };

        /** Bytes, an even number below 4 GiB; 0 leaves the attribute out. */
        long length();

        /** Writes exactly that many. */
        void write(OutputStream out) throws IOException;
    }

    /** Looks at what was written by another way than the one it was written by. */
    interface Check {
        /**
         * @throws UnusableSeriesException if it cannot be read back
         * @throws IllegalStateException if it does not show what it should
         */
        void check(Path file) throws UnusableSeriesException;
    }

    ObjectFile(Attributes attributes, Pixels pixels) {
        this(attributes, pixels, UID.ExplicitVRLittleEndian);
    }

    private ObjectFile(Attributes attributes, Pixels pixels, String transferSyntax) {
        this.attributes = attributes;
        this.pixels = pixels;
        this.transferSyntax = transferSyntax;
    }

    /** Without pixels, in implicit VR: where texts may be longer than explicit VR can say (65534 bytes, PS3.5 7.1.2). */
    static ObjectFile implicit(Attributes attributes) {
        return new ObjectFile(attributes, Pixels.NONE, UID.ImplicitVRLittleEndian);
    }

    /** @throws IllegalStateException if the check fails; nothing is left then */
    ResultObject write(ResultForm form, Path file, Check check) {
        write(file, check);
        return new ResultObject(
                form,
                file,
                attributes.getString(Tag.SOPClassUID),
                attributes.getString(Tag.SOPInstanceUID),
                attributes.getString(Tag.SeriesInstanceUID));
    }

    /** @throws IllegalStateException if the check fails; nothing is left then */
    void write(Path file, Check check) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try {
                writeAndSync(part);
                check.check(part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (UnusableSeriesException e) {
                throw new IllegalStateException(
                        "the object that was written cannot be read back: " + e.getMessage(), e);
            } finally {
                Files.deleteIfExists(part);
            }
            syncFolder(file);
        } catch (IOException e) {
            throw new TemporaryException("cannot write " + file, e);
        }
    }

    private void writeAndSync(Path part) throws IOException {
        Attributes meta = Attributes.createFileMetaInformation(
                attributes.getString(Tag.SOPInstanceUID), attributes.getString(Tag.SOPClassUID), transferSyntax);
        meta.setString(Tag.ImplementationClassUID, VR.UI, Implementation.CLASS_UID);
        meta.setString(Tag.ImplementationVersionName, VR.SH, Implementation.VERSION_NAME);
        try (FileOutputStream disk = new FileOutputStream(part.toFile())) {
            // the file meta information is always in explicit VR (PS3.10 7.1); the toolkit then changes to the data
            // set's
            ImageOutputStream out =
                    new ImageOutputStream(new BufferedOutputStream(disk, 1 << 16), UID.ExplicitVRLittleEndian);
            out.writeDataset(meta, attributes);
            if (pixels.length() > 0) {
                out.writeHeader(Tag.PixelData, VR.OB, (int) pixels.length());
                pixels.write(out);
            }
            out.flush();
            disk.getFD().sync();
        }
    }

    private static void syncFolder(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root folder is no file");
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
