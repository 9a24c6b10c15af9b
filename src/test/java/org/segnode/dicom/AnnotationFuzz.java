package org.segnode.dicom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Segmentations and structure sets of others with bytes changed: three bytes say where (two of them) and what. */
class AnnotationFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyChangeOfAnAnnotationIsReadOrRefused(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        List<Path> files = SpoiledAnnotationsTest.files();
        byte[] file = Files.readAllBytes(files.get((bytes[0] & 0xff) % files.size()));
        for (int i = 1; i + 2 < bytes.length; i += 3) {
            int place = ((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff);
            file[place % file.length] = bytes[i + 2];
        }
        SpoiledAnnotationsTest.readOrRefuse(file);
    }
}
