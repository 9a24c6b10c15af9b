package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.plan.DatasetFolders;
import org.segnode.plan.DatasetIntegrity;
import org.segnode.plan.FingerprintExtractor;
import org.segnode.plan.LabelledCase;
import org.segnode.plan.RawDataset;
import picocli.CommandLine.Option;

/** How a data set is measured, and the measuring. */
final class FingerprintArguments {
    private static final String EXTRACTOR = "DatasetFingerprintExtractor";

    @Option(
            names = "-fpe",
            paramLabel = "CLASS",
            defaultValue = EXTRACTOR,
            description = "nnU-Net's class name of the extractor; there is only ${DEFAULT-VALUE}")
    private String extractor;

    @Option(names = "--verify_dataset_integrity", description = "look for spoiled cases first; list all findings")
    private boolean verify;

    @Option(names = "--clean", description = "measure again where a fingerprint exists")
    private boolean clean;

    /** @throws CommandFailure if the data set is spoiled; the findings were printed */
    void run(String dataset, DatasetFolders folders, int threads, DisplayArguments display)
            throws IOException, InterruptedException {
        if (!extractor.equals(EXTRACTOR)) {
            throw new CommandFailure("-fpe: there is no extractor " + extractor + " but " + EXTRACTOR);
        }
        RawDataset raw = RawDataset.read(folders.raw(dataset));
        List<LabelledCase> cases = raw.cases();
        if (verify) {
            verify(raw, cases, threads, display);
        }
        Path file = folders.preprocessed(dataset).resolve("dataset_fingerprint.json");
        if (Files.exists(file) && !clean) {
            display.out().println("exists already, --clean measures again: " + file);
            return;
        }
        FingerprintExtractor measuring =
                new FingerprintExtractor(cases, raw.dataset().channelNames().size());
        display.show(dataset + ": measuring", threads, cases.size(), measuring::extract)
                .write(file);
        display.out().println("written to " + file);
    }

    private static void verify(RawDataset raw, List<LabelledCase> cases, int threads, DisplayArguments display)
            throws IOException, InterruptedException {
        List<DatasetIntegrity.Finding> findings =
                display.show("verifying", threads, cases.size(), new DatasetIntegrity(raw.dataset(), cases)::findings);
        findings.forEach(display.err()::println);
        long wrong = findings.stream().filter(each -> !each.isWarning()).count();
        if (wrong > 0) {
            throw new CommandFailure(wrong + " findings in " + raw.folder());
        }
        display.out().println("no findings in " + raw.folder());
    }
}
