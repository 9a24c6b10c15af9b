package org.segnode.dicom;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;

/**
 * How the pixels of an image are stored (PS3.3 C.7.6.3).
 *
 * @param samples samples per pixel: 1 for grey
 * @param bitsAllocated bits that a sample takes up
 * @param bitsStored bits of it that count
 * @param highBit place of the most significant of these
 * @param signed whether samples are two's complement
 * @param frames at least 1
 */
record PixelLayout(
        int rows,
        int columns,
        int samples,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        int frames,
        String photometric) {

    static PixelLayout of(Attributes image) {
        int allocated = image.getInt(Tag.BitsAllocated, 0);
        int stored = image.getInt(Tag.BitsStored, allocated);
        return new PixelLayout(
                image.getInt(Tag.Rows, 0),
                image.getInt(Tag.Columns, 0),
                image.getInt(Tag.SamplesPerPixel, 1),
                allocated,
                stored,
                image.getInt(Tag.HighBit, stored - 1),
                image.getInt(Tag.PixelRepresentation, 0) == 1,
                Math.max(1, image.getInt(Tag.NumberOfFrames, 1)),
                image.getString(Tag.PhotometricInterpretation, ""));
    }

    /** Pixels of one frame. */
    long pixels() {
        return (long) rows * columns;
    }

    /** Bytes of all frames when they are not compressed: single bits are packed without gaps (PS3.5 8.1.1). */
    long nativeBytes() {
        return (pixels() * frames * samples * bitsAllocated + 7) / 8;
    }

    /** Bytes of one frame when it is not compressed, for whole bytes per sample. */
    long frameBytes() {
        return pixels() * samples * (bitsAllocated / 8);
    }

    /**
     * The number that a sample stands for: only the stored bits count, whatever lies beside them.
     *
     * @param sample the allocated bits, in the lower bits of an int
     */
    long stored(int sample) {
        long bits = (Integer.toUnsignedLong(sample) >>> (highBit - bitsStored + 1)) & ((1L << bitsStored) - 1);
        boolean negative = signed && (bits >>> (bitsStored - 1)) != 0;
        return negative ? bits - (1L << bitsStored) : bits;
    }

    /** @throws UnusableSeriesException if the announced value is shorter than rows, columns and frames need */
    static void requireLength(DicomFile file) throws UnusableSeriesException {
        PixelLayout layout = of(file.attributes());
        boolean subsampled = layout.photometric.contains("42");
        if (!subsampled && file.announcedPixelBytes() < layout.nativeBytes()) {
            throw new UnusableSeriesException(DicomFile.name(file.path()) + " holds " + file.announcedPixelBytes()
                    + " bytes of pixel data, but " + layout.frames + " frame(s) of " + layout.rows + " x "
                    + layout.columns
                    + " pixels with " + layout.bitsAllocated + " bits need " + layout.nativeBytes());
        }
        file.requireRoomFor(file.announcedPixelBytes());
    }
}
