package org.segnode.cli.nnunet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.segnode.plan.DatasetFolders;
import picocli.CommandLine.Option;

/** The data sets that a command works on, one after the other. */
final class DatasetArguments {
    @Option(
            names = "-d",
            arity = "1..*",
            required = true,
            paramLabel = "ID",
            description = "data sets below nnUNet_raw, by id or name")
    private List<String> datasets = new ArrayList<>();

    /** Full names, each once, in the order given. */
    Set<String> names(DatasetFolders folders) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (String dataset : datasets) {
            names.add(folders.datasetName(dataset));
        }
        return names;
    }
}
