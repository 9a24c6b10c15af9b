package org.segnode.cli.nnunet;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.segnode.plan.DatasetFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures data sets. */
@Command(
        name = "extract-fingerprint",
        description = "Measures shapes, spacings and intensities of data sets, as nnUNetv2_extract_fingerprint does.",
        footerHeading = "%nExamples:%n",
        footer = "  segnode extract-fingerprint -d 4 --verify_dataset_integrity")
public final class ExtractFingerprintCommand implements Callable<Integer> {
    @Mixin
    private DatasetArguments datasets;

    @Mixin
    private FingerprintArguments fingerprint;

    @Option(
            names = "-np",
            defaultValue = "${env:nnUNet_def_n_proc:-8}",
            paramLabel = "N",
            description = "cases at a time; ${DEFAULT-VALUE}")
    private int threads;

    @Mixin
    private DisplayArguments display;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DatasetFolders folders = Folders.find();
        for (String name : datasets.names(folders)) {
            fingerprint.run(name, folders, threads, display);
        }
        return 0;
    }
}
