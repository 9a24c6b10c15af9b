package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.plan.DatasetFolders;
import org.segnode.plan.DatasetIntegrity;
import org.segnode.plan.FingerprintExtractor;
import org.segnode.plan.RawDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures data sets. */
@Command(
        name = "extract-fingerprint",
        description = "Measures shapes, spacings and intensities of data sets, as nnUNetv2_extract_fingerprint does.",
        footerHeading = "%nExamples:%n",
        footer = "  segnode extract-fingerprint -d 4 --verify_dataset_integrity")
public final class ExtractFingerprintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "-d",
            arity = "1..*",
            required = true,
            paramLabel = "ID",
            description = "data sets below nnUNet_raw, by id or name")
    private List<String> datasets = new ArrayList<>();

    @Option(names = "-np", defaultValue = "8", paramLabel = "N", description = "cases at a time; ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--verify_dataset_integrity", description = "look for spoiled cases first; list all findings")
    private boolean verify;

    @Option(names = "--clean", description = "measure again where a fingerprint exists")
    private boolean clean;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (threads < 1 || threads > 256) {
            throw new CommandFailure("-np must be from 1 to 256, is " + threads);
        }
        DatasetFolders folders = DatasetFolders.of(System.getenv());
        for (String dataset : datasets) {
            String name = folders.datasetName(dataset);
            extract(folders.raw(name), folders.preprocessed(name).resolve("dataset_fingerprint.json"));
        }
        return 0;
    }

    private void extract(Path folder, Path file) throws IOException, InterruptedException {
        RawDataset raw = RawDataset.read(folder);
        if (verify) {
            verify(raw);
        }
        if (Files.exists(file) && !clean) {
            spec.commandLine().getOut().println("exists already, --clean measures again: " + file);
            return;
        }
        new FingerprintExtractor(raw.cases(), raw.dataset().channelNames().size())
                .extract(threads)
                .write(file);
        spec.commandLine().getOut().println("written to " + file);
    }

    private void verify(RawDataset raw) throws IOException, InterruptedException {
        List<String> findings = new DatasetIntegrity(raw.dataset(), raw.cases()).findings(threads);
        findings.forEach(spec.commandLine().getErr()::println);
        if (!findings.isEmpty()) {
            throw new CommandFailure(findings.size() + " findings in " + raw.folder());
        }
    }
}
