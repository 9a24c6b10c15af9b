package org.segnode.cli.nnunet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.plan.Configuration;
import org.segnode.plan.Dataset;
import org.segnode.plan.DatasetFolders;
import org.segnode.plan.ExperimentPlanner;
import org.segnode.plan.Fingerprint;
import org.segnode.plan.Planner;
import org.segnode.plan.PlanningOptions;
import org.segnode.plan.Plans;
import org.segnode.plan.PlansJson;
import org.segnode.plan.ReaderChoice;
import org.segnode.plan.Splits;
import picocli.CommandLine.Option;

/** How networks are planned, and the planning. */
final class PlanningArguments {
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

    @Option(names = "--exportable", description = "refuse what nnU-Net could not use: window and range normalization")
    private boolean exportable;

    PlanningOptions options() {
        return new PlanningOptions(
                Planner.ofClassName(planner),
                gpuMemory,
                preprocessor,
                targetSpacing.isEmpty() ? Optional.empty() : Optional.of(targetSpacing),
                plansName,
                false);
    }

    /** A data set whose fingerprint lies in its preprocessed folder, where dataset.json and splits go too. */
    void plan(String dataset, DatasetFolders folders, Optional<Path> output, PrintWriter out) throws IOException {
        Path raw = folders.raw(dataset);
        Path preprocessed = Files.createDirectories(folders.preprocessed(dataset));
        Files.copy(
                raw.resolve("dataset.json"), preprocessed.resolve("dataset.json"), StandardCopyOption.REPLACE_EXISTING);
        if (Files.exists(raw.resolve("splits_final.json"))) {
            Splits.copy(raw.resolve("splits_final.json"), preprocessed.resolve("splits_final.json"));
        }
        plan(
                preprocessed.resolve("dataset_fingerprint.json"),
                raw.resolve("dataset.json"),
                dataset,
                output.orElse(preprocessed.resolve(options().plansIdentifier() + ".json")),
                out);
    }

    /** @param file where plans.json goes */
    void plan(Path fingerprint, Path datasetJson, String name, Path file, PrintWriter out) throws IOException {
        Dataset dataset = Dataset.read(datasetJson);
        Fingerprint measured = Fingerprint.read(fingerprint);
        PlanningOptions options = options();
        Plans plans = new ExperimentPlanner(dataset, measured, options).plan(name, ReaderChoice.of(dataset, measured));
        Optional<String> obstacle = plans.obstacleToExport();
        if (exportable && obstacle.isPresent()) {
            throw new CommandFailure(datasetJson + ": " + obstacle.get());
        }
        PlansJson.write(file, plans, options.planner().className());
        plans.configurations().values().forEach(each -> print(each, out));
        obstacle.ifPresent(reason -> out.println("not exportable: " + reason));
        out.println("written to " + file);
    }

    private static void print(Configuration planned, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-18s patch %s, batch %d, spacing %s mm, %d stages%n",
                planned.name(),
                planned.patchSize(),
                planned.batchSize(),
                planned.spacing(),
                planned.architecture().stages());
    }
}
