package org.segnode.plan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an array is brought to another shape, with nnU-Net's defaults filled in.
 *
 * @param function the routine
 * @param isSegmentation whether the array holds labels
 * @param order spline order within the plane, 0 to 5
 * @param orderZ spline order across slices when they are treated separately, 0 to 5
 * @param forceSeparateZ treat slices separately: yes, no, or empty to decide by the spacing
 * @param anisotropyThreshold ratio of spacings above which slices are treated separately
 * @param memoryEfficient the variant of torch resampling that holds one label at a time
 */
public record ResamplingSpec(
        Function function,
        boolean isSegmentation,
        int order,
        int orderZ,
        Optional<Boolean> forceSeparateZ,
        double anisotropyThreshold,
        boolean memoryEfficient) {

    /** The routines a plans file may name. */
    public enum Function {
        SPLINE("resample_data_or_seg_to_shape"),
        TORCH("resample_torch_fornnunet"),
        NONE("no_resampling_hack");

        private final String pythonName;

        Function(String pythonName) {
            this.pythonName = pythonName;
        }

        /** Name in plans.json. */
        public String pythonName() {
            return pythonName;
        }
    }

    private static final Set<String> KNOWN = Set.of(
            "is_seg",
            "order",
            "order_z",
            "force_separate_z",
            "separate_z_anisotropy_threshold",
            "memefficient_seg_resampling",
            "num_threads");

    /** nnU-Net's usual: cubic for images, linear for labels and probabilities, slices apart where spacing is anisotropic. */
    public static ResamplingSpec spline(boolean isSegmentation, int order) {
        return new ResamplingSpec(Function.SPLINE, isSegmentation, order, 0, Optional.empty(), 3, false);
    }

    /** @param name of the function, for example {@code resampling_fn_data}; its arguments stand under name + "_kwargs" */
    static ResamplingSpec of(JsonValue configuration, String name) throws UnusableFileException {
        Function function = function(configuration.get(name));
        JsonValue arguments = configuration.get(name + "_kwargs");
        for (Map.Entry<String, JsonValue> entry : arguments.entries().entrySet()) {
            if (function != Function.NONE && !KNOWN.contains(entry.getKey())) {
                throw entry.getValue().wrong("absent: the argument is not known");
            }
        }
        return new ResamplingSpec(
                function,
                truth(arguments, "is_seg"),
                integer(arguments, "order", 3),
                integer(arguments, "order_z", 0),
                separateZ(arguments, function),
                arguments.has("separate_z_anisotropy_threshold")
                        ? arguments.get("separate_z_anisotropy_threshold").number(0, 1e9)
                        : 3,
                truth(arguments, "memefficient_seg_resampling"));
    }

    private static Function function(JsonValue name) throws UnusableFileException {
        String text = name.text();
        for (Function each : Function.values()) {
            if (each.pythonName.equals(text)) {
                return each;
            }
        }
        throw name.wrong("resample_data_or_seg_to_shape, resample_torch_fornnunet or no_resampling_hack");
    }

    /** An absent key is False for the spline and None for torch: the defaults of nnU-Net's functions. */
    private static Optional<Boolean> separateZ(JsonValue arguments, Function function) throws UnusableFileException {
        if (arguments.node().has("force_separate_z")) {
            Optional<JsonValue> value = arguments.find("force_separate_z");
            return value.isPresent() ? Optional.of(value.get().truth()) : Optional.empty();
        }
        return function == Function.SPLINE ? Optional.of(false) : Optional.empty();
    }

    private static boolean truth(JsonValue arguments, String key) throws UnusableFileException {
        return arguments.has(key) && arguments.get(key).truth();
    }

    private static int integer(JsonValue arguments, String key, int otherwise) throws UnusableFileException {
        return arguments.has(key) ? arguments.get(key).integer(0, 5) : otherwise;
    }
}
