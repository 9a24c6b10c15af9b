package org.segnode.node.delivery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.ObjectHeader;
import org.segnode.ledger.Deliveries;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.Destinations;
import org.segnode.ledger.Ledger;
import org.segnode.node.settings.Commitment;
import org.segnode.node.settings.Destination;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.StorageScu;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an object's file, always the same one, to one destination, and writes down how the destination took it. */
public final class ResultSender {
    private static final Logger LOG = LoggerFactory.getLogger(ResultSender.class);

    private final Deliveries deliveries;
    private final Destinations states;
    private final StorageScu scu;
    private final PatientCheck patients;
    private final Path results;
    private final Map<String, Destination> destinations;

    /** @param results folder the objects' files lie in */
    public ResultSender(
            Ledger ledger, StorageScu scu, PatientCheck patients, Path results, List<Destination> destinations) {
        this.deliveries = ledger.deliveries();
        this.states = ledger.destinations();
        this.scu = scu;
        this.patients = patients;
        this.results = results;
        this.destinations = destinations.stream().collect(Collectors.toMap(Destination::name, Function.identity()));
    }

    /**
     * @param delivery claimed, so that nobody else sends it
     * @return the delivery if it is given up with this attempt
     */
    public Optional<Delivery> send(Delivery delivery) {
        Destination destination = destinations.get(delivery.destination());
        Path file = results.resolve(delivery.result().file());
        if (destination == null) {
            deliveries.refused(delivery, "destination " + delivery.destination() + " is not in the settings");
        } else if (!states.mayBeSentTo(destination.name())) {
            deliveries.putBack(delivery); // it could not be reached a moment ago
        } else if (!Files.isRegularFile(file)) {
            deliveries.refused(
                    delivery, "the result's file " + delivery.result().file() + " is gone");
        } else {
            sendTo(destination, file, delivery);
        }
        return deliveries.find(delivery.id()).filter(now -> now.state() == DeliveryState.FAILED);
    }

    private void sendTo(Destination destination, Path file, Delivery delivery) {
        try {
            Optional<String> otherwise = patients.objection(destination, file);
            if (otherwise.isPresent()) {
                deliveries.held(delivery, otherwise.get());
                LOG.warn("{}: held: {}", delivery, otherwise.get());
                return;
            }
            deliveries.noteSeries(delivery, ObjectHeader.read(file).seriesInstanceUid());
            store(destination, file, delivery);
        } catch (RefusedByPeerException e) {
            refused(delivery, e);
        } catch (UnusableSeriesException e) {
            deliveries.refused(delivery, "the result's file cannot be read: " + words(e));
        } catch (TemporaryException e) {
            again(delivery, words(e));
        } catch (RuntimeException e) {
            LOG.error("{}: the program failed", delivery, e);
            again(delivery, "the program failed: " + e);
        }
    }

    private void store(Destination destination, Path file, Delivery delivery) throws RefusedByPeerException {
        try {
            scu.send(destination.ae(), List.of(file));
        } catch (TemporaryException e) {
            states.unreachable(destination.name(), words(e));
            throw e;
        }
        states.reached(destination.name());
        if (destination.terms().commitment() == Commitment.NONE) {
            deliveries.accepted(delivery);
        } else {
            deliveries.sent(delivery);
        }
        LOG.info(
                "{}: accepted by {}, SOP Instance UID {}",
                delivery,
                destination.ae(),
                delivery.result().sopInstanceUid());
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
