package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.segnode.plan.DatasetFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** nnUNetv2_predict. */
@Command(
        name = "predict",
        description = "Predicts a folder of cases with a model below nnUNet_results, as nnUNetv2_predict does.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode predict -i imagesTs -o predictions -d 4 -c 3d_fullres",
            "  segnode predict -i imagesTs -o predictions -d Dataset004_Hippocampus -c 2d -f 0 -tr nnUNetTrainer"
        })
public final class PredictCommand implements Callable<Integer> {
    @Option(names = "-d", required = true, paramLabel = "DATASET", description = "id or name of the data set")
    private String dataset;

    @Option(names = "-c", required = true, paramLabel = "CONFIGURATION", description = "2d, 3d_fullres, 3d_lowres, …")
    private String configuration;

    @Option(
            names = "-p",
            defaultValue = "nnUNetPlans",
            paramLabel = "PLANS",
            description = "name of the plans; ${DEFAULT-VALUE}")
    private String plans;

    @Option(
            names = "-tr",
            defaultValue = "nnUNetTrainer",
            paramLabel = "TRAINER",
            description = "name of the trainer; ${DEFAULT-VALUE}")
    private String trainer;

    @Mixin
    private FolderArguments arguments;

    @Override
    public Integer call() throws IOException {
        DatasetFolders folders = Folders.find();
        Path model =
                folders.results(folders.datasetName(dataset)).resolve(trainer + "__" + plans + "__" + configuration);
        if (!Files.isDirectory(model)) {
            throw new NoSuchFileException(model.toString(), null, "the model was not trained, or lies elsewhere");
        }
        arguments.predict(model);
        return 0;
    }
}
