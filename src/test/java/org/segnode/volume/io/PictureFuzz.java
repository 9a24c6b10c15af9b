package org.segnode.volume.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** PNG, BMP and TIFF, told apart by their first byte. */
class PictureFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
        String ending = bytes.length == 0 ? "png" : bytes[0] == 'B' ? "bmp" : bytes[0] == 'I' ? "tif" : "png";
        DamagedFilesTest.readOrRefuse(bytes, ending);
    }
}
