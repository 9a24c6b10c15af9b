package org.segnode.pacs;

import java.io.IOException;
import org.aoju.bus.image.metric.PDVInputStream;
import org.segnode.TemporaryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the data set of one C-STORE into the spool. */
final class ObjectReception {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectReception.class);

    private final Spool spool;
    private final ReceptionListener listener;
    private final Capacity capacity;

    ObjectReception(Spool spool, ReceptionListener listener, Capacity capacity) {
        this.spool = spool;
        this.listener = listener;
        this.capacity = capacity;
    }

    /**
     * Returns when the object is on disk and the listener knows.
     *
     * @throws StoreRefusal why it is not; part of the data may be unread
     * @throws IOException if the peer has gone
     */
    void receive(Origin origin, PDVInputStream data, WatchedSocket peer) throws StoreRefusal, IOException {
        Kept kept;
        try {
            capacity.requireSpace();
            kept = store(origin, data, peer);
        } catch (SpoolException e) {
            LOG.error("association {}: {}", origin.association(), e.getMessage());
            throw new StoreRefusal(StoreRefusal.OUT_OF_RESOURCES, "the object cannot be written to disk");
        }
        try {
            listener.received(kept.instance());
            kept.contradiction().ifPresent(listener::contradicted);
        } catch (TemporaryException e) {
            LOG.error(
                    "series {}: an object could not be noted: {}",
                    kept.instance().seriesKey(),
                    e.getMessage());
            throw new StoreRefusal(StoreRefusal.PROCESSING_FAILURE, "the object could not be noted");
        } catch (RuntimeException e) {
            LOG.error("series {}: an object could not be noted", kept.instance().seriesKey(), e);
            throw new StoreRefusal(StoreRefusal.PROCESSING_FAILURE, "the object could not be noted");
        }
    }

    private Kept store(Origin origin, PDVInputStream data, WatchedSocket peer) throws StoreRefusal, IOException {
        try (IncomingObject object = spool.begin(origin)) {
            data.copyTo(capacity.within(object));
            peer.allowForever();
            ObjectIds ids = DataSetStart.read(object);
            requireSame("SOP Class UID", origin.sopClassUid(), ids.sopClassUid());
            requireSame("SOP Instance UID", origin.sopInstanceUid(), ids.sopInstanceUid());
            object.seal();
            return spool.keep(object, ids);
        }
    }

    private static void requireSame(String name, String inCommand, String inDataSet) throws StoreRefusal {
        if (!inCommand.equals(inDataSet)) {
            throw new StoreRefusal(
                    StoreRefusal.DATA_SET_DOES_NOT_MATCH, name + " differs between data set and command");
        }
    }
}
