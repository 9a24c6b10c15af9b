package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.UnusableSeriesException;
import org.segnode.peers.SyntheticSeries;

class ChannelSeriesTest {
    @TempDir
    Path folder;

    /** Of the same frame of reference as all others made here. */
    private DicomSeries series(String uid, int slices, int size, String frame) throws Exception {
        List<Path> files = new SyntheticSeries(uid, slices, size).write(folder.resolve(uid));
        for (Path file : files) {
            Attributes image;
            Attributes meta;
            try (ImageInputStream in = new ImageInputStream(file.toFile())) {
                meta = in.readFileMetaInformation();
                image = in.readDataset(-1, -1);
            }
            image.setString(Tag.FrameOfReferenceUID, VR.UI, frame);
            Files.delete(file);
            try (ImageOutputStream out = new ImageOutputStream(file.toFile())) {
                out.writeDataset(meta, image);
            }
        }
        return new SeriesReader().read(files);
    }

    @Test
    void seriesOnOneGridBecomeChannelsOfOneVolumeThatRefersToAll() throws Exception {
        DicomSeries t1 = series("2.25.91", 5, 7, "2.25.9");
        DicomSeries flair = series("2.25.92", 5, 7, "2.25.9");
        DicomSeries both =
                ChannelSeries.join(List.of(new ChannelSeries("T1", t1), new ChannelSeries("FLAIR", flair)), false);
        assertThat(both.volume().channels())
                .containsExactly(
                        t1.volume().channels().get(0), flair.volume().channels().get(0));
        assertThat(both.source().further()).containsExactly(flair.source());
        assertThat(both.source().slices()).isEqualTo(t1.source().slices());
    }

    @Test
    void anotherGridIsRefusedByNameUnlessItIsToBeResampled() throws Exception {
        ChannelSeries t1 = new ChannelSeries("T1", series("2.25.91", 5, 7, "2.25.9"));
        ChannelSeries flair = new ChannelSeries("FLAIR", series("2.25.92", 4, 9, "2.25.9"));
        assertThatThrownBy(() -> ChannelSeries.join(List.of(t1, flair), false))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessageContaining("channel FLAIR lies on another grid than channel T1")
                .hasMessageContaining("does not say resample");
        DicomSeries both = ChannelSeries.join(List.of(t1, flair), true);
        assertThat(both.volume().shape()).isEqualTo(t1.series().volume().shape());
        assertThat(both.volume().channels().get(1)[0])
                .isEqualTo(flair.series().volume().channels().get(0)[0]);
    }

    @Test
    void anotherFrameOfReferenceIsAlwaysRefused() throws Exception {
        ChannelSeries t1 = new ChannelSeries("T1", series("2.25.91", 5, 7, "2.25.9"));
        ChannelSeries flair = new ChannelSeries("FLAIR", series("2.25.92", 5, 7, "2.25.8"));
        assertThatThrownBy(() -> ChannelSeries.join(List.of(t1, flair), true))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage(
                        "channel FLAIR has not the Frame of Reference UID of channel T1: where one lies in the other"
                                + " is not known");
    }
}
