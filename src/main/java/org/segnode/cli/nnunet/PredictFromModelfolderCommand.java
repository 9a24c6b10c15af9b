package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** nnUNetv2_predict_from_modelfolder. */
@Command(
        name = "predict-from-modelfolder",
        description = "Predicts a folder of cases with a trained model, as nnUNetv2_predict_from_modelfolder does.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode predict-from-modelfolder -i imagesTs -o predictions -m nnUNetTrainer__nnUNetPlans__3d_fullres",
            "  segnode predict-from-modelfolder -i imagesTs -o predictions -m model -f 0 1 --disable_tta"
        })
public final class PredictFromModelfolderCommand implements Callable<Integer> {
    @Option(names = "-m", required = true, paramLabel = "MODEL", description = "folder of the trained model")
    private Path model;

    @Mixin
    private FolderArguments arguments;

    @Override
    public Integer call() throws IOException {
        arguments.predict(model);
        return 0;
    }
}
