package org.segnode.cli.nnunet;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.segnode.plan.DatasetFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures, plans and prepares data sets. */
@Command(
        name = "plan-and-preprocess",
        description = {
            "Measures data sets, plans networks and prepares the cases, as nnUNetv2_plan_and_preprocess does.",
            "The same as extract-fingerprint, plan-experiment and preprocess one after the other."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode plan-and-preprocess -d 4 --verify_dataset_integrity",
            "  segnode plan-and-preprocess -d 4 5 -pl nnUNetPlannerResEncL -c 3d_fullres"
        })
public final class PlanAndPreprocessCommand implements Callable<Integer> {
    @Mixin
    private DatasetArguments datasets;

    @Mixin
    private FingerprintArguments fingerprint;

    @Option(
            names = "-npfp",
            defaultValue = "${env:nnUNet_def_n_proc:-8}",
            paramLabel = "N",
            description = "cases measured at a time; ${DEFAULT-VALUE}")
    private int threads;

    @Mixin
    private PlanningArguments planning;

    @Mixin
    private PreprocessingArguments preprocessing;

    @Option(names = "--no_pp", description = "measure and plan only")
    private boolean withoutPreprocessing;

    @Mixin
    private DisplayArguments display;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DatasetFolders folders = Folders.find();
        Set<String> names = datasets.names(folders);
        for (String name : names) {
            fingerprint.run(name, folders, threads, display);
        }
        for (String name : names) {
            planning.plan(name, folders, Optional.empty(), display.out());
        }
        if (!withoutPreprocessing) {
            for (String name : names) {
                preprocessing.run(name, planning.options().plansIdentifier(), folders, display);
            }
        }
        return 0;
    }
}
