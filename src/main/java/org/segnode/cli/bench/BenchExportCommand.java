package org.segnode.cli.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From logits to the label map, beside nnU-Net's export. */
@Command(
        name = "export",
        description = {
            "Seconds and memory from logits on the network's grid (128x256x256, half precision) to the label map (192x320x320),"
                    + " with 4, 8 and many classes. Memory is the peak of the whole process, without the logits.",
            "The peer, nnU-Net's convert_predicted_logits_to_segmentation_with_correct_shape, is measured with 4 and 8 classes, each in a"
                    + " process of its own; for more, its figures are a straight line through those two."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  segnode bench export",
            "  segnode bench export --classes 105 --peer-python nnunet-venv/bin/python --rounds 3"
        })
final class BenchExportCommand implements Callable<Integer> {
    private static final int[] FEW = {4, 8};

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(names = "--classes", defaultValue = "105", description = "many classes; ${DEFAULT-VALUE} if not given")
    private int classes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchReport report = options.report("export");
        double[][] peer = new double[FEW.length][];
        for (int i = 0; i < FEW.length; i++) {
            List<List<BenchRounds.Result>> results = measure(FEW[i]);
            add(report, FEW[i], results);
            peer[i] = results.stream()
                    .mapToDouble(each -> each.get(each.size() - 1).spread().median())
                    .toArray();
        }
        List<List<BenchRounds.Result>> many = measure(classes);
        if (options.peerPython().isPresent()) {
            for (int quantity = 0; quantity < many.size(); quantity++) {
                double slope = (peer[1][quantity] - peer[0][quantity]) / (FEW[1] - FEW[0]);
                double value = peer[0][quantity] + slope * (classes - FEW[0]);
                many.get(quantity).add(new BenchRounds.Result("nnU-Net, extrapolated", Spread.of(List.of(value))));
            }
        }
        add(report, classes, many);
        report.print(spec.commandLine().getOut());
        return 0;
    }

    private static void add(BenchReport report, int classes, List<List<BenchRounds.Result>> results) {
        report.add(classes + " classes, time", "s", results.get(0));
        report.add(classes + " classes, memory beyond the logits", "MB", results.get(1));
    }

    /** @return seconds, then megabytes */
    private List<List<BenchRounds.Result>> measure(int classes) throws IOException, InterruptedException {
        boolean few = classes <= FEW[FEW.length - 1];
        Optional<BenchPeer> peer = few ? options.startPeer("bench_export.py", "" + classes) : Optional.empty();
        try {
            ExportWork work = new ExportWork(classes);
            BenchRounds rounds = new BenchRounds();
            rounds.enter("segnode", work::run);
            peer.ifPresent(python -> rounds.enter("nnU-Net", () -> python.ask("again")));
            return rounds.run(options.rounds(), 1);
        } finally {
            if (peer.isPresent()) {
                peer.get().close();
            }
        }
    }
}
