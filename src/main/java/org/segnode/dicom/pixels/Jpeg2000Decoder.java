package org.segnode.dicom.pixels;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.io.IOException;
import javax.imageio.ImageReader;

/** JPEG 2000 (ISO 15444-1), lossless and lossy. */
final class Jpeg2000Decoder implements FrameDecoder {
    @Override
    public void decode(byte[] frame, int rows, int columns, int bitsAllocated, int[] samples) throws IOException {
        ImageReader reader = new J2KImageReaderSpi().createReaderInstance(null);
        ImageIoDecoder.decode(reader, r -> r.readRaster(0, null), frame, rows, columns, samples);
    }
}
