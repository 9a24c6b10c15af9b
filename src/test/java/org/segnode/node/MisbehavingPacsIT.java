package org.segnode.node;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.Job;
import org.segnode.ledger.JobState;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.peers.FreePort;
import org.segnode.peers.ResultPacs;
import org.segnode.peers.SyntheticSeries;

/**
 * The node against a PACS that misbehaves in every way it knows: each result arrives exactly once, with the same UID and
 * content, or is shown as undelivered with the reason.
 */
class MisbehavingPacsIT {
    private static final String ROOT = "1.2.826.0.1.3680043.10.9.7.";
    private static final String BOXES = "- {name: all, models: [box], every: true}";
    private static final String NO_TERMS = "";
    private static final String FEW = "attempts: 3, first-pause: 100ms, longest-pause: 200ms";
    private static final String SAME = "commitment: same-association, commitment-timeout: 20s";
    private static final String NEW = "commitment: new-association, commitment-timeout: 20s";
    private static final String IMPATIENT = ", commitment-timeout: 1s, " + FEW;
    private static final int SERIES = 3;

    @TempDir
    Path folder;

    static Stream<Arguments> everythingArrives() {
        return Stream.of(
                mode("behaves", NO_TERMS),
                mode("rejects the first associations for good", NO_TERMS, "--refuse", "2"),
                mode("rejects the first associations for now", NO_TERMS, "--refuse", "2", "--refuse-transient"),
                mode("is out of resources for every second object", NO_TERMS, "--fail-every", "2"),
                mode("keeps every second object and aborts before it answers", NO_TERMS, "--drop-every", "2"),
                mode("is slow", NO_TERMS, "--slow", "1"),
                mode("goes away for a while", NO_TERMS, "--down-after", "1", "--down", "3"),
                mode("takes no label maps", NO_TERMS, "--no-labelmap"),
                mode("takes uncompressed objects only", NO_TERMS, "--only-uncompressed"),
                mode("commits on the same association", SAME, "--commit", "same"),
                mode("commits on a new association", NEW, "--commit", "new"),
                mode("commits on a new association though the same was expected", SAME, "--commit", "new"),
                mode(
                        "commits later than is waited for",
                        "commitment: new-association, commitment-timeout: 1s",
                        "--commit",
                        "new",
                        "--commit-delay",
                        "3"),
                mode("does not commit to every second object", NEW, "--commit", "new", "--commit-fail", "every:2"),
                mode("commits, but loses the answers to objects", NEW, "--commit", "new", "--drop-every", "2"),
                mode("goes away before it commits", NEW, "--commit", "new", "--down-after", "3", "--down", "3"));
    }

    static Stream<Arguments> nothingArrives() {
        return Stream.of(
                mode("rejects every association", FEW, "--refuse", "-1", "rejects the association"),
                mode("is always busy", FEW, "--refuse", "-1", "--refuse-transient", "no association with"),
                mode("knows only others", FEW, "--calling", "OTHER", "calling-AE-title-not-recognized"),
                mode("refuses every object", FEW, "--fail-every", "1", "--fail-status", "C000", "with status C000"),
                mode("is always out of resources", FEW, "--fail-every", "1", "with status A700.*attempt 3, the last"));
    }

    static Stream<Arguments> nothingIsCommitted() {
        return Stream.of(
                mode("never reports", "commitment: new-association" + IMPATIENT, "--commit", "none", "no report"),
                mode(
                        "does not offer it",
                        "commitment: same-association" + IMPATIENT,
                        "--commit",
                        "off",
                        "does not offer"),
                mode(
                        "reports on an association that is closed",
                        "commitment: new-association" + IMPATIENT,
                        "--commit",
                        "same",
                        "no report"),
                mode(
                        "does not commit to anything",
                        "commitment: same-association, " + FEW,
                        "--commit",
                        "same",
                        "--commit-fail",
                        "every:1",
                        "does not commit to it: 0110, processing failure.*attempt 3, the last"));
    }

    private static Arguments mode(String name, String terms, String... options) {
        return arguments(named(name, terms), List.of(options));
    }

    @ParameterizedTest(name = "a PACS that {0}")
    @MethodSource
    void everythingArrives(String terms, List<String> options) throws Exception {
        run(terms, options, (node, pacs, files) -> {
            List<Delivery> deliveries = awaitAll(node, JobState.COMPLETE);
            DeliveryState end = terms.contains("commitment:") ? DeliveryState.COMMITTED : DeliveryState.ACCEPTED;
            assertThat(deliveries).extracting(Delivery::state).containsOnly(end);
            assertSameContent(deliveries, pacs, files);
        });
    }

    @ParameterizedTest(name = "a PACS that {0}")
    @MethodSource
    void nothingArrives(String terms, List<String> options) throws Exception {
        String reason = options.get(options.size() - 1);
        run(terms, options.subList(0, options.size() - 1), (node, pacs, files) -> {
            List<Delivery> deliveries = awaitAll(node, JobState.FAILED);
            assertUndelivered(node, deliveries, reason);
            assertThat(pacs.received()).isEmpty();
        });
    }

    @ParameterizedTest(name = "a PACS that {0}")
    @MethodSource
    void nothingIsCommitted(String terms, List<String> options) throws Exception {
        String reason = options.get(options.size() - 1);
        run(terms, options.subList(0, options.size() - 1), (node, pacs, files) -> {
            List<Delivery> deliveries = awaitAll(node, JobState.FAILED);
            assertUndelivered(node, deliveries, reason);
            assertSameContent(deliveries, pacs, files);
        });
    }

    @Test
    void whatIsRefusedIsShownAndTheOthersArrive() throws Exception {
        run(NO_TERMS, List.of("--fail-every", "3", "--fail-status", "A900"), (node, pacs, files) -> {
            await().atMost(60, SECONDS)
                    .until(() -> count(node, JobState.COMPLETE) + count(node, JobState.FAILED) == SERIES);
            Map<DeliveryState, List<Delivery>> ends =
                    deliveries(node).stream().collect(Collectors.groupingBy(Delivery::state));
            assertThat(ends.get(DeliveryState.FAILED))
                    .singleElement()
                    .satisfies(one -> assertThat(one.reason()).contains("refuses", "with status A900"));
            assertSameContent(ends.getOrDefault(DeliveryState.ACCEPTED, List.of()), pacs, files);
        });
    }

    @Test
    void aDeadOrSlowDestinationDelaysNoOther() throws Exception {
        RemoteAe dead = new RemoteAe("DEAD", "127.0.0.1", FreePort.next());
        try (ResultPacs slow = ResultPacs.start("SLOW", folder.resolve("slow"), "--slow", "20");
                ResultPacs good = ResultPacs.start("GOOD", folder.resolve("good"))) {
            NodeFolder files =
                    NodeFolder.make(folder.resolve("node"), 0, 0, BOXES, List.of(dead, slow.remote(), good.remote()));
            try (Node node = started(files)) {
                sendAll(node);

                await().atMost(60, SECONDS).until(() -> good.received().size() == SERIES);

                assertThat(slow.output()).as("still at the first object").doesNotContain("0000");
                assertThat(node.ledger()
                                .destinations()
                                .status("dead")
                                .orElseThrow()
                                .reason())
                        .contains("no association with DEAD");
                assertThat(deliveries(node))
                        .filteredOn(one -> one.destination().equals("dead"))
                        .extracting(Delivery::state)
                        .doesNotContain(DeliveryState.ACCEPTED);
            }
        }
    }

    @Test
    void aSuspendedDestinationGetsEverythingWhenItIsResumed() throws Exception {
        run(NO_TERMS, List.of(), (node, pacs, files) -> {
            node.ledger().destinations().suspend("pacs", "maintenance until noon"); // nothing is closed before a second
            await().atMost(60, SECONDS).until(() -> count(node, JobState.SEGMENTED) == SERIES);
            assertThat(pacs.received()).isEmpty();

            node.ledger().destinations().resume("pacs");

            assertSameContent(awaitAll(node, JobState.COMPLETE), pacs, files);
        });
    }

    private interface Check {
        void check(Node node, ResultPacs pacs, NodeFolder files) throws Exception;
    }

    private void run(String terms, List<String> options, Check check) throws Exception {
        int port = FreePort.next();
        List<String> all = new ArrayList<>(List.of("--commit-to", "127.0.0.1:" + port));
        all.addAll(options);
        try (ResultPacs pacs = ResultPacs.start("PACS", folder.resolve("pacs"), all.toArray(String[]::new))) {
            NodeFolder files = NodeFolder.make(folder.resolve("node"), port, 0, BOXES, List.of(pacs.remote()))
                    .terms(terms);
            try (Node node = started(files)) {
                sendAll(node);
                check.check(node, pacs, files);
            }
        }
    }

    private static Node started(NodeFolder files) {
        Node node = new Node(files.settings(), BoxWorker::start, Clock.systemUTC());
        node.start();
        return node;
    }

    private void sendAll(Node node) throws Exception {
        List<Path> objects = new ArrayList<>();
        for (int n = 1; n <= SERIES; n++) {
            objects.addAll(new SyntheticSeries(ROOT + n, 12, 32).write(folder.resolve("series-" + n)));
        }
        new StorageScu("MODALITY").send(new RemoteAe(NodeFolder.AET, "127.0.0.1", node.dicomPort()), objects);
    }

    private static List<Delivery> awaitAll(Node node, JobState state) {
        await().atMost(120, SECONDS).until(() -> count(node, state) == SERIES);
        return deliveries(node);
    }

    private static long count(Node node, JobState state) {
        return node.ledger().jobs().counts().getOrDefault(state, 0L);
    }

    private static List<Delivery> deliveries(Node node) {
        return Stream.of(DeliveryState.values())
                .flatMap(state -> node.ledger().deliveries().in(state).stream())
                .toList();
    }

    private static void assertUndelivered(Node node, List<Delivery> deliveries, String reason) {
        assertThat(deliveries).hasSize(SERIES).allSatisfy(one -> {
            assertThat(one.state()).isEqualTo(DeliveryState.FAILED);
            assertThat(one.reason()).containsPattern(reason);
        });
        assertThat(node.ledger().jobs().in(JobState.FAILED, SERIES))
                .extracting(Job::reason)
                .allSatisfy(words -> assertThat(words).startsWith("not delivered to pacs: "));
    }

    /** Exactly these objects, each under its own UID and with the content of the result's file. */
    private static void assertSameContent(List<Delivery> deliveries, ResultPacs pacs, NodeFolder files)
            throws IOException {
        Map<String, Path> kept = pacs.received().stream()
                .collect(Collectors.toMap(file -> file.getFileName().toString(), Function.identity()));
        assertThat(kept.keySet())
                .containsExactlyInAnyOrderElementsOf(deliveries.stream()
                        .map(one -> one.result().sopInstanceUid() + ".dcm")
                        .toList());
        for (Delivery delivery : deliveries) {
            Path sent =
                    files.settings().data().results().resolve(delivery.result().file());
            Path arrived = requireNonNull(kept.get(delivery.result().sopInstanceUid() + ".dcm"));
            assertThat(content(arrived).equals(content(sent)))
                    .as(delivery.toString())
                    .isTrue();
        }
    }

    private static Attributes content(Path file) throws IOException {
        assertThat(Files.size(file)).isPositive();
        try (ImageInputStream in = new ImageInputStream(file.toFile())) {
            return in.readDataset(-1, -1);
        }
    }
}
