package org.segnode.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageEncodingOptions;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.TemporaryException;
import org.segnode.peers.SyntheticSeries;

class SpoolTest {
    private static final SyntheticSeries SERIES = new SyntheticSeries("2.25.9", 2, 201);

    @TempDir
    Path folder;

    private Spool spool;

    @BeforeEach
    void make() {
        spool = new Spool(folder.resolve("spool"));
    }

    private static Origin origin(int slice) {
        return new Origin(
                UID.CTImageStorage, SERIES.sopInstanceUid(slice), UID.ExplicitVRLittleEndian, "CT1", "NODE", 5);
    }

    private byte[] dataSet(int slice) throws IOException {
        Path file = SERIES.write(folder.resolve("sent")).get(slice - 1);
        byte[] bytes = Files.readAllBytes(file);
        return Arrays.copyOfRange(bytes, (int) OutgoingObject.of(file).headBytes(), bytes.length);
    }

    private ReceivedInstance keep(int slice, byte[] dataSet) throws Exception {
        try (IncomingObject object = spool.begin(origin(slice))) {
            object.write(dataSet);
            ObjectIds ids = DataSetStart.read(object);
            object.seal();
            return spool.keep(object, ids).instance();
        }
    }

    /** What a power cut leaves behind: the object is written, but has not got its place. */
    private Path leaveBehind(int slice, byte[] dataSet, boolean sealed) throws Exception {
        Path left;
        byte[] bytes;
        try (IncomingObject object = spool.begin(origin(slice))) {
            object.write(dataSet);
            object.flush();
            if (sealed) {
                object.seal();
            }
            left = object.part();
            bytes = Files.readAllBytes(left);
        }
        return Files.write(left, bytes);
    }

    @Test
    void namesFilesByDigestsAndFindsThemAgain() throws Exception {
        ReceivedInstance kept = keep(1, dataSet(1));
        assertThat(kept.seriesKey()).matches("[0-9a-f]{32}").isEqualTo(Spool.seriesKey("2.25.9.1", "2.25.9.1.1"));
        assertThat(kept.file().getFileName().toString()).matches("[0-9a-f]{32}\\.dcm");
        assertThat(spool.seriesKeys()).containsExactly(kept.seriesKey());
        assertThat(spool.files(kept.seriesKey())).containsExactly(kept.file());
        ReceivedInstance found = spool.describe(kept.file());
        assertThat(found.callingAet()).isEqualTo("CT1");
        assertThat(found.calledAet()).isEqualTo("NODE");
        assertThat(found.sopInstanceUid()).isEqualTo("2.25.9.1.1.1");
        assertThat(found.association()).isZero();
    }

    @Test
    void writesFilesThatOthersCanRead() throws Exception {
        byte[] dataSet = dataSet(1);
        try (ImageInputStream in = new ImageInputStream(keep(1, dataSet).file().toFile())) {
            assertThat(in.readFileMetaInformation().getString(Tag.TransferSyntaxUID))
                    .isEqualTo(UID.ExplicitVRLittleEndian);
            assertThat(in.readAllBytes()).isEqualTo(dataSet);
        }
    }

    @Test
    void takesWhatWasSyncedBeforeThePowerWent() throws Exception {
        leaveBehind(1, dataSet(1), true);
        assertThat(spool.recover()).isEqualTo(1);
        List<Path> files = spool.files(Spool.seriesKey("2.25.9.1", "2.25.9.1.1"));
        assertThat(files).hasSize(1);
        assertThat(FileHead.isWhole(files.get(0))).isTrue();
        assertThat(folder.resolve("spool").resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void removesWhatWasNotWholeWhenThePowerWent() throws Exception {
        leaveBehind(1, dataSet(1), false);
        Path cut = leaveBehind(2, dataSet(2), true);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), (int) Files.size(cut) - 100));
        Path zeros = leaveBehind(2, dataSet(2), true);
        byte[] bytes = Files.readAllBytes(zeros);
        Arrays.fill(bytes, bytes.length - 4096, bytes.length, (byte) 0);
        Files.write(zeros, bytes);
        Files.write(folder.resolve("spool").resolve("incoming").resolve("empty.part"), new byte[0]);
        assertThat(spool.recover()).isZero();
        assertThat(spool.seriesKeys()).isEmpty();
        assertThat(folder.resolve("spool").resolve("incoming")).isEmptyDirectory();
    }

    @ParameterizedTest(name = "items of unknown length: {0}")
    @ValueSource(booleans = {false, true})
    void findsTheIdentifiersBehindALongSequence(boolean unknownLength) throws Exception {
        byte[] dataSet = withLongSequence(unknownLength);
        assertThat(dataSet).hasSizeGreaterThan(300_000);
        ReceivedInstance kept = keep(1, dataSet);
        assertThat(kept.studyInstanceUid()).isEqualTo("2.25.9.1");
        assertThat(spool.describe(kept.file()).seriesInstanceUid()).isEqualTo("2.25.9.1.1");
    }

    private byte[] withLongSequence(boolean unknownLength) throws IOException {
        Attributes image;
        try (ImageInputStream in =
                new ImageInputStream(SERIES.write(folder.resolve("sent")).get(0).toFile())) {
            image = in.readDataset(-1, -1);
        }
        Sequence references = image.newSequence(Tag.ReferencedImageSequence, 3000);
        for (int n = 0; n < 3000; n++) {
            Attributes item = new Attributes();
            item.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.CTImageStorage);
            item.setString(Tag.SOPInstanceUID, VR.UI, "2.25.404." + n); // not that of the object
            item.setString(Tag.StudyInstanceUID, VR.UI, "2.25.404");
            references.add(item);
        }
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (ImageOutputStream out = new ImageOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
            out.setEncodingOptions(new ImageEncodingOptions(false, unknownLength, false, unknownLength, false));
            out.writeDataset(null, image);
        }
        return bytes.toByteArray();
    }

    @Test
    void removesASeries() throws Exception {
        String key = keep(1, dataSet(1)).seriesKey();
        spool.remove(key);
        assertThat(spool.seriesKeys()).isEmpty();
        assertThat(spool.files(key)).isEmpty();
        spool.remove(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "", "incoming", "0123456789abcdef0123456789abcdeg", "/etc"})
    void hasNoFolderForWhatIsNoKey(String key) {
        assertThatThrownBy(() -> spool.seriesFolder(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    @Test
    void saysWhatCannotBeRead() throws Exception {
        Path file = Files.write(folder.resolve("x.dcm"), new byte[300]);
        assertThatThrownBy(() -> spool.describe(file))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("x.dcm");
    }

    @Test
    void cannotBeMadeBelowAFile() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[1]);
        assertThatThrownBy(() -> new Spool(file.resolve("spool"))).isInstanceOf(TemporaryException.class);
    }
}
