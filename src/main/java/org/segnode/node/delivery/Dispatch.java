package org.segnode.node.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.segnode.ledger.Deliveries;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.Retries;
import org.segnode.node.routes.Routes;
import org.segnode.node.settings.ArchiveSettings;
import org.segnode.node.settings.Commitment;
import org.segnode.node.settings.Destination;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.CommitmentListener;
import org.segnode.pacs.QueryScu;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.ScuTimeouts;
import org.segnode.pacs.Spool;
import org.segnode.pacs.StorageScu;
import org.segnode.pacs.Tls;

/**
 * Joins what brings objects to destinations. Each destination has routes of its own, one that sends and one that asks for
 * commitment, so that an absent or slow one delays no other.
 */
public final class Dispatch {
    private static final int AT_ONCE = 8;

    private final Deliveries deliveries;
    private final ResultSender sender;
    private final CommitmentDesk desk;
    private final ReplacementNotes notes;
    private final RefusalNotes refusals;
    private final List<Destination> destinations;
    private final Duration poll;

    /**
     * @param spool the series' objects, for what is said of refused ones
     * @param tls for the destinations that want it
     */
    public Dispatch(Settings settings, Ledger ledger, Spool spool, Optional<Tls> tls) {
        String aet = settings.node().aet();
        Path results = settings.data().results();
        this.destinations = settings.destinations(tls);
        this.poll = settings.delivery().poll();
        this.deliveries = ledger.deliveries();
        this.sender = new ResultSender(ledger, new StorageScu(aet), patients(settings, tls), results, destinations);
        this.refusals = new RefusalNotes(ledger.refusedSeries(), spool, results, destinations);
        this.notes = new ReplacementNotes(ledger, results);
        this.desk = new CommitmentDesk(ledger, aet, ScuTimeouts.DEFAULT, destinations);
    }

    /** Attempts and pauses of the destinations that have their own, by name. */
    public static Map<String, Retries> retries(List<Destination> destinations) {
        return destinations.stream()
                .filter(one -> one.terms().retries().isPresent())
                .collect(Collectors.toMap(
                        Destination::name, one -> one.terms().retries().orElseThrow()));
    }

    private static PatientCheck patients(Settings settings, Optional<Tls> tls) {
        Map<String, RemoteAe> archives = settings.archives().stream()
                .filter(one -> one.ae().isPresent())
                .collect(Collectors.toMap(
                        ArchiveSettings::name,
                        one -> one.tls() && tls.isPresent()
                                ? one.ae().orElseThrow().over(tls.get())
                                : one.ae().orElseThrow()));
        return new ArchivedPatients(new QueryScu(settings.node().aet()), archives);
    }

    /** To be told of reports that come on associations which destinations open. */
    public CommitmentListener commitments() {
        return desk;
    }

    public void join(Routes routes) {
        destinations.forEach(destination -> join(routes, destination));
        routes.maintenance("refusals", refusals::turn, poll);
        List<String> names = destinations.stream().map(Destination::name).toList();
        routes.delivery(
                "delivery to no known destination",
                () -> deliveries.claimDueToOthers(names, AT_ONCE),
                sender::send,
                poll);
    }

    private void join(Routes routes, Destination destination) {
        String name = destination.name();
        routes.delivery("delivery to " + name, () -> deliveries.claimDueTo(name, AT_ONCE), sender::send, poll);
        routes.maintenance("replacement at " + name, () -> notes.turn(destination), poll);
        if (destination.terms().commitment() != Commitment.NONE) {
            routes.delivery("commitment of " + name, () -> desk.turn(destination), Optional::of, poll);
        }
    }
}
