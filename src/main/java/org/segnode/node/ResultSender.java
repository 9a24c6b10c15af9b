package org.segnode.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.segnode.TemporaryException;
import org.segnode.ledger.Deliveries;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryState;
import org.segnode.node.settings.Destination;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a result's file, always the same one, to one destination, and writes down how the destination took it. */
public final class ResultSender {
    private static final Logger LOG = LoggerFactory.getLogger(ResultSender.class);

    private final Deliveries deliveries;
    private final StorageScu scu;
    private final Path results;
    private final Map<String, RemoteAe> destinations;

    /** @param results folder the results' files lie in */
    public ResultSender(Deliveries deliveries, StorageScu scu, Path results, List<Destination> destinations) {
        this.deliveries = deliveries;
        this.scu = scu;
        this.results = results;
        this.destinations = destinations.stream().collect(Collectors.toMap(Destination::name, Destination::ae));
    }

    /**
     * @param delivery claimed, so that nobody else sends it
     * @return the delivery if it is given up with this attempt
     */
    public Optional<Delivery> send(Delivery delivery) {
        RemoteAe peer = destinations.get(delivery.destination());
        Path file = results.resolve(delivery.result().file());
        if (peer == null) {
            deliveries.refused(delivery, "destination " + delivery.destination() + " is not in the settings");
        } else if (!Files.isRegularFile(file)) {
            deliveries.refused(
                    delivery, "the result's file " + delivery.result().file() + " is gone");
        } else {
            sendTo(peer, file, delivery);
        }
        return deliveries.find(delivery.id()).filter(now -> now.state() == DeliveryState.FAILED);
    }

    private void sendTo(RemoteAe peer, Path file, Delivery delivery) {
        try {
            scu.send(peer, List.of(file));
            deliveries.accepted(delivery);
            LOG.info(
                    "{}: accepted by {}, SOP Instance UID {}",
                    delivery,
                    peer,
                    delivery.result().sopInstanceUid());
        } catch (RefusedByPeerException e) {
            refused(delivery, e);
        } catch (TemporaryException e) {
            again(delivery, words(e));
        } catch (RuntimeException e) {
            LOG.error("{}: the program failed", delivery, e);
            again(delivery, "the program failed: " + e);
        }
    }

    /** An object that was understood and refused stays refused; where nothing was sent, settings may be corrected. */
    private void refused(Delivery delivery, RefusedByPeerException e) {
        if (e.status() == RefusedByPeerException.NO_STATUS || e.mayPass()) {
            again(delivery, words(e));
        } else {
            deliveries.refused(delivery, words(e));
        }
    }

    private static String words(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), "no reason given");
    }

    private void again(Delivery delivery, String reason) {
        deliveries.retry(delivery, reason);
        LOG.warn("{}: attempt {} failed: {}", delivery, delivery.attempt(), reason);
    }
}
