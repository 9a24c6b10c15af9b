package org.segnode.node.delivery;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.segnode.TemporaryException;
import org.segnode.ledger.Commitments;
import org.segnode.ledger.Deliveries;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.Destinations;
import org.segnode.ledger.Ledger;
import org.segnode.node.settings.Commitment;
import org.segnode.node.settings.Destination;
import org.segnode.pacs.CommitmentListener;
import org.segnode.pacs.CommitmentReport;
import org.segnode.pacs.CommitmentScu;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.ScuTimeouts;
import org.segnode.pacs.SopInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks destinations to commit to what they were sent, and writes down what they report. What they do not keep is sent again;
 * what they do not report in time is asked for again.
 */
public final class CommitmentDesk implements CommitmentListener {
    private static final Logger LOG = LoggerFactory.getLogger(CommitmentDesk.class);

    /** Objects in one request. */
    private static final int AT_ONCE = 100;

    private final Commitments commitments;
    private final Deliveries deliveries;
    private final Destinations states;
    private final CommitmentScu scu;
    private final Map<String, Destination> destinations;
    private final Queue<Delivery> givenUp = new ConcurrentLinkedQueue<>();

    /** @param callingAet AE title of the node */
    public CommitmentDesk(Ledger ledger, String callingAet, ScuTimeouts timeouts, List<Destination> destinations) {
        this.commitments = ledger.commitments();
        this.deliveries = ledger.deliveries();
        this.states = ledger.destinations();
        this.scu = new CommitmentScu(callingAet, timeouts, this);
        this.destinations = destinations.stream().collect(Collectors.toMap(Destination::name, Function.identity()));
    }

    /**
     * Asks a destination for what it was sent, if it may be sent to. Where the report comes on the same association, this
     * waits for it.
     *
     * @return what was given up since the last turn
     */
    public List<Delivery> turn(Destination destination) {
        givenUp.addAll(commitments.expire(destination.name(), AT_ONCE));
        if (states.mayBeSentTo(destination.name())) {
            ask(destination);
        }
        List<Delivery> letters = new ArrayList<>();
        for (Delivery one = givenUp.poll(); one != null; one = givenUp.poll()) {
            letters.add(one);
        }
        return letters;
    }

    private void ask(Destination destination) {
        String transaction = transactionUid();
        Duration timeout = destination.terms().commitmentTimeout();
        List<Delivery> asked = commitments.request(destination.name(), transaction, timeout, AT_ONCE);
        if (asked.isEmpty()) {
            return;
        }
        boolean same = destination.terms().commitment() == Commitment.SAME_ASSOCIATION;
        List<SopInstance> objects = asked.stream()
                .map(one ->
                        new SopInstance(one.result().sopClassUid(), one.result().sopInstanceUid()))
                .toList();
        try {
            LOG.info(
                    "{} objects: {} is asked to commit, transaction {}", objects.size(), destination.ae(), transaction);
            scu.request(destination.ae(), transaction, objects, same ? timeout : Duration.ZERO);
            states.reached(destination.name());
        } catch (RefusedByPeerException | TemporaryException e) {
            String reason = Objects.requireNonNullElse(e.getMessage(), "no reason given");
            if (e instanceof TemporaryException) {
                states.unreachable(destination.name(), reason);
            }
            LOG.warn("{} cannot be asked to commit, transaction {}: {}", destination.ae(), transaction, reason);
            asked.forEach(one -> {
                commitments.notAsked(one, transaction, reason);
                noteEnd(one);
            });
        }
    }

    /** 2.25 and a random UUID as a decimal number (PS3.5 B.2). */
    private static String transactionUid() {
        String hex = UUID.randomUUID().toString().replace("-", "");
        return "2.25." + new BigInteger(hex, 16);
    }

    @Override
    public void reported(CommitmentReport report) {
        List<Delivery> asked = commitments.of(report.transactionUid());
        if (asked.isEmpty()) {
            LOG.warn("{} reports on the unknown transaction {}: ignored", report.aet(), report.transactionUid());
            return;
        }
        for (Delivery delivery : asked) {
            Destination destination = destinations.get(delivery.destination());
            if (destination == null || !destination.ae().aet().equals(report.aet())) {
                LOG.warn(
                        "{} reports on transaction {}, which it was not asked for: ignored",
                        report.aet(),
                        report.transactionUid());
                return;
            }
            note(delivery, report);
        }
    }

    private void note(Delivery delivery, CommitmentReport report) {
        String uid = delivery.result().sopInstanceUid();
        Integer failure = report.failed().get(uid);
        if (report.committed().contains(uid)) {
            if (commitments.committed(delivery)) {
                LOG.info("{}: committed by {}, SOP Instance UID {}", delivery, report.aet(), uid);
            }
        } else if (failure != null) {
            String reason = report.aet() + " does not commit to it: " + CommitmentReport.words(failure);
            if (commitments.notCommitted(delivery, report.transactionUid(), reason)) {
                LOG.warn("{}: {}", delivery, reason);
                noteEnd(delivery);
            }
        }
    }

    private void noteEnd(Delivery delivery) {
        deliveries
                .find(delivery.id())
                .filter(now -> now.state() == DeliveryState.FAILED)
                .ifPresent(givenUp::add);
    }
}
