package org.segnode.volume.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

/** NIfTI as SimpleITK 2.5 and nibabel read it. */
class NiftiTest {
    @TempDir
    Path folder;

    /** A header of 2 x 3 x 4 voxels, 16 bits, spacing 1.5, 2, 2.5 mm, without an affine. */
    private static ByteBuffer header(ByteOrder order) {
        ByteBuffer header = ByteBuffer.allocate(352).order(order);
        header.putInt(0, 348);
        short[] dim = {3, 2, 3, 4, 1, 1, 1, 1};
        for (int i = 0; i < 8; i++) {
            header.putShort(40 + 2 * i, dim[i]);
        }
        header.putShort(70, (short) 4).putShort(72, (short) 16);
        header.putFloat(76, 1).putFloat(80, 1.5f).putFloat(84, 2).putFloat(88, 2.5f);
        header.putFloat(108, 352).putFloat(112, 1);
        header.put(344, new byte[] {'n', '+', '1', 0});
        return header;
    }

    private static byte[] counted(ByteOrder order, int count) {
        ByteBuffer voxels = ByteBuffer.allocate(2 * count).order(order);
        for (int i = 0; i < count; i++) {
            voxels.putShort((short) i);
        }
        return voxels.array();
    }

    private Path file(String name, ByteBuffer header, byte[] voxels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header.array(), header.arrayOffset(), header.capacity());
        bytes.writeBytes(voxels);
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private static void putMatrix(ByteBuffer header, int code, double... rows) {
        header.putShort(254, (short) code);
        for (int i = 0; i < 12; i++) {
            header.putFloat(280 + 4 * i, (float) rows[i]);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void readsSliceRowColumnInBothByteOrders(String name) throws IOException {
        ByteOrder order = name.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Volume volume = VolumeFiles.read(List.of(file("a.nii", header(order), counted(order, 24))));
        assertThat(volume.shape()).isEqualTo(new Shape(4, 3, 2));
        assertThat(volume.grid().spacing()).isEqualTo(new Spacing(2.5, 2, 1.5));
        assertThat(volume.channels().get(0)).startsWith(0, 1, 2).endsWith(22, 23);
    }

    @ParameterizedTest(name = "slope {0}, intercept {1}: {2}, {3}")
    @CsvSource({"2, 1, 1, 3", "0, 5, 5, 6", "NaN, 0, 0, 1", "1, -3, -3, -2", "0, 0, 0, 1"})
    void scalesAsItkDoes(float slope, float intercept, float first, float second) throws IOException {
        ByteBuffer header = header(ByteOrder.LITTLE_ENDIAN);
        header.putFloat(112, slope).putFloat(116, intercept);
        Volume volume = VolumeFiles.read(List.of(file("a.nii", header, counted(ByteOrder.LITTLE_ENDIAN, 24))));
        assertThat(volume.channels().get(0)).startsWith(first, second);
    }

    @ParameterizedTest(name = "qform {0}, sform {1}: {2}")
    @CsvSource({"0, 1, s", "1, 1, s", "1, 2, q", "0, 3, s", "3, 0, q", "4, 1, s", "2, 2, q"})
    void prefersAffinesAsItkDoes(int qform, int sform, String chosen) throws IOException {
        ByteBuffer header = header(ByteOrder.LITTLE_ENDIAN);
        putMatrix(header, sform, 1.5, 0, 0, 10, 0, 2, 0, 20, 0, 0, 2.5, 30);
        header.putShort(252, (short) qform).putFloat(276, 7);
        Volume volume = VolumeFiles.read(List.of(file("a.nii", header, counted(ByteOrder.LITTLE_ENDIAN, 24))));
        assertThat(volume.grid().origin().z()).isEqualTo(chosen.equals("s") ? 30 : 7);
    }

    @Test
    void turnsRightAndFrontIntoLeftAndBack() throws IOException {
        ByteBuffer header = header(ByteOrder.LITTLE_ENDIAN);
        putMatrix(header, 1, 1.5, 0, 0, 10, 0, 2, 0, 20, 0, 0, 2.5, 30);
        Grid grid = VolumeFiles.read(List.of(file("a.nii", header, counted(ByteOrder.LITTLE_ENDIAN, 24))))
                .grid();
        assertThat(grid.origin()).isEqualTo(new Position(-10, -20, 30));
        assertThat(grid.columnStep()).isEqualTo(new Position(-1.5, -0.0, 0));
    }

    @Test
    void refusesObliqueAxesAsItkDoesAndReadsThemAsNibabelDoes() throws IOException {
        ByteBuffer header = header(ByteOrder.LITTLE_ENDIAN);
        putMatrix(header, 1, 1.5, 0.3, 0, 10, 0, 2, 0, 20, 0, 0, 2.5, 30);
        Path file = file("a.nii", header, counted(ByteOrder.LITTLE_ENDIAN, 24));
        assertThatThrownBy(() -> VolumeFiles.read(List.of(file)))
                .isInstanceOf(UnusableImageException.class)
                .hasMessageContaining("a.nii: has axes that are not perpendicular");
        assertThat(ReaderWriter.NIBABEL.read(List.of(file)).volume().grid().spacing())
                .isEqualTo(new Spacing(2.5, 2, 1.5));
    }

    @Test
    void readsTheFourthAxisAsChannels() throws IOException {
        ByteBuffer header = header(ByteOrder.LITTLE_ENDIAN);
        header.putShort(40, (short) 4).putShort(48, (short) 2);
        Volume volume = VolumeFiles.read(List.of(file("a.nii", header, counted(ByteOrder.LITTLE_ENDIAN, 48))));
        assertThat(volume.channels()).hasSize(2);
        assertThat(volume.channels().get(1)).startsWith(24);
    }

    @Test
    void readsAFlatImageAsOneSlice() throws IOException {
        ByteBuffer header = header(ByteOrder.LITTLE_ENDIAN);
        header.putShort(40, (short) 2);
        Volume volume = VolumeFiles.read(List.of(file("a.nii", header, counted(ByteOrder.LITTLE_ENDIAN, 6))));
        assertThat(volume.shape()).isEqualTo(new Shape(1, 3, 2));
        assertThat(volume.grid().spacing()).isEqualTo(new Spacing(1998, 2, 1.5));
        Path written = folder.resolve("flat.nii");
        VolumeFiles.write(new LabelMap(volume.grid(), new short[6]), written);
        assertThat(ByteBuffer.wrap(Files.readAllBytes(written))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getShort(40))
                .isEqualTo((short) 2);
    }

    @ParameterizedTest(name = "largest label {0}: {1} bits")
    @CsvSource({"254, 8", "255, 16", "32767, 16"})
    void writesLabelsThatCanBeReadAgain(short largest, int bits) throws IOException {
        Position slice = new Position(0.3, 0.1, 2.2);
        Position row = new Position(0, 1.9, -0.086363636363636);
        Grid grid = new Grid(
                new Shape(2, 3, 5),
                new Position(-4, 5, 6.5),
                slice,
                row,
                row.cross(slice).times(-0.7));
        short[] labels = new short[30];
        labels[7] = largest;
        Path file = folder.resolve("labels.nii.gz");
        VolumeFiles.write(new LabelMap(grid, labels), file);
        LabelMap read = VolumeFiles.readLabels(file);
        assertThat(read.labels()).isEqualTo(labels);
        for (int corner : new int[] {0, 1}) {
            Position before = grid.position(corner, 2, 4 * corner);
            Position after = read.grid().position(corner, 2, 4 * corner);
            assertThat(after.minus(before).length()).isCloseTo(0, offset(1e-5));
        }
        assertThat(Files.size(file)).isLessThan(352 + 30L * bits / 8);
    }

    @Test
    void refusesLabelsThatAreNone() throws IOException {
        ByteBuffer header = header(ByteOrder.LITTLE_ENDIAN);
        header.putFloat(112, 0.5f);
        Path file = file("a.nii", header, counted(ByteOrder.LITTLE_ENDIAN, 24));
        assertThatThrownBy(() -> VolumeFiles.readLabels(file))
                .hasMessage("a.nii: holds the value 0.5; labels are whole numbers from 0 to 32767");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        Path file = file("a.nii", header(ByteOrder.LITTLE_ENDIAN), counted(ByteOrder.LITTLE_ENDIAN, 23));
        assertThatThrownBy(() -> VolumeFiles.read(List.of(file)))
                .isInstanceOf(UnusableImageException.class)
                .hasMessage("a.nii: is cut short: its header tells of 400 bytes, the file has 398");
    }

    @Test
    void refusesAHeaderThatClaimsMoreThanTheFileCanHold() throws IOException {
        ByteBuffer header = header(ByteOrder.LITTLE_ENDIAN);
        header.putShort(42, (short) 1200).putShort(44, (short) 1200).putShort(46, (short) 1200);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(header.array(), header.arrayOffset(), header.capacity());
            gzip.write(new byte[4_000_000]);
        }
        Path file = Files.write(folder.resolve("bomb.nii.gz"), zipped.toByteArray());
        assertThatThrownBy(() -> VolumeFiles.read(List.of(file)))
                .isInstanceOf(UnusableImageException.class)
                .hasMessageContaining("bomb.nii.gz: is cut short");
    }

    @Test
    void refusesChannelsOfDifferentShapes() throws IOException {
        ByteBuffer other = header(ByteOrder.LITTLE_ENDIAN);
        other.putShort(42, (short) 1);
        Path first = file("a.nii", header(ByteOrder.LITTLE_ENDIAN), counted(ByteOrder.LITTLE_ENDIAN, 24));
        Path second = file("b.nii", other, counted(ByteOrder.LITTLE_ENDIAN, 24));
        assertThatThrownBy(() -> VolumeFiles.read(List.of(first, second)))
                .hasMessage("b.nii: has the shape 4 x 3 x 1, but a.nii of the same case has 4 x 3 x 2");
    }

    @Test
    void readsNifti2() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(544).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, 540).put(4, new byte[] {'n', '+', '2', 0, '\r', '\n', 26, '\n'});
        long[] dim = {3, 2, 3, 4, 1, 1, 1, 1};
        for (int i = 0; i < 8; i++) {
            header.putLong(16 + 8 * i, dim[i]);
        }
        header.putShort(12, (short) 4).putShort(14, (short) 16);
        header.putDouble(104, 1).putDouble(112, 1.5).putDouble(120, 2).putDouble(128, 2.5);
        header.putLong(168, 544).putDouble(176, 1);
        Volume volume = VolumeFiles.read(List.of(file("a.nii", header, counted(ByteOrder.LITTLE_ENDIAN, 24))));
        assertThat(volume.grid().spacing()).isEqualTo(new Spacing(2.5, 2, 1.5));
        assertThat(volume.channels().get(0)).startsWith(0, 1, 2);
    }
}
