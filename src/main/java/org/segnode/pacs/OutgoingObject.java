package org.segnode.pacs;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.aoju.bus.core.exception.InternalException;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.metric.DataWriter;
import org.aoju.bus.image.metric.DataWriterAdapter;
import org.segnode.TemporaryException;

/**
 * A file to send.
 *
 * @param headBytes where its data set begins
 */
record OutgoingObject(Path file, String sopClassUid, String sopInstanceUid, String transferSyntaxUid, long headBytes) {
    private static final int BLOCK = 1 << 16;
    private static final Set<String> NATIVE = Set.of(
            TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntaxes.EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntaxes.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
            "1.2.840.10008.1.2.2");

    /**
     * @throws IllegalArgumentException if it has no file meta information
     * @throws TemporaryException if it cannot be read
     */
    static OutgoingObject of(Path path) {
        File file = path.toFile();
        try (ImageInputStream in = new ImageInputStream(file)) {
            Attributes meta = in.readFileMetaInformation();
            if (meta == null) {
                throw new IllegalArgumentException(path + " has no DICOM file meta information");
            }
            return new OutgoingObject(
                    path,
                    required(path, meta, 0x00020002, "Media Storage SOP Class UID"),
                    required(path, meta, 0x00020003, "Media Storage SOP Instance UID"),
                    required(path, meta, 0x00020010, "Transfer Syntax UID"),
                    in.getPosition());
        } catch (IOException e) {
            throw new TemporaryException(path + " cannot be read: " + e.getMessage(), e);
        } catch (InternalException e) { // what the toolkit throws for a stream that is none of DICOM
            throw new IllegalArgumentException(path + " is not a DICOM file", e);
        }
    }

    private static String required(Path path, Attributes meta, int tag, String name) {
        return Uid.of(meta, tag)
                .orElseThrow(() ->
                        new IllegalArgumentException(path + " has no valid " + name + " in its file meta information"));
    }

    /**
     * In which it can be sent, the best first. Segmentations are nearly empty: deflated they need a hundredth of the bytes.
     * Where pixel data are plain values, the data set can also be written in implicit VR little endian.
     */
    List<String> syntaxes() {
        Set<String> syntaxes = new LinkedHashSet<>();
        if (isExplicit() && SopClasses.isSegmentation(sopClassUid)) {
            syntaxes.add(TransferSyntaxes.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
        }
        syntaxes.add(transferSyntaxUid);
        if (NATIVE.contains(transferSyntaxUid)) {
            syntaxes.add(TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN);
        }
        return List.copyOf(syntaxes);
    }

    private boolean isExplicit() {
        return TransferSyntaxes.EXPLICIT_VR_LITTLE_ENDIAN.equals(transferSyntaxUid);
    }

    /** Writes the data set as it is stored, or converted if {@code syntax} is another one. */
    DataWriter in(String syntax) {
        if (isExplicit() && TransferSyntaxes.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN.equals(syntax)) {
            return (out, same) -> deflate(out);
        }
        return syntax.equals(transferSyntaxUid)
                ? (out, same) -> copy(out)
                : (out, implicit) -> new DataWriterAdapter(dataSet()).writeTo(out, implicit);
    }

    /** A deflated data set of odd length gets the null byte that PS3.5 A.5 asks for, if it lacks it. */
    private void copy(org.aoju.bus.image.metric.PDVOutputStream out) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
            in.skipNBytes(headBytes);
            out.copyFrom(in);
            if ((Files.size(file) - headBytes) % 2 != 0) {
                out.write(0);
            }
        }
    }

    /** The same bytes deflated, without a header of zlib's (PS3.5 A.5), padded to an even number. */
    private void deflate(OutputStream out) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
            in.skipNBytes(headBytes);
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, BLOCK);
            in.transferTo(deflated);
            deflated.finish();
            if (deflater.getBytesWritten() % 2 != 0) {
                out.write(0);
            }
        } finally {
            deflater.end();
        }
    }

    private Attributes dataSet() throws IOException {
        try (ImageInputStream in = new ImageInputStream(file.toFile())) {
            return in.readDataset(-1, -1);
        }
    }
}
