package org.segnode.dicom.pixels;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads a frame with an ImageIO reader that is named, so that nothing depends on what else is installed. */
final class ImageIoDecoder {
    private ImageIoDecoder() {}

    interface RasterOf {
        Raster read(ImageReader reader) throws IOException;
    }

    static void decode(ImageReader reader, RasterOf raster, byte[] frame, int rows, int columns, int[] samples)
            throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(frame))) {
            reader.setInput(in);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width != columns || height != rows) {
                throw new IOException("a compressed frame has " + height + " x " + width + " pixels instead of " + rows
                        + " x " + columns);
            }
            Raster pixels = raster.read(reader);
            if (pixels.getNumBands() != 1) {
                throw new IOException("a compressed frame has " + pixels.getNumBands() + " samples per pixel");
            }
            pixels.getSamples(0, 0, columns, rows, 0, samples);
        } finally {
            reader.dispose();
        }
    }
}
