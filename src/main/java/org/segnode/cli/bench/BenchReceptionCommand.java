package org.segnode.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Objects per second that the storage SCP takes, beside DCMTK's storescp and a bare loop of writes and syncs. */
@Command(
        name = "reception",
        description = {
            "Objects per second that the storage SCP takes with each object synced to disk, at 1 and 4 associations, beside"
                    + " DCMTK's storescp (which does not sync), Orthanc, and a bare loop that writes and syncs the same bytes"
                    + " on the same disk. Rounds are interleaved; medians are printed.",
            "storescp, Orthanc and storescu are used where they are installed; without storescu our own SCU sends."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode bench reception",
            "  segnode bench reception --folder /var/lib/segnode/bench --objects 500",
            "  segnode bench reception --database-rows 1000000"
        })
final class BenchReceptionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "a folder on the disk to measure, here if not given; nothing is left in it")
    private Path folder;

    @Option(names = "--objects", defaultValue = "300", description = "objects per run; ${DEFAULT-VALUE} if not given")
    private int objects;

    @Option(
            names = "--rows",
            defaultValue = "512",
            description = "rows and columns of an object, 16 bit; ${DEFAULT-VALUE} if not given")
    private int rows;

    @Option(names = "--rounds", defaultValue = "5", description = "measured rounds; ${DEFAULT-VALUE} if not given")
    private int rounds;

    @Option(
            names = "--database-rows",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "instead compare two whole nodes: one whose database holds N series and N jobs, and an empty one")
    private int databaseRows;

    @Option(names = "--own-sender", description = "send with our own SCU even where storescu is installed")
    private boolean ownSender;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ReceptionBenchmark benchmark = new ReceptionBenchmark(folder, objects, rows, ownSender)) {
            BenchReport report = new BenchReport("reception", rounds, json, true);
            report.remark(benchmark.describe());
            if (databaseRows > 0) {
                report.add("1 association", "objects/s", benchmark.runNodes(rounds, databaseRows));
            } else {
                report.add("1 association", "objects/s", benchmark.run(rounds, 1));
                report.add("4 associations", "objects/s", benchmark.run(rounds, 4));
            }
            report.print(spec.commandLine().getOut());
        }
        return 0;
    }
}
