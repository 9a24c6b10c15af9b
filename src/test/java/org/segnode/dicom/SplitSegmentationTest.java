package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too large for one object becomes several of one series. */
class SplitSegmentationTest {
    @TempDir
    Path folder;

    @Test
    void aSegmentationIsCutBetweenSegments() throws Exception {
        SegmentedSeries result = result();
        List<ResultObject> parts = new SegmentationWriter(4).write(result, this::place); // 32 pixels: 2 frames of 16
        assertThat(parts).hasSize(3);
        assertThat(parts)
                .map(ResultObject::seriesInstanceUid)
                .containsOnly(parts.get(0).seriesInstanceUid());
        assertThat(parts).map(ResultObject::sopInstanceUid).doesNotHaveDuplicates();
        short[] together = new short[result.labels().labels().length];
        for (int p = 0; p < parts.size(); p++) {
            short[] read = SegmentationReader.read(parts.get(p).file(), result.source())
                    .labels();
            for (int i = 0; i < read.length; i++) {
                together[i] += (short) (read[i] == 0 ? 0 : p + read[i]);
            }
        }
        assertThat(together).isEqualTo(result.labels().labels());
    }

    @Test
    void aLabelMapIsCutBetweenSlices() throws Exception {
        SegmentedSeries result = result();
        List<ResultObject> parts = new LabelMapWriter(33).write(result, this::place); // 2 frames of 16 bytes
        assertThat(parts).hasSize(2);
        short[] together = new short[result.labels().labels().length];
        for (ResultObject part : parts) {
            short[] read = SegmentationReader.read(part.file(), result.source()).labels();
            for (int i = 0; i < read.length; i++) {
                together[i] += read[i];
            }
        }
        assertThat(together).isEqualTo(result.labels().labels());
    }

    @Test
    void whatFitsIsOneObject() throws Exception {
        assertThat(new SegmentationWriter().write(result(), this::place)).hasSize(1);
        assertThat(new LabelMapWriter().write(result(), this::place)).hasSize(1);
    }

    private Path place(ResultForm form, int number, String uid) {
        return folder.resolve(form.word() + number + ".dcm");
    }

    /** Three slices of 4 x 4 pixels: label 1 on all, 2 on the first two, 3 on the last. */
    private SegmentedSeries result() throws Exception {
        SourceSeries source = new SeriesReader()
                .read(MadeSeries.write(folder, MadeSeries.on(MadeSeries.axial(3, 4, 4))))
                .source();
        short[] labels = new short[48];
        labels[3] = 1;
        labels[17] = 1;
        labels[40] = 1;
        labels[0] = 2;
        labels[31] = 2;
        labels[47] = 3;
        return SegmentationWriterTest.result(
                new SourceLabels(source, labels), SegmentationWriterTest.meanings(1, 2, 3));
    }
}
