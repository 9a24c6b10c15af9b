package org.segnode.cli.nnunet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.segnode.plan.DatasetFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private PlanningArguments planning;

    @Option(names = "-o", paramLabel = "FILE", description = "where plans.json goes, with --fingerprint")
    private Optional<Path> output = Optional.empty();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (fingerprint.isPresent() && datasetJson.isPresent() && output.isPresent() && datasets.isEmpty()) {
            planning.plan(fingerprint.get(), datasetJson.get(), name(datasetJson.get()), output.get(), out);
        } else if (!datasets.isEmpty() && fingerprint.isEmpty() && datasetJson.isEmpty()) {
            DatasetFolders folders = Folders.find();
            for (String dataset : datasets) {
                planning.plan(folders.datasetName(dataset), folders, output, out);
            }
        } else {
            throw new ParameterException(
                    spec.commandLine(), "give either -d, or --fingerprint, --dataset-json and -o together");
        }
        return 0;
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
