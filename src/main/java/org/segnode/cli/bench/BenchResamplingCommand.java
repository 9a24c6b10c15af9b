package org.segnode.cli.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Resampling of images, labels and logits, beside nnU-Net's with scikit-image. */
@Command(
        name = "resampling",
        description = {
            "Seconds to resample images, labels and logits of usual sizes, on all cores.",
            "The peer is nnU-Net's resample_data_or_seg_to_shape, which calls scikit-image and uses one core, on arrays of the"
                    + " same size and type."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode bench resampling",
            "  segnode bench resampling --large --peer-python nnunet-venv/bin/python --json"
        })
final class BenchResamplingCommand implements Callable<Integer> {
    /** Until Java has compiled what takes the time, as in a node that runs. */
    private static final long COMPILING_NANOSECONDS = 3_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(names = "--large", description = "a whole CT and 20 heads too; takes the peer 20 s each round")
    private boolean large;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchReport report = options.report("resampling");
        Optional<BenchPeer> peer = options.startPeer("bench_resampling.py");
        try {
            for (ResamplingWork work : large ? ResamplingWork.large() : ResamplingWork.usual()) {
                BenchRounds rounds = new BenchRounds();
                Runnable ours = work.ours();
                long start = System.nanoTime();
                while (System.nanoTime() - start < COMPILING_NANOSECONDS) {
                    ours.run();
                }
                rounds.enterTimed("segnode", ours);
                peer.ifPresent(python -> rounds.enter("nnU-Net, scikit-image", () -> python.ask(work.question())));
                report.add(work.toString(), "s", rounds.run(options.rounds(), 1).get(0));
            }
        } finally {
            if (peer.isPresent()) {
                peer.get().close();
            }
        }
        report.print(spec.commandLine().getOut());
        return 0;
    }
}
