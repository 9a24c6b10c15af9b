package org.segnode.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.segnode.UnusableSeriesException;
import org.segnode.cli.node.Home;
import org.segnode.cli.terminal.CommandFailure;
import org.segnode.cli.terminal.ProgressDisplay;
import org.segnode.model.ModelPackage;
import org.segnode.node.Node;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.volume.io.VolumeFiles;

/** A node, a destination and a sender in one process; everything they write lies in one folder. */
final class Demo implements AutoCloseable {
    private static final String MODEL = "hippocampus-3d";
    private static final double LOWEST_DICE = 0.75;

    private final Path folder;
    private final PrintWriter out;
    private final PrintWriter err;
    private final List<DemoCase> cases;
    private final ModelPackage model;
    private final DemoDestination destination;
    private final Node node;

    /** Everything is made, nothing runs yet but the destination. */
    Demo(Path folder, PrintWriter out, PrintWriter err) throws IOException, UnusableSeriesException {
        this.folder = folder;
        this.out = out;
        this.err = err;
        this.cases = DemoCase.in(Home.samples());
        this.model = ModelPackage.open(Home.models().resolve(MODEL));
        this.destination = new DemoDestination(folder.resolve("destination"));
        this.node = new Node(settings());
    }

    private Settings settings() throws IOException {
        String yaml = """
                # the settings the demo ran with
                node: {aet: SEGNODE, bind: 127.0.0.1, port: 0}
                data: {folder: node, models: '%s', reserve: 200MB}
                reception: {quiet-time: 1s}
                rules:
                  - {name: hippocampus, when: {modality: MR}, models: [%s]}
                destinations:
                  - {name: results, aet: %s, host: 127.0.0.1, port: %d}
                delivery: {poll: 100ms}
                worker: {poll: 100ms}
                web: {port: 0}
                """.formatted(
                        Home.models().toString().replace("'", "''"),
                        MODEL,
                        DemoDestination.AET,
                        destination.ae().port());
        return Settings.read(Files.writeString(folder.resolve("segnode.yaml"), yaml), Map.of());
    }

    /**
     * @throws CommandFailure if a result does not come, or does not agree with the ground truth
     */
    void run() throws IOException, UnusableSeriesException, RefusedByPeerException {
        Stopwatch watch = new Stopwatch();
        node.start();
        RemoteAe peer = new RemoteAe("SEGNODE", "127.0.0.1", node.dicomPort());
        out.printf(
                "node %s with model %s, ready after %.1f s%n",
                peer, model.description().id(), watch.lap());
        int objects = 0;
        for (DemoCase sample : cases) {
            new StorageScu("DEMO").send(peer, sample.series());
            objects += sample.series().size();
        }
        out.printf("sent %d objects of %d series in %.1f s%n", objects, cases.size(), watch.lap());
        out.flush();
        try (ProgressDisplay display = new ProgressDisplay("waiting for the results", err)) {
            new DemoProgress(node.ledger(), cases).awaitAll(destination, display);
        }
        out.printf("results at %s after %.1f s%n%n", destination.ae(), watch.lap());
        for (DemoCase sample : cases) {
            show(sample);
        }
        out.println("all of it lies in " + folder);
        out.flush();
    }

    private void show(DemoCase sample) throws IOException, UnusableSeriesException {
        Path seg = folder.resolve(sample.name() + "-seg.dcm");
        Path received = destination.result(sample.studyInstanceUid()).orElseThrow();
        Files.copy(received, seg);
        DemoResult result = DemoResult.of(
                sample,
                seg,
                VolumeFiles.readLabels(sample.truth()),
                model.description().labels());
        Path picture = folder.resolve(sample.name() + ".png");
        result.draw(picture);
        result.lines().forEach(out::println);
        out.println("    SEG      " + seg);
        out.println("    picture  " + picture);
        out.println();
        if (result.worstDice() < LOWEST_DICE) {
            throw new CommandFailure("%s: Dice %.3f against the ground truth is below %.2f"
                    .formatted(sample.name(), result.worstDice(), LOWEST_DICE));
        }
    }

    @Override
    public void close() {
        node.close();
        destination.close();
    }
}
