package org.segnode.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.segnode.plan.Architecture.NetworkClass;

/** Writes planned experiments as nnU-Net's planners do: same keys, same order, whole numbers where it has them. */
public final class PlansJson {
    private static final int LARGEST_FILE = 16 << 20;

    private PlansJson() {}

    /**
     * Writes plans.json. Configurations of an existing file that were not planned now are kept.
     *
     * @param planner class name of the planner used
     */
    public static void write(Path file, Plans plans, String planner) throws IOException {
        ObjectNode json = json(plans, planner);
        if (Files.exists(file)) {
            keepForeign(JsonValue.read(file, LARGEST_FILE), json);
        }
        PythonJson.write(file, json, false);
    }

    static void keepForeign(JsonValue existing, ObjectNode json) throws UnusableFileException {
        ObjectNode configurations = (ObjectNode) json.get("configurations");
        for (Map.Entry<String, JsonValue> entry :
                existing.get("configurations").entries().entrySet()) {
            if (!configurations.has(entry.getKey())) {
                configurations.set(entry.getKey(), entry.getValue().node());
            }
        }
    }

    static ObjectNode json(Plans plans, String planner) {
        ObjectNode json = object();
        json.put("dataset_name", plans.datasetName());
        json.put("plans_name", plans.plansName());
        json.set("original_median_spacing_after_transp", numbers(plans.originalMedianSpacing()));
        json.set("original_median_shape_after_transp", wholeNumbers(plans.originalMedianShape()));
        json.put("image_reader_writer", plans.imageReaderWriter());
        json.set("transpose_forward", integers(plans.transposeForward()));
        json.set("transpose_backward", integers(plans.transposeBackward()));
        ObjectNode configurations = json.putObject("configurations");
        plans.configurations().forEach((name, each) -> configurations.set(name, configuration(each)));
        json.put("experiment_planner_used", planner);
        json.put("label_manager", "LabelManager");
        json.set("foreground_intensity_properties_per_channel", IntensityProperties.json(plans.intensities()));
        plans.obstacleToExport().ifPresent(reason -> json.put("not_exportable", reason));
        return json;
    }

    private static ObjectNode configuration(Configuration planned) {
        ObjectNode json = object();
        if (planned.previousStage().isPresent()) {
            json.put("inherits_from", "3d_fullres");
            json.put("previous_stage", planned.previousStage().get());
            return json;
        }
        json.put("data_identifier", planned.dataIdentifier());
        json.put("preprocessor_name", planned.preprocessorName());
        json.put("batch_size", planned.batchSize());
        json.set("patch_size", integers(planned.patchSize()));
        boolean whole = planned.name().equals("3d_lowres");
        json.set(
                "median_image_size_in_voxels",
                whole ? wholeNumbers(planned.medianImageSize()) : numbers(planned.medianImageSize()));
        json.set("spacing", numbers(planned.spacing()));
        addNormalization(json, planned);
        addResampling(json, planned);
        json.set("architecture", architecture(planned.architecture()));
        json.put("batch_dice", planned.batchDice());
        if (!planned.nextStages().isEmpty()) {
            json.put("next_stage", planned.nextStages().get(0));
        }
        return json;
    }

    private static void addNormalization(ObjectNode json, Configuration planned) {
        ArrayNode schemes = json.putArray("normalization_schemes");
        planned.normalizations().forEach(each -> schemes.add(each.className()));
        ArrayNode masks = json.putArray("use_mask_for_norm");
        planned.useMaskForNorm().forEach(masks::add);
    }

    private static void addResampling(ObjectNode json, Configuration planned) {
        json.put("resampling_fn_data", planned.resamplingData().function().pythonName());
        json.put(
                "resampling_fn_seg", planned.resamplingSegmentation().function().pythonName());
        json.set("resampling_fn_data_kwargs", arguments(planned.resamplingData()));
        json.set("resampling_fn_seg_kwargs", arguments(planned.resamplingSegmentation()));
        json.put(
                "resampling_fn_probabilities",
                planned.resamplingProbabilities().function().pythonName());
        json.set("resampling_fn_probabilities_kwargs", arguments(planned.resamplingProbabilities()));
    }

    private static ObjectNode arguments(ResamplingSpec spec) {
        ObjectNode json = object();
        switch (spec.function()) {
            case SPLINE -> {
                json.put("is_seg", spec.isSegmentation());
                json.put("order", spec.order());
                json.put("order_z", spec.orderZ());
                json.put("force_separate_z", spec.forceSeparateZ().orElse(null));
            }
            case TORCH -> {
                json.put("is_seg", spec.isSegmentation());
                json.put("force_separate_z", spec.forceSeparateZ().orElse(null));
                json.put("memefficient_seg_resampling", spec.memoryEfficient());
                if (spec.forceSeparateZ().isEmpty()) {
                    json.put("separate_z_anisotropy_threshold", (int) spec.anisotropyThreshold());
                }
            }
            case NONE -> {
                // takes no arguments
            }
        }
        return json;
    }

    private static ObjectNode architecture(Architecture network) {
        boolean plain = network.network() == NetworkClass.PLAIN_CONV_UNET;
        ObjectNode json = object();
        json.put(
                "network_class_name",
                "dynamic_network_architectures.architectures.unet."
                        + (plain ? "PlainConvUNet" : "ResidualEncoderUNet"));
        ObjectNode arguments = json.putObject("arch_kwargs");
        arguments.put("n_stages", network.stages());
        arguments.set("features_per_stage", integers(network.features()));
        arguments.put("conv_op", "torch.nn.modules.conv.Conv" + network.dimensions() + "d");
        arguments.set("kernel_sizes", lists(network.kernelSizes()));
        arguments.set("strides", lists(network.strides()));
        arguments.set(plain ? "n_conv_per_stage" : "n_blocks_per_stage", integers(network.blocksPerStage()));
        arguments.set("n_conv_per_stage_decoder", integers(network.convsPerStageDecoder()));
        arguments.put("conv_bias", network.convBias());
        arguments.put("norm_op", "torch.nn.modules.instancenorm.InstanceNorm" + network.dimensions() + "d");
        arguments
                .putObject("norm_op_kwargs")
                .put("eps", network.norm().epsilon())
                .put("affine", true);
        arguments.putNull("dropout_op");
        arguments.putNull("dropout_op_kwargs");
        arguments.put("nonlin", "torch.nn.LeakyReLU");
        arguments.putObject("nonlin_kwargs").put("inplace", true);
        ArrayNode imports = json.putArray("_kw_requires_import");
        List.of("conv_op", "norm_op", "dropout_op", "nonlin").forEach(imports::add);
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode numbers(List<Double> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static JsonNode wholeNumbers(List<Double> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(value.longValue()));
        return array;
    }

    private static JsonNode integers(List<Integer> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static JsonNode lists(List<List<Integer>> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(each -> array.add(integers(each)));
        return array;
    }
}
