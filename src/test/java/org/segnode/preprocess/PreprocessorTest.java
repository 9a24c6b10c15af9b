package org.segnode.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.Dataset;
import org.segnode.plan.Normalization;
import org.segnode.plan.Plans;
import org.segnode.plan.ResamplingSpec;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

class PreprocessorTest {
    private static final Path CASE = Path.of("src/test/resources/golden/preprocess/iso");
    private static final Grid GRID = Grid.axial(new Shape(4, 5, 6), new Spacing(1, 1, 1));

    private Preprocessor preprocessor;

    @BeforeEach
    void open() throws IOException {
        Plans plans = Plans.read(CASE.resolve("plans.json"));
        Dataset dataset = Dataset.read(CASE.resolve("dataset.json"));
        preprocessor = new Preprocessor(plans, plans.configuration("3d_fullres"), dataset.labels());
    }

    @Test
    void refusesTheWrongNumberOfChannels() {
        Volume volume = new Volume(GRID, List.of(new float[120], new float[120]));
        assertThatThrownBy(() -> preprocessor.prepare(volume))
                .isInstanceOf(UnusableSeriesException.class)
                .hasMessage("the model takes 1 channels, the image has 2");
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        float[] voxels = new float[120];
        voxels[3] = Float.NaN;
        voxels[4] = Float.POSITIVE_INFINITY;
        assertThatThrownBy(() -> preprocessor.prepare(new Volume(GRID, voxels)))
                .hasMessage("channel 0 of the image holds 2 voxels that are not finite numbers");
    }

    @Test
    void refusesLabelsOfAnotherShape() {
        LabelMap labels = new LabelMap(Grid.axial(new Shape(4, 5, 5), new Spacing(1, 1, 1)), new short[100]);
        assertThatThrownBy(() -> preprocessor.prepareForTraining(new Volume(GRID, new float[120]), labels))
                .hasMessage("the labels have the shape 4 x 5 x 5, but the image has 4 x 5 x 6");
    }

    @Test
    void neverChangesTheVolume() throws UnusableSeriesException {
        float[] voxels = new float[120];
        voxels[50] = 7;
        voxels[80] = 9;
        float[] before = voxels.clone();
        preprocessor.prepare(new Volume(GRID, voxels));
        assertThat(voxels).isEqualTo(before);
    }

    @Test
    void windowAndRangeClipToZeroAndOne() throws UnusableSeriesException {
        float[] voxels = {-2000, -160, 40, 240, 3000};
        assertThat(new Normalizer(Normalization.window(40, 400), false, Optional.empty()).apply(voxels, new BitSet()))
                .containsExactly(0, 0, 0.5f, 1, 1);
        assertThat(new Normalizer(Normalization.range(-1000, 1000), false, Optional.empty())
                        .apply(voxels, new BitSet()))
                .containsExactly(0, 0.42f, 0.52f, 0.62f, 1);
    }

    @Test
    void refusesColoursBeyond255() {
        Normalizer rgb = new Normalizer(Normalization.RGB_TO_0_1, false, Optional.empty());
        assertThatThrownBy(() -> rgb.apply(new float[] {1, 256}, new BitSet()))
                .hasMessage("the model takes colours from 0 to 255, but the image holds the value 256.0");
    }

    @Test
    void recordedShapesAndSeparateAxesAreFound() throws IOException {
        Path file = GoldenCases.folder().resolve("separate_axis_and_new_shape.jsonl");
        for (JsonNode line : GoldenCases.lines(file)) {
            Spacing current = Spacing.of(GoldenCases.doubles(line.get("current_spacing")));
            Spacing target = Spacing.of(GoldenCases.doubles(line.get("new_spacing")));
            Shape shape = Shape.of(GoldenCases.ints(line.get("shape")));
            int[] expected = GoldenCases.ints(line.get("new_shape"));
            double voxels = (double) expected[0] * expected[1] * expected[2];
            if (voxels > 0 && voxels < Integer.MAX_VALUE) {
                assertThat(Resampling.newShape(shape, current, target).toArray())
                        .containsExactly(expected);
            }
            Optional<Boolean> force = line.get("force_separate_z").isNull()
                    ? Optional.empty()
                    : Optional.of(line.get("force_separate_z").asBoolean());
            int axis = Separation.of(
                            new ResamplingSpec(ResamplingSpec.Function.SPLINE, false, 3, 0, force, 3, false),
                            current,
                            target)
                    .axis();
            assertThat(axis).isEqualTo(line.get("axis").asInt(-1));
        }
    }

    @Test
    void placesOfClassesAreDrawnAsRecorded() throws IOException {
        for (JsonNode line : GoldenCases.lines(GoldenCases.folder().resolve("sample_foreground_locations.jsonl"))) {
            if (line.get("min_num_samples").asInt() != 10_000
                    || line.get("min_percent_coverage").asDouble() != 0.01) {
                continue; // settings that nnU-Net's preprocessor never uses
            }
            int[] seg = GoldenCases.ints(line.get("seg"));
            short[] labels = new short[seg.length];
            for (int i = 0; i < seg.length; i++) {
                labels[i] = (short) seg[i];
            }
            int[] shape = GoldenCases.ints(line.get("seg_shape"));
            List<ClassLocations.Entry> wanted = new ArrayList<>();
            line.get("classes")
                    .forEach(each -> wanted.add(new ClassLocations.Entry(
                            each.isArray()
                                    ? Arrays.stream(GoldenCases.ints(each))
                                            .boxed()
                                            .toList()
                                    : List.of(each.asInt()),
                            each.isArray(),
                            new int[0])));
            List<ClassLocations.Entry> drawn =
                    ClassLocations.draw(labels, wanted).classes();
            for (int i = 0; i < drawn.size(); i++) {
                List<Integer> expected = new ArrayList<>();
                line.at("/locations/" + i + "/voxels")
                        .forEach(voxel -> expected.add(
                                (voxel.get(1).asInt() * shape[2] + voxel.get(2).asInt()) * shape[3]
                                        + voxel.get(3).asInt()));
                assertThat(Arrays.stream(drawn.get(i).voxels()).boxed().toList())
                        .isEqualTo(expected);
            }
        }
    }
}
