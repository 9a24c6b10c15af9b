package org.segnode.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.segnode.plan.ConfigurationPlanner.Planned;

/** From a data set's fingerprint to its plans: 2d, 3d_fullres, and where images are large 3d_lowres and the cascade. */
public final class ExperimentPlanner {
    private static final double LOWRES_THRESHOLD = 0.25;
    private static final double SPACING_STEP = 1.03;
    private static final double MASK_THRESHOLD = 0.75;

    private final Dataset dataset;
    private final Fingerprint fingerprint;
    private final PlanningOptions options;
    private final ConfigurationPlanner planner;

    /** @throws IllegalArgumentException if fingerprint and data set do not belong together */
    public ExperimentPlanner(Dataset dataset, Fingerprint fingerprint, PlanningOptions options) {
        this.dataset = dataset;
        this.fingerprint = fingerprint;
        this.options = options;
        if (dataset.numTraining().isEmpty()) {
            throw new IllegalArgumentException("planning needs numTraining in dataset.json");
        }
        if (fingerprint.intensities().size() != dataset.channelNames().size()) {
            throw new IllegalArgumentException("the data set has "
                    + dataset.channelNames().size() + " channels, its fingerprint has "
                    + fingerprint.intensities().size());
        }
        Planner.Budget budget = options.planner().budget();
        this.planner = new ConfigurationPlanner(
                budget,
                options.gpuMemoryGigabytes().orElse(budget.gigabytes),
                dataset.labels().declared());
    }

    /**
     * @param datasetName for example {@code Dataset004_Hippocampus}
     * @param imageReaderWriter nnU-Net's class name of the reader of images
     */
    public Plans plan(String datasetName, String imageReaderWriter) {
        TargetGeometry geometry = TargetGeometry.of(fingerprint, options.targetSpacing(), options.suppressTranspose());
        return new Plans(
                datasetName,
                options.plansIdentifier(),
                list(geometry.originalSpacing()),
                Arrays.stream(geometry.originalShape()).map(Math::rint).boxed().toList(),
                imageReaderWriter,
                geometry.transposeForward(),
                geometry.transposeBackward(),
                configurations(geometry),
                fingerprint.intensities());
    }

    private Map<String, Configuration> configurations(TargetGeometry geometry) {
        double[] median = geometry.medianShape();
        double voxels =
                median[0] * median[1] * median[2] * dataset.numTraining().getAsInt();
        Map<String, Configuration> configurations = new LinkedHashMap<>();
        configurations.put(
                "2d", configuration("2d", planner.plan(last2(geometry.spacing()), last2(median), voxels), true, false));
        if (median[0] == 1) {
            return configurations;
        }
        Planned fullres = planner.plan(geometry.spacing(), median, voxels);
        Optional<Planned> lowres = lowres(fullres, median);
        lowres.ifPresent(planned -> configurations.put("3d_lowres", configuration("3d_lowres", planned, false, true)));
        Configuration full = configuration("3d_fullres", fullres, lowres.isPresent(), false);
        configurations.put("3d_fullres", full);
        if (lowres.isPresent()) {
            configurations.put("3d_cascade_fullres", full.asCascade("3d_cascade_fullres", "3d_lowres"));
        }
        return configurations;
    }

    /** Coarser spacing until a patch covers a quarter of the median image; nothing if that saves less than half. */
    private Optional<Planned> lowres(Planned fullres, double[] median) {
        double[] spacing = fullres.spacing().clone();
        double patchVoxels = product(fullres.patch());
        double medianVoxels = median[0] * median[1] * median[2];
        Optional<Planned> lowres = Optional.empty();
        while (patchVoxels / medianVoxels < LOWRES_THRESHOLD) {
            coarsen(spacing);
            double[] shape = new double[3];
            medianVoxels = 1;
            for (int axis = 0; axis < 3; axis++) {
                double length = fullres.spacing()[axis] / spacing[axis] * median[axis];
                medianVoxels *= length;
                shape[axis] = Math.rint(length);
            }
            Planned planned = planner.plan(
                    spacing.clone(), shape, medianVoxels * dataset.numTraining().getAsInt());
            patchVoxels = product(planned.patch());
            lowres = Optional.of(planned);
        }
        double reduction = median[0] * median[1] * median[2] / medianVoxels;
        return reduction < 2 ? Optional.empty() : lowres;
    }

    /** Finer axes first, until none is more than twice as fine as the coarsest. */
    private static void coarsen(double[] spacing) {
        double coarsest = Arrays.stream(spacing).max().orElseThrow();
        boolean any = Arrays.stream(spacing).anyMatch(each -> coarsest / each > 2);
        for (int axis = 0; axis < spacing.length; axis++) {
            if (!any || coarsest / spacing[axis] > 2) {
                spacing[axis] *= SPACING_STEP;
            }
        }
    }

    private Configuration configuration(String name, Planned planned, boolean batchDice, boolean hasNext) {
        Planner kind = options.planner();
        return new Configuration(
                name,
                kind.dataIdentifier(options.plansIdentifier(), name),
                options.preprocessorName(),
                planned.batch(),
                Arrays.stream(planned.patch()).boxed().toList(),
                list(planned.medianShape()),
                list(planned.spacing()),
                dataset.normalizations(),
                useMask(),
                kind.resampling().forData(),
                kind.resampling().forSegmentation(),
                kind.resampling().forProbabilities(),
                planned.architecture(),
                batchDice,
                Optional.empty(),
                hasNext ? List.of("3d_cascade_fullres") : List.of());
    }

    private List<Boolean> useMask() {
        boolean cropped = fingerprint.medianRelativeSize() < MASK_THRESHOLD;
        List<Boolean> flags = new ArrayList<>();
        dataset.normalizations().forEach(each -> flags.add(cropped && each.usesMask()));
        return flags;
    }

    private static double[] last2(double[] axes) {
        return new double[] {axes[1], axes[2]};
    }

    private static double product(int[] lengths) {
        return Arrays.stream(lengths).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
