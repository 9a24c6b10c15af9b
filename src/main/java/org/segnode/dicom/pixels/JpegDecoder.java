package org.segnode.dicom.pixels;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;

/** JPEG Baseline of 8 bit, and JPEG Lossless (ISO 10918-1 process 14) of up to 16 bit. */
final class JpegDecoder implements FrameDecoder {
    @Override
    public void decode(byte[] frame, int rows, int columns, int bitsAllocated, int[] samples) throws IOException {
        ImageReader reader = registered().createReaderInstance(null);
        ImageIoDecoder.decode(reader, r -> r.read(0).getRaster(), frame, rows, columns, samples);
    }

    /** The registered one: it knows the reader of the JDK, to which it leaves baseline. */
    private static JPEGImageReaderSpi registered() {
        JPEGImageReaderSpi spi = IIORegistry.getDefaultInstance().getServiceProviderByClass(JPEGImageReaderSpi.class);
        if (spi == null) {
            throw new IllegalStateException("the JPEG reader is not registered with ImageIO");
        }
        return spi;
    }
}
