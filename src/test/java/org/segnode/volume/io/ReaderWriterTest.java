package org.segnode.volume.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Orientation;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

class ReaderWriterTest {
    @TempDir
    Path folder;

    /** 2 x 3 x 5 voxels, tilted about the patient's x axis. */
    private static Grid oblique() {
        return new Grid(
                new Shape(2, 3, 5),
                new Position(-4, 5, 6.5),
                new Position(0, -1.2, 1.6),
                new Position(0, 0.64, 0.48),
                new Position(0.7, 0, 0));
    }

    private static LabelMap labelled(Grid grid, int largest) {
        short[] labels = new short[grid.shape().voxels()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (short) (i % 4);
        }
        labels[1] = (short) largest;
        return new LabelMap(grid, labels);
    }

    @ParameterizedTest(name = "{0}, largest label {1}")
    @CsvSource({"nii, 3", "nii.gz, 300", "nrrd, 3", "nrrd, 300", "mha, 3", "mha, 300"})
    void whatIsWrittenCanBeRead(String ending, int largest) throws IOException {
        LabelMap written = labelled(oblique(), largest);
        Path file = folder.resolve("case." + ending);
        VolumeFiles.write(written, file);
        LabelMap read = VolumeFiles.readLabels(file);
        assertThat(read.labels()).isEqualTo(written.labels());
        Position before = oblique().position(1, 2, 4);
        assertThat(read.grid().position(1, 2, 4).minus(before).length()).isCloseTo(0, offset(1e-5));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"nii.gz", "nrrd", "mha", "png", "bmp", "tif"})
    void flatImagesStayFlat(String ending) throws IOException {
        Grid grid = ImageFile.flatGrid(3, 5, 1, 1);
        Path file = folder.resolve("case." + ending);
        VolumeFiles.write(labelled(grid, 7), file);
        LabelMap read = VolumeFiles.readLabels(file);
        assertThat(read.grid()).isEqualTo(grid);
        assertThat(read.labels()).isEqualTo(labelled(grid, 7).labels());
    }

    @Test
    void giplKeepsSpacingAndOriginButNoDirections() throws IOException {
        Grid grid = Grid.axial(new Shape(2, 3, 5), new Spacing(2, 0.5, 0.25));
        Path file = folder.resolve("case.gipl");
        VolumeFiles.write(labelled(grid, 300), file);
        assertThat(VolumeFiles.readLabels(file).grid()).isEqualTo(grid);
        assertThat(VolumeFiles.readLabels(file).labels())
                .isEqualTo(labelled(grid, 300).labels());
    }

    @Test
    void tiffVolumesKeepTheirSpacingBesideThem() throws IOException {
        Grid grid = Grid.axial(new Shape(2, 3, 5), new Spacing(2, 0.5, 0.25));
        Path file = folder.resolve("case.tif");
        ReaderWriter.TIFF_3D.write(labelled(grid, 300), file);
        LabelMap read = ReaderWriter.TIFF_3D.readLabels(file);
        assertThat(read.grid()).isEqualTo(grid);
        assertThat(read.labels()).isEqualTo(labelled(grid, 300).labels());
        Files.copy(file, folder.resolve("case_0000.tif"));
        assertThat(ReaderWriter.TIFF_3D
                        .read(List.of(folder.resolve("case_0000.tif")))
                        .stored())
                .isEqualTo(grid);
    }

    @Test
    void coloursBecomeChannels() throws IOException {
        BufferedImage image = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 2, 0x0a141e);
        Path file = folder.resolve("case_0000.png");
        ImageIO.write(image, "png", file.toFile());
        Volume volume = ReaderWriter.NATURAL_IMAGE_2D.read(List.of(file)).volume();
        assertThat(volume.channels()).hasSize(3);
        assertThat(volume.channels().get(0)).endsWith(10);
        assertThat(volume.channels().get(2)).endsWith(30);
        assertThat(volume.grid().spacing()).isEqualTo(new Spacing(999, 1, 1));
    }

    @Test
    void reorientingReadersWriteOnTheOriginalGrid() throws IOException {
        Path file = folder.resolve("case.nii.gz");
        VolumeFiles.write(labelled(oblique(), 3), file);
        StoredImage image = ReaderWriter.SIMPLE_ITK_WITH_REORIENT.read(List.of(file));
        assertThat(Orientation.of(image.volume().grid())).isEqualTo(Orientation.RAS);
        short[] labels = new short[30];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (short) image.volume().channels().get(0)[i];
        }
        Path written = folder.resolve("result.nii.gz");
        ReaderWriter.SIMPLE_ITK_WITH_REORIENT.write(new LabelMap(image.volume().grid(), labels), image, written);
        assertThat(VolumeFiles.readLabels(written).labels())
                .isEqualTo(labelled(oblique(), 3).labels());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        ".nii.gz, SIMPLE_ITK",
        ".nii, NIBABEL",
        ".mha, SIMPLE_ITK",
        ".nrrd, SIMPLE_ITK",
        ".png, NATURAL_IMAGE_2D",
        ".bmp, NATURAL_IMAGE_2D"
    })
    void choosesTheReaderNnunetChooses(String ending, ReaderWriter expected) throws IOException {
        Path file = folder.resolve("case" + ending);
        VolumeFiles.write(labelled(ImageFile.flatGrid(3, 5, 1, 1), 2), file);
        assertThat(ReaderWriter.choose(ending, file)).isEqualTo(expected);
    }

    @Test
    void choosesTiffVolumesWhereATiffHasPages() throws IOException {
        Path file = folder.resolve("case.tif");
        ReaderWriter.TIFF_3D.write(labelled(Grid.axial(new Shape(2, 3, 5), new Spacing(1, 1, 1)), 2), file);
        assertThat(ReaderWriter.choose(".tif", file)).isEqualTo(ReaderWriter.TIFF_3D);
    }

    @Test
    void readsNrrdWithRasSpaceBigEndianAndChannelsLast() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String header = """
                NRRD0005
                # by hand
                type: short
                dimension: 4
                space: right-anterior-superior
                sizes: 2 1 1 2
                space directions: (1.5,0,0) (0,2,0) (0,0,3) none
                space origin: (1,2,3)
                endian: big
                encoding: raw

                """;
        bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {0, 1, 0, 2, 1, 0, 2, 0});
        Path file = Files.write(folder.resolve("case.nrrd"), bytes.toByteArray());
        Volume volume = VolumeFiles.read(List.of(file));
        assertThat(volume.channels().get(0)).containsExactly(1, 2);
        assertThat(volume.channels().get(1)).containsExactly(256, 512);
        assertThat(volume.grid().origin()).isEqualTo(new Position(-1, -2, 3));
        assertThat(volume.grid().columnStep().x()).isEqualTo(-1.5);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a.nrrd | NRRD0004;dimension: 3;sizes: 900 900 900;type: float;encoding: raw;; | is cut short",
                "a.nrrd | NRRD0004;dimension: 3;sizes: 2 2 2;type: block;encoding: raw;; | the header \"type\"",
                "a.nrrd | NRRD0004;dimension: 3;sizes: 2 2 2;type: float;encoding: bzip2;; | encoded as bzip2",
                "a.nrrd | NRRD0004;dimension: 3;sizes: 2 -2 2;type: float;encoding: raw;; | \"sizes\"",
                "a.nrrd | NRRD0004;dimension: 3 | ends within its header",
                "a.nrrd | JPEG; | is not an NRRD file",
                "a.mha | NDims = 3;DimSize = 900 900 900;ElementType = MET_FLOAT;ElementDataFile = LOCAL; | is cut short",
                "a.mha | NDims = 3;DimSize = 9 9 9;ElementType = MET_FLOAT;ElementDataFile = a.raw; | in another file",
                "a.mha | NDims = 3;DimSize = 9 9 x;ElementType = MET_FLOAT;ElementDataFile = LOCAL; | \"dimsize\"",
                "a.gipl | nothing | is not a GIPL file",
                "a.png | nothing | is not a picture",
                "a.jpg | nothing | has an ending that is not known"
            })
    void refusesWithOneLineAndTheNameOfTheFile(String name, String content, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve(name.strip()), content.replace(';', '\n'));
        assertThatThrownBy(() -> VolumeFiles.read(List.of(file)))
                .isInstanceOf(UnusableImageException.class)
                .hasMessageStartingWith(name.strip() + ": ")
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }
}
