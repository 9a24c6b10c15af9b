package org.segnode.pacs;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.aoju.bus.image.metric.PDVInputStream;
import org.segnode.TemporaryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings data sets into the spool. */
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

    /** Where a data set comes from. */
    interface Source {
        void copyTo(OutputStream out) throws IOException;
    }

    /** The same as the other, from a C-STORE: while the object is written to disk the peer waits for us. */
    void receive(Origin origin, PDVInputStream data, WatchedSocket peer) throws StoreRefusal, IOException {
        Source source = out -> {
            data.copyTo(out);
            peer.allowForever();
        };
        receive(origin, source, Optional.empty());
    }

    /**
     * Returns when the object is on disk and the listener knows.
     *
     * @param study Study Instance UID that the object must have, if one is demanded
     *
     * @throws StoreRefusal why it is not; part of the data may be unread
     * @throws IOException if the peer has gone
     */
    void receive(Origin origin, Source data, Optional<String> study) throws StoreRefusal, IOException {
        Kept kept;
        try {
            capacity.requireSpace();
            kept = store(origin, data, study);
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

    private Kept store(Origin origin, Source data, Optional<String> study) throws StoreRefusal, IOException {
        try (IncomingObject object = spool.begin(origin)) {
            data.copyTo(capacity.within(object));
            ObjectIds ids = DataSetStart.read(object);
            requireSame("SOP Class UID", origin.sopClassUid(), ids.sopClassUid());
            requireSame("SOP Instance UID", origin.sopInstanceUid(), ids.sopInstanceUid());
            if (study.isPresent() && !study.get().equals(ids.studyInstanceUid())) {
                throw new StoreRefusal(StoreRefusal.DATA_SET_DOES_NOT_MATCH, "the object is of another study");
            }
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
