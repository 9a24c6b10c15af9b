package org.segnode.dicom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Real DICOM files with bytes changed: three bytes say where (two of them) and what. */
class ChangedSeriesFuzz {
    @FuzzTest(maxDuration = "1m")
    void anyChangeOfARealFileIsReadOrRefused(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        List<Path> files = MadeSeries.resource("pixels").stream()
                .filter(file -> file.toString().contains("MR_small"))
                .toList();
        byte[] file = Files.readAllBytes(files.get((bytes[0] & 0xff) % files.size()));
        for (int i = 1; i + 2 < bytes.length; i += 3) {
            int place = ((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff);
            file[place % file.length] = bytes[i + 2];
        }
        SpoiledFilesTest.readOrRefuse(file);
    }
}
