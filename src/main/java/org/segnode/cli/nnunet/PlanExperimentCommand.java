package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.segnode.plan.Configuration;
import org.segnode.plan.Dataset;
import org.segnode.plan.DatasetFolders;
import org.segnode.plan.ExperimentPlanner;
import org.segnode.plan.Fingerprint;
import org.segnode.plan.Normalization;
import org.segnode.plan.Planner;
import org.segnode.plan.PlanningOptions;
import org.segnode.plan.Plans;
import org.segnode.plan.PlansJson;
import org.segnode.plan.ReaderChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plans networks for a data set, from its fingerprint. */
@Command(
        name = "plan-experiment",
        description = "Plans networks for a data set from its fingerprint, as nnUNetv2_plan_experiment does.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode plan-experiment -d 4 -pl nnUNetPlannerResEncL",
            "  segnode plan-experiment --fingerprint F.json --dataset-json D.json -o plans.json"
        })
public final class PlanExperimentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "-d",
            arity = "1..*",
            paramLabel = "ID",
            description = "data sets below nnUNet_raw and nnUNet_preprocessed, by id or name")
    private List<String> datasets = new ArrayList<>();

    @Option(names = "--fingerprint", paramLabel = "FILE", description = "a ready dataset_fingerprint.json")
    private Optional<Path> fingerprint = Optional.empty();

    @Option(names = "--dataset-json", paramLabel = "FILE", description = "its dataset.json")
    private Optional<Path> datasetJson = Optional.empty();

    @Option(
            names = "--dataset-name",
            paramLabel = "NAME",
            description = "name for the plans; from the folder of dataset.json if not given")
    private Optional<String> datasetName = Optional.empty();

    @Option(
            names = "-pl",
            paramLabel = "PLANNER",
            defaultValue = "ExperimentPlanner",
            description = "nnU-Net's class name of the planner; ${DEFAULT-VALUE} if not given")
    private String planner;

    @Option(names = "-gpu_memory_target", paramLabel = "GB", description = "memory of the GPU to plan for")
    private Optional<Double> gpuMemory = Optional.empty();

    @Option(
            names = "-preprocessor_name",
            paramLabel = "NAME",
            defaultValue = PlanningOptions.DEFAULT_PREPROCESSOR,
            description = "written into the plans; ${DEFAULT-VALUE} if not given")
    private String preprocessor;

    @Option(
            names = "-overwrite_target_spacing",
            arity = "3",
            paramLabel = "MM",
            description = "spacing of 3d_fullres: slice, row, column, in the axes of the files")
    private List<Double> targetSpacing = new ArrayList<>();

    @Option(names = "-overwrite_plans_name", paramLabel = "NAME", description = "name of the plans")
    private Optional<String> plansName = Optional.empty();

    @Option(names = "-o", paramLabel = "FILE", description = "where plans.json goes, with --fingerprint")
    private Optional<Path> output = Optional.empty();

    @Override
    public Integer call() throws IOException {
        PlanningOptions options = new PlanningOptions(
                Planner.ofClassName(planner),
                gpuMemory,
                preprocessor,
                targetSpacing.isEmpty() ? Optional.empty() : Optional.of(targetSpacing),
                plansName,
                false);
        if (fingerprint.isPresent() && datasetJson.isPresent() && output.isPresent() && datasets.isEmpty()) {
            plan(fingerprint.get(), datasetJson.get(), name(datasetJson.get()), options, output.get());
        } else if (!datasets.isEmpty() && fingerprint.isEmpty() && datasetJson.isEmpty()) {
            planDatasets(options);
        } else {
            throw new ParameterException(
                    spec.commandLine(), "give either -d, or --fingerprint, --dataset-json and -o together");
        }
        return 0;
    }

    private void planDatasets(PlanningOptions options) throws IOException {
        DatasetFolders folders = DatasetFolders.of(System.getenv());
        for (String dataset : datasets) {
            String name = folders.datasetName(dataset);
            Path preprocessed = folders.preprocessed(name);
            Files.copy(
                    folders.raw(name).resolve("dataset.json"),
                    preprocessed.resolve("dataset.json"),
                    StandardCopyOption.REPLACE_EXISTING);
            plan(
                    preprocessed.resolve("dataset_fingerprint.json"),
                    folders.raw(name).resolve("dataset.json"),
                    name,
                    options,
                    output.orElse(preprocessed.resolve(options.plansIdentifier() + ".json")));
        }
    }

    private void plan(Path fingerprintFile, Path datasetFile, String name, PlanningOptions options, Path file)
            throws IOException {
        Dataset dataset = Dataset.read(datasetFile);
        Fingerprint measured = Fingerprint.read(fingerprintFile);
        Plans plans = new ExperimentPlanner(dataset, measured, options).plan(name, ReaderChoice.of(dataset, measured));
        PlansJson.write(file, plans, options.planner().className());
        for (Configuration each : plans.configurations().values()) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%-18s patch %s, batch %d, spacing %s mm, %d stages%n",
                            each.name(),
                            each.patchSize(),
                            each.batchSize(),
                            each.spacing(),
                            each.architecture().stages());
        }
        if (!dataset.normalizations().stream().allMatch(Normalization::isExportable)) {
            spec.commandLine().getOut().println("not exportable: nnU-Net has no window or range normalization");
        }
        spec.commandLine().getOut().println("written to " + file);
    }

    /** A folder named as data sets are gives the name, else there is none. */
    private String name(Path datasetFile) {
        if (datasetName.isPresent()) {
            return datasetName.get();
        }
        Path folder = datasetFile.toAbsolutePath().normalize().getParent();
        if (folder != null
                && folder.getFileName() != null
                && folder.getFileName().toString().matches("Dataset\\d{3,}_.+")) {
            return folder.getFileName().toString();
        }
        return "Dataset";
    }
}
