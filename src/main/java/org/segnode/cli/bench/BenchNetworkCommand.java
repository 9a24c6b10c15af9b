package org.segnode.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.segnode.cli.node.Home;
import org.segnode.network.TorchEngine;
import org.segnode.network.Variant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Passes through networks, beside PyTorch as nnU-Net runs it. */
@Command(
        name = "network",
        description = {
            "Seconds for one pass of a tile through two networks with random weights: nnU-Net's usual size (6 stages of 32 to 320"
                    + " features, patch 64x128x128), and the small hippocampus-3d (patch 40x56x40).",
            "The peer is the same network of dynamic_network_architectures in eager PyTorch with 32 bits, one tile at a time as"
                    + " nnU-Net gives it, with as many threads."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  segnode bench network", "  segnode bench network --peer-python nnunet-venv/bin/python --threads 4"
        })
final class BenchNetworkCommand implements Callable<Integer> {
    private static final int WARM_UPS = 2; // the second pass is where TorchScript settles

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(names = "--threads", paramLabel = "N", description = "of network and peer; all cores if not given")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, InterruptedException {
        TorchEngine.useThreads(threads);
        BenchReport report = options.report("network");
        Path usual = Files.createTempFile("usual", ".json");
        try (InputStream plans = BenchNetworkCommand.class.getResourceAsStream("usual_plans.json")) {
            Files.write(usual, Objects.requireNonNull(plans).readAllBytes());
            measure(report, "usual size, 64x128x128, " + threads + " threads", usual, 1);
            Path small = Home.models().resolve("hippocampus-3d/plans.json");
            measure(report, "hippocampus-3d, 40x56x40, " + threads + " threads", small, 4);
        } finally {
            Files.delete(usual);
        }
        report.print(spec.commandLine().getOut());
        return 0;
    }

    /** @param batch tiles that predict gives to such a network at once */
    private void measure(BenchReport report, String subject, Path plans, int batch)
            throws IOException, InterruptedException {
        Optional<BenchPeer> peer =
                options.startPeer("bench_network.py", plans.toAbsolutePath().toString(), "" + threads);
        List<Variant> variants = BenchMachine.read().extensions().contains("amx_bf16")
                ? List.of(Variant.BFLOAT16, Variant.CHANNELS_LAST, Variant.REFERENCE)
                : List.of(Variant.CHANNELS_LAST, Variant.REFERENCE);
        try (NetworkWork work = NetworkWork.load(plans, variants)) {
            BenchRounds rounds = new BenchRounds();
            for (Variant variant : variants) {
                rounds.enter(name(variant, batch), () -> new double[] {work.seconds(variant, batch)});
            }
            if (peer.isPresent()) {
                rounds.enter("PyTorch eager, fp32", () -> peer.get().ask("1"));
            }
            report.add(subject, "s", rounds.run(options.rounds(), WARM_UPS).get(0));
        } finally {
            if (peer.isPresent()) {
                peer.get().close();
            }
        }
    }

    private static String name(Variant variant, int batch) {
        String words = switch (variant) {
            case REFERENCE -> "fp32";
            case CHANNELS_LAST -> "channels last";
            case BFLOAT16 -> "bfloat16";
        };
        return "segnode, " + words + (batch > 1 ? ", " + batch + " tiles at once" : "");
    }
}
