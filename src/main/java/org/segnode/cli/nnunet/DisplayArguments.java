package org.segnode.cli.nnunet;

import java.io.IOException;
import java.io.PrintWriter;
import org.segnode.cli.terminal.ProgressDisplay;
import org.segnode.plan.CaseTasks;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much a command that goes through many cases says, in nnU-Net's words. */
final class DisplayArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--verbose", description = "say in detail what is done")
    private boolean verbose;

    @Option(names = "--no_pbar", description = "no progress")
    private boolean withoutProgress;

    /** Goes through cases. */
    interface Work<T> {
        T run(CaseTasks tasks) throws IOException, InterruptedException;
    }

    /**
     * @param task what is done, in a few words
     * @param threads cases at a time
     * @param total cases
     */
    <T> T show(String task, int threads, int total, Work<T> work) throws IOException, InterruptedException {
        CaseTasks tasks = CaseTasks.of(threads);
        if (withoutProgress) {
            return work.run(tasks);
        }
        try (ProgressDisplay display =
                new ProgressDisplay(task, spec.commandLine().getErr())) {
            return work.run(tasks.telling(done -> display.step(done, total)));
        }
    }

    boolean verbose() {
        return verbose;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
