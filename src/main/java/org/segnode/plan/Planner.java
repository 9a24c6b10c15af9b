package org.segnode.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.segnode.plan.Architecture.NetworkClass;

/** nnU-Net's planners: which network they plan, for how much memory, and how cases are resampled. */
public enum Planner {
    EXPERIMENT_PLANNER("ExperimentPlanner", "nnUNetPlans", Budget.PLAIN, Resampling.SPLINE),
    RES_ENC("ResEncUNetPlanner", "nnUNetResEncUNetPlans", Budget.RESIDUAL, Resampling.SPLINE),
    RES_ENC_M("nnUNetPlannerResEncM", "nnUNetResEncUNetMPlans", Budget.RESIDUAL_M, Resampling.SPLINE),
    RES_ENC_L("nnUNetPlannerResEncL", "nnUNetResEncUNetLPlans", Budget.RESIDUAL_L, Resampling.SPLINE),
    RES_ENC_XL("nnUNetPlannerResEncXL", "nnUNetResEncUNetXLPlans", Budget.RESIDUAL_XL, Resampling.SPLINE),
    TORCH("nnUNetPlanner_torchres", "nnUNetPlans_torchres", Budget.PLAIN, Resampling.TORCH),
    RES_ENC_L_TORCH(
            "nnUNetPlannerResEncL_torchres", "nnUNetResEncUNetLPlans_torchres", Budget.RESIDUAL_L, Resampling.TORCH),
    RES_ENC_L_TORCH_SEPARATE_Z(
            "nnUNetPlannerResEncL_torchres_sepz",
            "nnUNetResEncUNetLPlans_torchres_sepz",
            Budget.RESIDUAL_L,
            Resampling.TORCH_SEPARATE_Z),
    RES_ENC_L_NO_RESAMPLING(
            "nnUNetPlannerResEncL_noResampling",
            "nnUNetResEncUNetLPlans_noResampling",
            Budget.RESIDUAL_L,
            Resampling.NONE);

    private final String className;
    private final String plansName;
    private final Budget budget;
    private final Resampling resampling;

    Planner(String className, String plansName, Budget budget, Resampling resampling) {
        this.className = className;
        this.plansName = plansName;
        this.budget = budget;
        this.resampling = resampling;
    }

    /** How cases are resampled, as written into the plans. */
    enum Resampling {
        SPLINE,
        TORCH,
        TORCH_SEPARATE_Z,
        NONE;

        ResamplingSpec forData() {
            return spec(false, 3);
        }

        ResamplingSpec forSegmentation() {
            return spec(true, 1);
        }

        ResamplingSpec forProbabilities() {
            return spec(false, 1);
        }

        private ResamplingSpec spec(boolean segmentation, int order) {
            return switch (this) {
                case SPLINE -> ResamplingSpec.spline(segmentation, order);
                case TORCH -> torch(segmentation, Optional.of(false));
                case TORCH_SEPARATE_Z -> torch(segmentation, Optional.empty());
                case NONE -> new ResamplingSpec(ResamplingSpec.Function.NONE, false, 3, 0, Optional.empty(), 3, false);
            };
        }

        private static ResamplingSpec torch(boolean segmentation, Optional<Boolean> separateZ) {
            return new ResamplingSpec(ResamplingSpec.Function.TORCH, segmentation, 3, 0, separateZ, 3, false);
        }
    }

    /**
     * The memory a planner plans for: network family, feature-map values that fit in 3D and in 2D, GB of the GPU for which these
     * hold, and the largest part of the data set that one batch may cover.
     */
    enum Budget {
        PLAIN(NetworkClass.PLAIN_CONV_UNET, 560_000_000, 85_000_000, 8, 0.05),
        RESIDUAL(NetworkClass.RESIDUAL_ENCODER_UNET, 680_000_000, 135_000_000, 8, 0.05),
        RESIDUAL_M(NetworkClass.RESIDUAL_ENCODER_UNET, 680_000_000, 135_000_000, 8, 1),
        RESIDUAL_L(NetworkClass.RESIDUAL_ENCODER_UNET, 2_100_000_000d, 380_000_000, 24, 1),
        RESIDUAL_XL(NetworkClass.RESIDUAL_ENCODER_UNET, 3_600_000_000d, 560_000_000, 40, 1);

        final NetworkClass network;
        final double reference3d;
        final double reference2d;
        final double gigabytes;
        final double coverage;

        Budget(NetworkClass network, double reference3d, double reference2d, double gigabytes, double coverage) {
            this.network = network;
            this.reference3d = reference3d;
            this.reference2d = reference2d;
            this.gigabytes = gigabytes;
            this.coverage = coverage;
        }
    }

    /** Name of nnU-Net's class, for {@code -pl}. */
    public String className() {
        return className;
    }

    /** Name of the plans unless another is asked for. */
    public String plansName() {
        return plansName;
    }

    /** @throws IllegalArgumentException listing the names there are */
    public static Planner ofClassName(String className) {
        for (Planner planner : values()) {
            if (planner.className.equals(className)) {
                return planner;
            }
        }
        List<String> names = Arrays.stream(values()).map(Planner::className).toList();
        throw new IllegalArgumentException("there is no planner \"" + className + "\" but " + names);
    }

    Budget budget() {
        return budget;
    }

    Resampling resampling() {
        return resampling;
    }

    /**
     * Folder of preprocessed cases. The plain ResEnc planners share the default planner's data where they are the same.
     */
    String dataIdentifier(String plansName, String configuration) {
        boolean shared = budget != Budget.PLAIN
                && resampling == Resampling.SPLINE
                && (configuration.equals("2d") || configuration.equals("3d_fullres"));
        return (shared ? EXPERIMENT_PLANNER.plansName : plansName) + "_" + configuration;
    }
}
