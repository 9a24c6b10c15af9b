package org.segnode.dicom;

import org.segnode.UnusableSeriesException;
import org.segnode.volume.Shape;

/** Which images have pixels that can be values of a volume: one grey sample of up to 32 bits. */
final class PixelRules {
    /** A slice of more pixels is not clinical CT, MR or PET, and would fill the memory: 8192 x 8192. */
    private static final long MOST_PIXELS = 1L << 26;

    private PixelRules() {}

    /** @throws UnusableSeriesException naming the attribute that does not fit */
    static void check(DicomFile file) throws UnusableSeriesException {
        PixelLayout p = PixelLayout.of(file.attributes());
        String name = DicomFile.name(file.path());
        requireSize(p, name);
        requireGrey(p, name);
        requireBits(p, name);
        ModalityLut.of(file);
        requireData(file);
    }

    /**
     * The same for a segmentation, which may have single bits, and colours for its labels.
     *
     * @throws UnusableSeriesException naming the attribute that does not fit
     */
    static void checkSegmentation(DicomFile file) throws UnusableSeriesException {
        PixelLayout p = PixelLayout.of(file.attributes());
        String name = DicomFile.name(file.path());
        requireSize(p, name);
        VolumePixels.requireMemory(
                new Shape(1, p.rows(), p.columns()), Runtime.getRuntime().maxMemory());
        boolean bits = p.bitsAllocated() == 1 || p.bitsAllocated() == 8 || p.bitsAllocated() == 16;
        if (p.samples() != 1 || !bits || p.bitsStored() != p.bitsAllocated() || p.highBit() != p.bitsStored() - 1) {
            throw new UnusableSeriesException(name + " has " + p.samples() + " samples per pixel of "
                    + p.bitsAllocated() + " bits: a segmentation has one of 1, 8 or 16");
        }
        requireData(file);
    }

    private static void requireSize(PixelLayout p, String name) throws UnusableSeriesException {
        if (p.rows() < 1 || p.columns() < 1) {
            throw new UnusableSeriesException(
                    name + " has no pixels: " + p.rows() + " rows x " + p.columns() + " columns");
        }
        if (p.pixels() > MOST_PIXELS) {
            throw new UnusableSeriesException(
                    name + " has " + p.rows() + " x " + p.columns() + " pixels, more than 8192 x 8192");
        }
    }

    private static void requireData(DicomFile file) throws UnusableSeriesException {
        String name = DicomFile.name(file.path());
        if (!file.hasPixelData()) {
            throw new UnusableSeriesException(name + " has no Pixel Data (7FE0,0010)");
        }
        if (!file.isEncapsulated()) {
            PixelLayout.requireLength(file);
        }
    }

    private static void requireGrey(PixelLayout p, String name) throws UnusableSeriesException {
        if (p.samples() != 1 || !p.photometric().startsWith("MONOCHROME")) {
            throw new UnusableSeriesException(name + " is a colour image (" + p.photometric() + ", " + p.samples()
                    + " samples per pixel): it has no values to segment");
        }
    }

    private static void requireBits(PixelLayout p, String name) throws UnusableSeriesException {
        boolean allocated = p.bitsAllocated() == 8 || p.bitsAllocated() == 16 || p.bitsAllocated() == 32;
        boolean stored = p.bitsStored() >= 1 && p.highBit() >= p.bitsStored() - 1 && p.highBit() < p.bitsAllocated();
        if (!allocated || !stored) {
            throw new UnusableSeriesException(name + " has pixels of " + p.bitsAllocated() + " bits allocated, "
                    + p.bitsStored() + " stored, high bit " + p.highBit() + ": not 8, 16 or 32 bits");
        }
    }
}
