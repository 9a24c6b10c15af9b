package org.segnode.cli.nnunet;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.segnode.plan.DatasetFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prepares training cases. */
@Command(
        name = "preprocess",
        description = {
            "Prepares the cases of planned data sets for training, as nnUNetv2_preprocess does: nnU-Net trains from them too.",
        },
        footerHeading = "%nExamples:%n",
        footer = {"  segnode preprocess -d 4", "  segnode preprocess -d 4 5 -c 2d 3d_fullres -np 8 2"})
public final class PreprocessCommand implements Callable<Integer> {
    @Mixin
    private DatasetArguments datasets;

    @Option(
            names = "-plans_name",
            paramLabel = "NAME",
            defaultValue = "nnUNetPlans",
            description = "name of the plans; ${DEFAULT-VALUE} if not given")
    private String plansName;

    @Mixin
    private PreprocessingArguments preprocessing;

    @Mixin
    private DisplayArguments display;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DatasetFolders folders = Folders.find();
        for (String name : datasets.names(folders)) {
            preprocessing.run(name, plansName, folders, display);
        }
        return 0;
    }
}
