package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.UnusableSeriesException;

/** From stored numbers to the values that a network sees; 2 slices of 1 x 3 pixels, numbered 0 to 5. */
class PixelValuesTest {
    @TempDir
    Path folder;

    @Test
    void windowAndVoiTableAreNotBakedIn() throws Exception {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(2, 1, 3));
        slices.forEach(slice -> {
            slice.setString(Tag.WindowCenter, VR.DS, "2");
            slice.setString(Tag.WindowWidth, VR.DS, "1");
            slice.newSequence(Tag.VOILUTSequence, 1).add(table(0, 9, 9, 9, 9, 9, 9));
        });
        assertThat(read(slices)).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void eachSliceHasARescaleOfItsOwn() throws Exception {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(2, 1, 3));
        slices.get(1).setString(Tag.RescaleSlope, VR.DS, "0.5");
        slices.get(1).setString(Tag.RescaleIntercept, VR.DS, "-10");
        assertThat(read(slices)).containsExactly(0, 1, 2, -8.5f, -8, -7.5f);
    }

    @Test
    void aModalityTableIsLookedUpAndEndsWithItsEnds() throws Exception {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(2, 1, 3));
        slices.forEach(slice -> slice.newSequence(Tag.ModalityLUTSequence, 1).add(table(1, 100, 200, 40000)));
        assertThat(read(slices)).containsExactly(100, 100, 200, 40000, 40000, 40000);
    }

    @Test
    void aModalityTableThatIsTooShortIsRefused() {
        List<Attributes> slices = MadeSeries.on(MadeSeries.axial(2, 1, 3));
        Attributes table = table(0, 1, 2, 3);
        table.setInt(Tag.LUTDescriptor, VR.US, 4, 0, 16);
        slices.get(0).newSequence(Tag.ModalityLUTSequence, 1).add(table);
        assertThatThrownBy(() -> read(slices))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage("file 001.dcm has a Modality LUT Sequence (0028,3000) of 3 values, its LUT Descriptor"
                        + " (0028,3002) says 4");
    }

    private float[] read(List<Attributes> slices) throws Exception {
        return new SeriesReader().read(MadeSeries.write(folder, slices)).sourceValues();
    }

    private static Attributes table(int first, int... values) {
        Attributes table = new Attributes();
        table.setInt(Tag.LUTDescriptor, VR.US, values.length, first, 16);
        table.setInt(Tag.LUTData, VR.US, values);
        return table;
    }
}
