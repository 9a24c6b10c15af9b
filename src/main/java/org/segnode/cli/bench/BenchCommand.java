package org.segnode.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures this machine; the figures of ours are in performance.md. */
@Command(
        name = "bench",
        description = "Measures what this machine can do.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode bench reception",
            "  segnode bench resampling --help",
            "  segnode bench network --peer-python nnunet-venv/bin/python"
        },
        subcommands = {
            BenchReceptionCommand.class,
            BenchResultsCommand.class,
            BenchResamplingCommand.class,
            BenchNetworkCommand.class,
            BenchExportCommand.class,
            BenchPredictCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "bench what? 'segnode bench --help' lists it");
    }
}
