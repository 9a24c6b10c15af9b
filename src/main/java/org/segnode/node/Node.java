package org.segnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.segnode.TemporaryException;
import org.segnode.dicom.SeriesReader;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.LedgerConfiguration;
import org.segnode.node.delivery.Dispatch;
import org.segnode.node.routes.ReceptionSteps;
import org.segnode.node.routes.Routes;
import org.segnode.node.settings.Destination;
import org.segnode.node.settings.Settings;
import org.segnode.node.settings.StowSettings;
import org.segnode.node.web.HealthServer;
import org.segnode.node.web.NodeMetrics;
import org.segnode.node.web.StowServer;
import org.segnode.node.worker.Worker;
import org.segnode.pacs.FileReception;
import org.segnode.pacs.Intake;
import org.segnode.pacs.Spool;
import org.segnode.pacs.StorageScp;
import org.segnode.pacs.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running program: reception, decisions, worker, delivery, health. Everything it must not forget lies in the data
 * folder, so that it may be stopped at any moment, also by force.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration LONGEST_RECEPTION_POLL = Duration.ofMillis(500);
    private static final Duration DELIVERY_LEASE = Duration.ofMinutes(30);
    private static final Duration RETENTION_PERIOD = Duration.ofHours(1);

    private final Settings settings;
    private final WorkerStart workerStart;
    private final Clock clock;
    private final NodeMetrics metrics = new NodeMetrics();
    private final NodeReadiness readiness;
    private final Optional<Tls> tls;
    private final LongAdder deadLetters = new LongAdder();

    /** Closed from the first to the last: the storage SCP first, the ledger last. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private volatile List<Integer> dicomPorts = List.of();
    private volatile int webPort;
    private volatile int stowPort;
    private volatile @Nullable Ledger openedLedger;

    public Node(Settings settings) {
        this(settings, WorkerStart.WITH_MODELS, Clock.systemUTC());
    }

    /** Anything may compute. */
    Node(Settings settings, WorkerStart workerStart, Clock clock) {
        this.settings = settings;
        this.workerStart = workerStart;
        this.clock = clock;
        this.readiness = new NodeReadiness(settings.data());
        this.tls = settings.tls().configuration().map(Tls::new);
    }

    /**
     * Returns when peers can send.
     *
     * @throws TemporaryException if a port is taken, or the data folder is another node's or cannot be written
     */
    public synchronized void start() {
        Instant begin = clock.instant();
        try {
            makeFolders();
            CompletableFuture<Ledger> opening = CompletableFuture.supplyAsync(this::openLedger);
            CompletableFuture<Routes> preparing = CompletableFuture.supplyAsync(this::prepareRoutes);
            startWeb();
            Ledger ledger = opening.join();
            openedLedger = ledger;
            run(ledger, preparing.join());
        } catch (CompletionException e) {
            close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        LOG.info(
                "ready after {} ms: {} on ports {}, health on port {}",
                Duration.between(begin, clock.instant()).toMillis(),
                settings.node().aet(),
                dicomPorts,
                webPort);
    }

    /** The DICOM port in use, also where the settings left the choice; the one without TLS if there are both. */
    public int dicomPort() {
        return dicomPorts.get(0);
    }

    /** The DICOM ports in use: without TLS, with TLS, as far as the settings want them. */
    public List<Integer> dicomPorts() {
        return dicomPorts;
    }

    /** The port of STOW-RS in use; 0 if there is none. */
    public int stowPort() {
        return stowPort;
    }

    /** The port of health and metrics in use. */
    public int webPort() {
        return webPort;
    }

    /**
     * What the node knows of its series, jobs and deliveries.
     *
     * @throws IllegalStateException before it is started
     */
    public Ledger ledger() {
        Ledger opened = openedLedger;
        if (opened == null) {
            throw new IllegalStateException("the node is not started");
        }
        return opened;
    }

    public boolean ready() {
        return readiness.ready();
    }

    /** No more is taken in; what is under way ends within seconds or is taken up at the next start. */
    @Override
    public synchronized void close() {
        readiness.stopping();
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} cannot be closed", part, e);
            }
        }
    }

    private void run(Ledger ledger, Routes routes) {
        Spool spool = new Spool(settings.data().spool());
        ArchiveCounts archives =
                keep(new ArchiveCounts(SourceArchives.of(settings, tls), settings.completeness(), spool, clock));
        SeriesCollector collector = new SeriesCollector(
                ledger.series(),
                ledger.refusals(),
                spool,
                new Completeness(settings.reception().quietTime(), settings.completeness()),
                new SeriesWitnesses(settings.rules(), new SeriesReader(), archives),
                clock);
        Reception reception = new Reception(
                collector,
                ledger.incidents(),
                ledger.jobs()::oldestWaiting,
                settings.reception().oldestJob(),
                clock);
        archives.fetchInto(new Intake(spool, reception, settings.data().reserve()));
        Dispatch dispatch = new Dispatch(settings, ledger, spool, tls);
        StorageScp scp =
                keep(new StorageScp(Door.configuration(settings, tls), spool, reception, dispatch.commitments()));
        spool.recover();
        collector.recover();
        join(routes, ledger, spool, collector);
        dispatch.join(routes);
        Worker worker = keep(workerStart.start(settings, ledger, spool));
        routes.start();
        scp.start();
        parts.remove(scp); // to be closed before everything else
        parts.push(scp);
        startStow(spool, reception);
        dicomPorts = scp.ports();
        NodeFigures.show(metrics, settings.data(), ledger, collector, reception, worker, deadLetters, clock);
        readiness.started(ledger, routes::running, () -> worker.facts().running());
    }

    private void join(Routes routes, Ledger ledger, Spool spool, SeriesCollector collector) {
        List<String> names =
                settings.destinations().stream().map(Destination::name).toList();
        StudyTriage triage = new StudyTriage(
                ledger.series(),
                spool,
                new SeriesReader(),
                new RuleBook(settings.rules(), names),
                settings.completeness().inputWait(),
                clock);
        Retention retention = new Retention(
                settings.retention(), ledger, spool, settings.data().results(), clock);
        routes.deadLetters(letter -> deadLetters.increment())
                .reception(
                        new ReceptionSteps(
                                collector::closeComplete,
                                ledger.series()::quietStudies,
                                triage::decide,
                                triage::giveUp),
                        receptionPoll())
                .maintenance("retention", retention::run, RETENTION_PERIOD)
                .maintenance(
                        "leases", () -> returnExpired(ledger), settings.worker().lease());
    }

    private static void returnExpired(Ledger ledger) {
        int jobs = ledger.jobs().returnExpired();
        int deliveries = ledger.deliveries().returnExpired();
        if (jobs + deliveries > 0) {
            LOG.warn("taken up again: {} jobs and {} deliveries that nobody was heard of", jobs, deliveries);
        }
    }

    /** Ten looks in a quiet time, at most half a second apart. */
    private Duration receptionPoll() {
        Duration tenth = settings.reception().quietTime().dividedBy(10);
        return tenth.compareTo(LONGEST_RECEPTION_POLL) < 0 ? tenth : LONGEST_RECEPTION_POLL;
    }

    private void startWeb() {
        HealthServer web = keep(HealthServer.start(settings.web(), readiness, metrics::text));
        webPort = web.port();
    }

    private void startStow(Spool spool, Reception reception) {
        StowSettings stow = settings.stow();
        if (stow.port().isPresent()) {
            FileReception files =
                    new FileReception(Door.configuration(settings, tls), spool, reception, stow.largestBytes());
            stowPort = keep(new StowServer(stow, tls, files)).port();
            LOG.info("objects are taken over HTTP on port {}", stowPort);
        }
    }

    private Ledger openLedger() {
        return keepToTheEnd(
                Ledger.open(LedgerConfiguration.embedded(settings.data().folder())
                        .withClock(clock)
                        .withJobs(settings.worker().lease(), settings.worker().retries())
                        .withDeliveries(DELIVERY_LEASE, settings.delivery().retries())
                        .withDestinations(Dispatch.retries(settings.destinations()))));
    }

    private Routes prepareRoutes() {
        return keep(new Routes());
    }

    private void makeFolders() {
        for (Path folder : List.of(
                settings.data().work(),
                settings.data().results(),
                settings.data().models())) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new TemporaryException("the folder " + folder + " cannot be made: " + e.getMessage(), e);
            }
        }
    }

    private <P extends AutoCloseable> P keepToTheEnd(P part) {
        synchronized (parts) {
            parts.addLast(part);
        }
        return part;
    }

    private <P extends AutoCloseable> P keep(P part) {
        synchronized (parts) {
            parts.push(part);
        }
        return part;
    }
}
