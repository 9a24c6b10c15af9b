package org.segnode.dicom;

import java.io.IOException;
import org.aoju.bus.image.UID;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.pixels.FrameDecoder;
import org.segnode.dicom.pixels.FrameDecoders;

/** Gives the frames of an image one after the other, decoded. */
interface FrameReader {
    /**
     * @param samples receives the allocated bits of each pixel, in the lower bits of an int
     * @throws IOException if the file ends, or the frame cannot be decoded
     */
    void next(int[] samples) throws IOException, UnusableSeriesException;

    /** @throws UnusableSeriesException if the transfer syntax cannot be decoded, by its name */
    static FrameReader of(DicomFile file, PixelLayout layout) throws IOException, UnusableSeriesException {
        if (!file.isEncapsulated()) {
            boolean bigEndian = UID.ExplicitVRBigEndianRetired.equals(file.transferSyntax());
            byte[] bytes = new byte[(int) layout.frameBytes()];
            return samples -> {
                file.stream().readFully(bytes);
                NativeSamples.unpack(bytes, layout.bitsAllocated() / 8, bigEndian, samples);
            };
        }
        FrameDecoder decoder = FrameDecoders.of(file.transferSyntax())
                .orElseThrow(() -> new UnusableSeriesException(DicomFile.name(file.path())
                        + " is compressed with a transfer syntax that is not supported: "
                        + FrameDecoders.name(file.transferSyntax())));
        Fragments fragments = Fragments.of(file, layout.frames());
        if (layout.bitsAllocated() == 1 && FrameDecoders.packsBytes(file.transferSyntax())) {
            return PackedBits.compressed(fragments, decoder);
        }
        return samples ->
                decoder.decode(fragments.next(), layout.rows(), layout.columns(), layout.bitsAllocated(), samples);
    }
}
