package org.segnode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/** An ellipsoid in the patient, scanned by stacks that are no straight, even grids, and what comes back of it. */
class GeometryRoundTripTest {
    private static final int ROWS = 50;
    private static final int COLUMNS = 64;
    private static final double ROW_MM = 2;
    private static final double COLUMN_MM = 1.5;
    private static final Position CENTRE = new Position(-31, 17, 55);
    private static final double[] AXES = {19, 24, 27};
    private static final double VOLUME = 4 / 3.0 * Math.PI * 19 * 24 * 27;

    @TempDir
    Path folder;

    /**
     * A stack through the ellipsoid.
     *
     * @param heights of the slices along their normal, in mm, the middle of the ellipsoid at 0
     * @param lean in-plane shift along columns and rows, in mm per mm of height
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Scan(String name, Position alongRow, Position alongColumn, double[] heights, double across, double down) {
        Position origin(int slice) {
            Position normal = alongRow.cross(alongColumn);
            return CENTRE.plus(normal.times(heights[slice]))
                    .plus(alongRow.times(across * heights[slice] - COLUMN_MM * (COLUMNS - 1) / 2))
                    .plus(alongColumn.times(down * heights[slice] - ROW_MM * (ROWS - 1) / 2));
        }

        Position pixel(int slice, int row, int column) {
            return origin(slice).plus(alongColumn.times(ROW_MM * row)).plus(alongRow.times(COLUMN_MM * column));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Scan> scans() {
        Position x = new Position(1, 0, 0);
        Position y = new Position(0, 1, 0);
        Position z = new Position(0, 0, 1);
        double c = Math.cos(0.3);
        double s = Math.sin(0.3);
        return Stream.of(
                new Scan("even axial", x, y, even(21, 4), 0, 0),
                new Scan("tilted axial", x, y, even(21, 4), 0, Math.tan(Math.toRadians(-18.5))),
                new Scan("axial leaning to the side", x, y, even(21, 4), Math.tan(Math.toRadians(12)), 0),
                new Scan("uneven axial", x, y, uneven(), 0, 0),
                new Scan("tilted and uneven axial", x, y, uneven(), 0, Math.tan(Math.toRadians(18.5))),
                new Scan("sagittal with gaps", y, z.times(-1), gaps(), 0, 0),
                new Scan("sagittal, tilted, with gaps", y, z.times(-1), gaps(), 0.2, 0.1),
                new Scan("oblique, uneven", new Position(c, s, 0), new Position(-s * c, c * c, s), uneven(), 0, 0),
                new Scan(
                        "oblique, tilted, uneven", new Position(c, s, 0), new Position(0, 0, -1), uneven(), 0.1, -0.3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scans")
    void whatTheNetworkSeesKeepsItsVolumeAndItsCentre(Scan scan) throws Exception {
        LabelMap seen = threshold(read(scan));
        double voxels = 0;
        Position sum = new Position(0, 0, 0);
        Shape shape = seen.shape();
        for (int i = 0; i < seen.labels().length; i++) {
            if (seen.labels()[i] > 0) {
                voxels++;
                sum = sum.plus(seen.grid()
                        .position(
                                i / (shape.rows() * shape.columns()),
                                i / shape.columns() % shape.rows(),
                                i % shape.columns()));
            }
        }
        assertThat(voxels * seen.grid().voxelVolume()).isCloseTo(VOLUME, within(0.03 * VOLUME));
        assertThat(sum.times(1 / voxels).minus(CENTRE).length()).isLessThan(0.5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scans")
    void whatIsPaintedOnTheRegularGridLiesOnTheSlicesWithinHalfAVoxel(Scan scan) throws Exception {
        DicomSeries series = read(scan);
        Grid grid = series.volume().grid();
        short[] painted = new short[grid.shape().voxels()];
        Shape shape = grid.shape();
        for (int i = 0; i < painted.length; i++) {
            Position place = grid.position(
                    i / (shape.rows() * shape.columns()), i / shape.columns() % shape.rows(), i % shape.columns());
            painted[i] = (short) (depth(place) < 1 ? 1 : 0);
        }
        SourceLabels back = series.onSource(new LabelMap(grid, painted));
        double half = new Position(
                                grid.spacing().slice(),
                                grid.spacing().row(),
                                grid.spacing().column())
                        .length()
                / 2;
        for (int i = 0; i < back.labels().length; i++) {
            double depth = depth(pixel(scan, i));
            double away = Math.abs(depth - 1) * 27; // no nearer to the surface than this times 19 / 27
            if (away * 19 / 27 > half) {
                assertThat(back.labels()[i]).isEqualTo((short) (depth < 1 ? 1 : 0));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scans")
    void theResultOnTheSlicesIsWhatTheSlicesShow(Scan scan) throws Exception {
        DicomSeries series = read(scan);
        short[] back = series.onSource(threshold(series)).labels();
        int different = 0;
        int inside = 0;
        for (int i = 0; i < back.length; i++) {
            boolean shown = series.sourceValues()[i] >= 500;
            inside += shown ? 1 : 0;
            different += shown == back[i] > 0 ? 0 : 1;
        }
        assertThat(different)
                .as("a fraction of the surface, of which half a voxel is open")
                .isLessThan(inside / 15);
        assertThat(series.source().shape()).isEqualTo(new Shape(scan.heights().length, ROWS, COLUMNS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scans")
    void theOrderOfTheFilesChangesNothing(Scan scan) throws Exception {
        List<Path> files = new ArrayList<>(write(scan));
        DicomSeries one = new SeriesReader().read(files);
        Collections.reverse(files);
        DicomSeries reversed = new SeriesReader().read(files);
        Collections.shuffle(files, new Random(3));
        DicomSeries shuffled = new SeriesReader().read(files);
        for (DicomSeries other : List.of(reversed, shuffled)) {
            assertThat(other.volume().grid()).isEqualTo(one.volume().grid());
            assertThat(other.volume().channels().get(0))
                    .isEqualTo(one.volume().channels().get(0));
            assertThat(other.verdict()).isEqualTo(one.verdict());
        }
    }

    /** The writer reads back and compares by itself; here its object is read onto the slices once more. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("scans")
    void theWrittenSegmentationLiesOnTheOriginalSlices(Scan scan) throws Exception {
        DicomSeries series = read(scan);
        SourceLabels labels = series.onSource(threshold(series));
        Path file = folder.resolve("seg");
        SegmentedSeries result = new SegmentedSeries(
                labels,
                series.sourceValues(),
                SegmentationWriterTest.meanings(1),
                SegmentationWriterTest.ORIGIN.on(series.verdict()));
        Results.write(Set.of(ResultForm.SEG), result, (form, number, uid) -> file);
        assertThat(SegmentationReader.read(file, series.source()).labels()).isEqualTo(labels.labels());
    }

    private DicomSeries read(Scan scan) throws Exception {
        return new SeriesReader().read(write(scan));
    }

    private List<Path> write(Scan scan) {
        Shape shape = new Shape(scan.heights().length, ROWS, COLUMNS);
        Position normal = scan.alongRow().cross(scan.alongColumn());
        Grid grid = new Grid(
                shape,
                scan.origin(0),
                normal.times(4),
                scan.alongColumn().times(ROW_MM),
                scan.alongRow().times(COLUMN_MM));
        List<Attributes> slices = MadeSeries.on(grid);
        for (int k = 0; k < slices.size(); k++) {
            MadeSeries.position(slices.get(k), scan.origin(k));
            ByteBuffer pixels = ByteBuffer.allocate(2 * ROWS * COLUMNS).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < ROWS * COLUMNS; i++) {
                double depth = depth(scan.pixel(k, i / COLUMNS, i % COLUMNS));
                pixels.putShort((short) Math.max(0, Math.round(500 + 2500 * (1 - depth)))); // 500 on the surface
            }
            slices.get(k).setBytes(Tag.PixelData, VR.OW, pixels.array());
        }
        return MadeSeries.write(folder, slices);
    }

    private static LabelMap threshold(DicomSeries series) {
        float[] values = series.volume().channels().get(0);
        short[] labels = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            labels[i] = (short) (values[i] >= 500 ? 1 : 0);
        }
        return new LabelMap(series.volume().grid(), labels);
    }

    private static Position pixel(Scan scan, int index) {
        return scan.pixel(index / (ROWS * COLUMNS), index / COLUMNS % ROWS, index % COLUMNS);
    }

    /** 0 in the centre, 1 on the surface. */
    private static double depth(Position place) {
        Position p = place.minus(CENTRE);
        return new Position(p.x() / AXES[0], p.y() / AXES[1], p.z() / AXES[2]).length();
    }

    private static double[] even(int slices, double step) {
        double[] heights = new double[slices];
        for (int k = 0; k < slices; k++) {
            heights[k] = step * (k - slices / 2);
        }
        return heights;
    }

    /** As a scanner that changes its step, with one nearly at the place of its neighbour. */
    private static double[] uneven() {
        double[] heights = new double[20];
        double height = -36;
        for (int k = 0; k < heights.length; k++) {
            heights[k] = height;
            height += k < 10 ? 3 : k == 10 ? 0.8 : 4.6;
        }
        return heights;
    }

    private static double[] gaps() {
        List<Double> heights = new ArrayList<>();
        for (int k = -12; k <= 12; k++) {
            if (k != -8 && k != 3 && k != 4) {
                heights.add(3.0 * k);
            }
        }
        return heights.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
