package org.segnode.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a user may ask of planning.
 *
 * @param planner which planner
 * @param gpuMemoryGigabytes memory to plan for; the planner's own if empty
 * @param preprocessorName class name written into the plans
 * @param targetSpacing spacing of 3d_fullres in mm, axes of the files; from the fingerprint if empty
 * @param plansName name of the plans; the planner's own if empty
 * @param suppressTranspose leave the axes in the order of the files
 */
public record PlanningOptions(
        Planner planner,
        Optional<Double> gpuMemoryGigabytes,
        String preprocessorName,
        Optional<List<Double>> targetSpacing,
        Optional<String> plansName,
        boolean suppressTranspose) {
    public static final String DEFAULT_PREPROCESSOR = "DefaultPreprocessor";

    public PlanningOptions {
        gpuMemoryGigabytes.ifPresent(memory -> {
            if (!(memory > 0) || memory > 1e6) {
                throw new IllegalArgumentException(
                        "the GPU memory target must be more than 0 and at most 1000000 GB, is " + memory);
            }
        });
        targetSpacing = targetSpacing.map(List::copyOf);
        targetSpacing.ifPresent(spacing -> {
            if (spacing.size() != 3 || spacing.stream().anyMatch(each -> !(each >= 1e-6 && each <= 1e6))) {
                throw new IllegalArgumentException(
                        "the target spacing must be three numbers from 0.000001 to 1000000 mm, is " + spacing);
            }
        });
        plansName.ifPresent(name -> {
            if (!name.matches("[A-Za-z0-9_.+-]{1,100}") || name.startsWith(".")) {
                throw new IllegalArgumentException(
                        "a plans name has 1 to 100 letters, digits or _.+- and no dot first, is \"" + name + "\"");
            }
        });
    }

    /** A planner's own settings. */
    public static PlanningOptions of(Planner planner) {
        return new PlanningOptions(
                planner, Optional.empty(), DEFAULT_PREPROCESSOR, Optional.empty(), Optional.empty(), false);
    }

    /** The name the plans will have. */
    public String plansIdentifier() {
        return plansName.orElse(planner.plansName());
    }
}
