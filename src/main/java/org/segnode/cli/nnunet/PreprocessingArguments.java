package org.segnode.cli.nnunet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.plan.Configuration;
import org.segnode.plan.DatasetFolders;
import org.segnode.plan.Plans;
import org.segnode.plan.RawDataset;
import org.segnode.preprocess.DatasetPreprocessing;
import picocli.CommandLine.Option;

/** For which configurations a data set's cases are prepared, and the preparing. */
final class PreprocessingArguments {
    @Option(
            names = "-c",
            arity = "1..*",
            paramLabel = "CONFIGURATION",
            defaultValue = "2d 3d_fullres 3d_lowres",
            split = " ",
            description = "configurations; ${DEFAULT-VALUE} if not given. Those that the plans lack are passed over,"
                    + " and 3d_cascade_fullres takes the cases of 3d_fullres")
    private List<String> configurations = List.of();

    @Option(
            names = "-np",
            arity = "1..*",
            paramLabel = "N",
            description = "cases at a time: one number, or one for each configuration; 8 for 2d and 3d_lowres, else 4."
                    + " Fewer run where memory does not suffice")
    private List<Integer> threads = List.of();

    /** @param plansName name of the plans' file without its ending */
    void run(String dataset, String plansName, DatasetFolders folders, DisplayArguments display)
            throws IOException, InterruptedException {
        if (threads.size() > 1 && threads.size() != configurations.size()) {
            throw new CommandFailure("-np must have one number, or one for each of the " + configurations.size()
                    + " configurations, has " + threads.size());
        }
        Path preprocessed = folders.preprocessed(dataset);
        Plans plans = Plans.read(preprocessed.resolve(plansName + ".json"));
        DatasetPreprocessing preprocessing =
                new DatasetPreprocessing(RawDataset.read(folders.raw(dataset)), plans, preprocessed);
        for (int i = 0; i < configurations.size(); i++) {
            String name = configurations.get(i);
            if (plans.configurations().containsKey(name)) {
                prepare(preprocessing, plans.configuration(name), threads(i), display);
            } else {
                display.out().println("passed over, the plans have no configuration " + name);
            }
        }
        preprocessing.copyReferences();
    }

    private static void prepare(
            DatasetPreprocessing preprocessing, Configuration configuration, int threads, DisplayArguments display)
            throws IOException, InterruptedException {
        if (display.verbose()) {
            display.out().println(configuration);
        }
        int cases = preprocessing.raw().caseIds().size();
        Path folder = display.show(
                preprocessing.plans().datasetName() + ": preparing " + configuration.name(),
                threads,
                cases,
                tasks -> preprocessing.run(configuration, tasks));
        display.out().println(cases + " cases prepared for " + configuration.name() + " in " + folder);
    }

    private int threads(int index) {
        if (threads.isEmpty()) {
            return configurations.get(index).equals("2d")
                            || configurations.get(index).equals("3d_lowres")
                    ? 8
                    : 4;
        }
        return threads.get(threads.size() == 1 ? 0 : index);
    }
}
