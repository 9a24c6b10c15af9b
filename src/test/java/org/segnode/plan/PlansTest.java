package org.segnode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlansTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/segnode/plan");

    @TempDir
    Path folder;

    @Test
    void readsThePlansOfATrainedModel() throws IOException {
        Plans plans = Plans.read(FOLDER.resolve("hippocampus-plans.json"));
        Configuration configuration = plans.configuration("3d_fullres");
        assertThat(plans.plansName()).isEqualTo("nnUNetSmallPlans");
        assertThat(configuration.patchSizeArray()).containsExactly(40, 56, 40);
        assertThat(configuration.normalizations()).containsExactly(Normalization.Z_SCORE);
        assertThat(configuration.architecture().features()).containsExactly(16, 32, 64, 128);
        assertThat(configuration.architecture().norm().affine()).isTrue();
        assertThat(configuration.resamplingData()).isEqualTo(ResamplingSpec.spline(false, 3));
        assertThat(plans.configuration("2d").is2d()).isTrue();
        assertThat(plans.intensities(0).orElseThrow().percentile995()).isEqualTo(267970.1875);
        assertThat(plans.intensities(1)).isEmpty();
    }

    @Test
    void convertsPlansWrittenBeforeTheArchitectureEntry() throws IOException {
        Plans plans = Plans.read(FOLDER.resolve("old-plans.json"));
        Architecture network = plans.configuration("3d_fullres").architecture();
        assertThat(network.features()).containsExactly(32, 64, 128, 256, 320);
        assertThat(network.dimensions()).isEqualTo(3);
        assertThat(network.divisors()).containsExactly(4, 16, 16);
        assertThat(network.convBias()).isTrue();
        assertThat(plans.intensities(0).orElseThrow().std()).isEqualTo(37.13);
    }

    @Test
    void inheritsWhatAConfigurationDoesNotSayItself() throws IOException {
        Configuration cascade = Plans.read(FOLDER.resolve("old-plans.json")).configuration("3d_cascade_fullres");
        assertThat(cascade.patchSize()).isEqualTo(List.of(16, 96, 96));
        assertThat(cascade.previousStage()).contains("3d_lowres");
    }

    @Test
    void namesTheConfigurationsThereAre() throws IOException {
        Plans plans = Plans.read(FOLDER.resolve("old-plans.json"));
        assertThatThrownBy(() -> plans.configuration("3d_lowres"))
                .hasMessage("the plans have no configuration \"3d_lowres\" but [3d_cascade_fullres, 3d_fullres]");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/transpose_forward | [0,0,1] | transpose_forward must be a permutation of 0, 1, 2, is [0, 0, 1]",
                "/transpose_forward | [0,1,7] | transpose_forward/2 must be a whole number from 0 to 2, is 7",
                "/configurations/2d | 5 | configurations/2d must be an object, is 5",
                "/configurations/2d/patch_size | [40,-1] | patch_size/1 must be a whole number from 1 to 65536, is -1",
                "/configurations/2d/patch_size | [56,41] | must be a multiple of the strides' product 8 along axis 1",
                "/configurations/2d/patch_size | [65536,65536] | at most 1073741824 voxels",
                "/configurations/2d/spacing | [0,1] | spacing/0 must be a number from 1.0E-6 to 1000000.0, is 0",
                "/configurations/2d/spacing | [NaN,1] | spacing/0 must be a number",
                "/configurations/2d/batch_size | 1e300 | batch_size must be a whole number",
                "/configurations/2d/inherits_from | \"2d\" | inherits_from must be free of cycles, is \"2d\"",
                "/configurations/2d/inherits_from | \"4d\" | must be the name of another configuration",
                "/configurations/2d/normalization_schemes | [\"X\"] | must be a known normalization",
                "/configurations/2d/use_mask_for_norm | [true,false] | use_mask_for_norm must have 1 entries, has 2",
                "/configurations/2d/resampling_fn_seg | \"f\" | resampling_fn_seg must be resample_data_or_seg_to_shape",
                "/configurations/2d/architecture/network_class_name | \"os.system\" | must be PlainConvUNet or",
                "/configurations/2d/architecture/arch_kwargs/n_stages | 1000000000 | must be a whole number from 2 to 16",
                "/configurations/2d/architecture/arch_kwargs/n_stages | 5 | features_per_stage must be a list of 5",
                "/configurations/2d/architecture/arch_kwargs/strides | [[1,1],[2,2],[2,2],[2]] | must be a list of 2",
                "/configurations/2d/architecture/arch_kwargs/kernel_sizes | 4 | kernel_sizes must be odd, is 4",
                "/configurations/2d/architecture/arch_kwargs/width | 4 | width must be absent",
                "/foreground_intensity_properties_per_channel/0/std | \"a\" | std must be a number, is \"a\"",
            })
    void refusesAbsurdValuesInOneLine(String place, String value, String complaint) throws IOException {
        JsonMapper mapper = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        ObjectNode plans = (ObjectNode)
                mapper.readTree(FOLDER.resolve("hippocampus-plans.json").toFile());
        JsonNode parent = plans.at(place.substring(0, place.lastIndexOf('/')));
        ((ObjectNode) parent).set(place.substring(place.lastIndexOf('/') + 1), mapper.readTree(value));
        Path file =
                Files.writeString(folder.resolve("plans.json"), plans.toString().replace("\"NaN\"", "NaN"));
        assertThatThrownBy(() -> Plans.read(file))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining(complaint)
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasLineCount(1));
    }

    @Test
    void refusesWhatIsNoJson() throws IOException {
        for (String text : List.of("", "[]", "{", "nul", "{\"a\":" + "[".repeat(2000), "\u0000\u0001")) {
            Path file = Files.writeString(folder.resolve("plans.json"), text, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Plans.read(file)).isInstanceOf(UnusableFileException.class);
        }
    }

    @Test
    void refusesCyclesOfInheritance() throws IOException {
        String text = Files.readString(FOLDER.resolve("old-plans.json"))
                .replace("\"data_identifier\"", "\"inherits_from\": \"3d_cascade_fullres\", \"data_identifier\"");
        Path file = Files.writeString(folder.resolve("plans.json"), text);
        assertThatThrownBy(() -> Plans.read(file)).hasMessageContaining("must be free of cycles");
    }
}
