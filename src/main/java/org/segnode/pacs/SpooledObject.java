package org.segnode.pacs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;

/**
 * A file of the spool, read up to Series Instance UID.
 *
 * @param callingAet Source Application Entity Title (0002,0016)
 * @param calledAet Receiving Application Entity Title (0002,0018)
 */
record SpooledObject(ObjectIds ids, String callingAet, String calledAet) {
    static SpooledObject read(Path path) throws IOException, StoreRefusal {
        int headBytes;
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            headBytes = FileHead.length(file).orElseThrow(() -> new IOException("no file meta information"));
        }
        try (ImageInputStream in = new ImageInputStream(path.toFile())) {
            Attributes meta = in.readFileMetaInformation();
            return new SpooledObject(
                    DataSetStart.read(path, headBytes, Objects.toString(meta.getString(0x00020010), "")),
                    Objects.toString(meta.getString(0x00020016), ""),
                    Objects.toString(meta.getString(0x00020018), ""));
        }
    }

    String seriesKey() {
        return Spool.seriesKey(ids.studyInstanceUid(), ids.seriesInstanceUid());
    }

    ReceivedInstance describe(Path file) {
        return new ReceivedInstance(
                seriesKey(),
                ids.studyInstanceUid(),
                ids.seriesInstanceUid(),
                ids.sopInstanceUid(),
                ids.sopClassUid(),
                callingAet,
                calledAet,
                0,
                false,
                file);
    }
}
