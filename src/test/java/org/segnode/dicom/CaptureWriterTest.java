package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureWriterTest {
    @TempDir
    Path folder;

    @Test
    void showsTheSlicesThatShowMostAndThenTheNumbers() throws Exception {
        SegmentedSeries result = result(2, 3, 3, 3);
        assertThat(new CapturePages(result).slices()).contains(2).hasSizeBetween(1, 3);
        List<ResultObject> written = written(result);
        assertThat(written).hasSize(new CapturePages(result).slices().size() + 1);
        Attributes first = read(written.get(0));
        assertThat(first.getString(Tag.ImageComments))
                .startsWith("AI, not reviewed. hippocampus 1.0.0. Intended use: research only");
        assertThat(first.getString(Tag.BurnedInAnnotation)).isEqualTo("NO");
        assertThat(first.getNestedDataset(Tag.SourceImageSequence).getString(Tag.ReferencedSOPInstanceUID))
                .startsWith("2.25.77.");
        assertThat(read(written.get(written.size() - 1)).contains(Tag.SourceImageSequence))
                .isFalse();
    }

    @Test
    void aResultWithoutVoxelsIsShownToo() throws Exception {
        assertThat(written(result())).hasSize(2);
    }

    @Test
    void otherPicturesHaveOtherUids() throws Exception {
        String one = written(result(2, 3)).get(0).sopInstanceUid();
        assertThat(written(result(2, 3)).get(0).sopInstanceUid()).isEqualTo(one);
        assertThat(written(result(2, 2)).get(0).sopInstanceUid()).isNotEqualTo(one);
    }

    private List<ResultObject> written(SegmentedSeries result) {
        return Results.write(
                Set.of(ResultForm.SC), result, (form, number, uid) -> folder.resolve("sc" + number + ".dcm"));
    }

    /** Five slices of 12 x 10 pixels; on slice 2 one pixel of each label that is named. */
    private SegmentedSeries result(int... labels) throws Exception {
        DicomSeries series =
                new SeriesReader().read(MadeSeries.write(folder, MadeSeries.on(MadeSeries.axial(5, 12, 10))));
        short[] all = new short[600];
        for (int i = 0; i < labels.length; i++) {
            all[240 + 44 + i] = (short) labels[i];
        }
        return new SegmentedSeries(
                new SourceLabels(series.source(), all),
                series.sourceValues(),
                SegmentationWriterTest.meanings(1, 2, 3),
                SegmentationWriterTest.ORIGIN);
    }

    private static Attributes read(ResultObject object) throws Exception {
        try (ImageInputStream in = new ImageInputStream(object.file().toFile())) {
            return in.readDataset(-1, Tag.PixelData);
        }
    }
}
