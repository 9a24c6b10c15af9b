package org.segnode.pacs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes DICOM files from streams into the spool, the same way and within the same limits as C-STORE. Safe for several threads. */
public final class FileReception {
    private static final Logger LOG = LoggerFactory.getLogger(FileReception.class);

    /** Numbers of transfers are negative, so that none is that of an association. */
    private static final AtomicLong TRANSFERS = new AtomicLong();

    private final ObjectReception reception;
    private final Capacity capacity;
    private final ReceptionListener listener;
    private final String calledAet;
    private final Set<String> transferSyntaxes;
    private final boolean nonImages;
    private final long largestBytes;

    /**
     * @param scp its AE title, transfer syntaxes, and what it keeps hold here too
     * @param largestBytes of one object
     */
    public FileReception(ScpConfiguration scp, Spool spool, ReceptionListener listener, long largestBytes) {
        this.listener = listener;
        this.capacity = new Capacity(spool, scp.minimumFreeBytes(), listener);
        this.reception = new ObjectReception(spool, listener, capacity);
        this.calledAet = scp.aeTitle();
        this.transferSyntaxes = Set.copyOf(scp.transferSyntaxes());
        this.nonImages = scp.keepsNonImages();
        this.largestBytes = largestBytes;
    }

    /** Why nothing is taken in for now, if so. */
    public Optional<String> congestion() {
        return capacity.congestion();
    }

    /** Several files that belong together, as those of an association do. */
    public Transfer begin(String caller) {
        return new Transfer(AeTitle.require("the caller", caller), TRANSFERS.decrementAndGet());
    }

    /** Closing it without {@link #complete} means that it broke. */
    public final class Transfer implements AutoCloseable {
        private final String caller;
        private final long number;
        private boolean complete;

        private Transfer(String caller, long number) {
            this.caller = caller;
            this.number = number;
        }

        /**
         * Returns when the object is on disk and the listener knows, or it is refused.
         *
         * @param file a DICOM file; where it is refused it may not be read to its end
         * @param study that the object has to belong to, if one is demanded
         * @throws IOException if the stream breaks
         */
        public StoredFile take(InputStream file, Optional<String> study) throws IOException {
            String sopClass = "";
            String instance = "";
            try {
                FilePart start = FilePart.read(file);
                sopClass = start.sopClassUid();
                instance = start.sopInstanceUid();
                requireOffered(start);
                Origin origin = new Origin(sopClass, instance, start.transferSyntaxUid(), caller, calledAet, number);
                reception.receive(origin, out -> copy(file, out), study);
                return StoredFile.success(sopClass, instance);
            } catch (TooLargeException e) {
                return refused(sopClass, instance, new StoreRefusal(StoreRefusal.OUT_OF_RESOURCES, e.words()));
            } catch (StoreRefusal refusal) {
                return refused(sopClass, instance, refusal);
            }
        }

        private StoredFile refused(String sopClass, String instance, StoreRefusal refusal) {
            LOG.warn(
                    "transfer {}: an object is refused with reason {}: {}",
                    number,
                    String.format("%04X", refusal.status()),
                    refusal.reason());
            return new StoredFile(sopClass, instance, refusal.status(), refusal.reason());
        }

        /** Everything has come. */
        public void complete() {
            complete = true;
        }

        @Override
        public void close() {
            listener.associationEnded(number, complete);
        }
    }

    private void requireOffered(FilePart start) throws StoreRefusal {
        String sopClass = start.sopClassUid();
        if (!(nonImages ? SopClasses.isStorage(sopClass) : SopClasses.isImage(sopClass))) {
            throw new StoreRefusal(StoreRefusal.SOP_CLASS_NOT_SUPPORTED, "the SOP class is not taken: " + sopClass);
        }
        if (!transferSyntaxes.contains(start.transferSyntaxUid())) {
            throw new StoreRefusal(
                    StoreRefusal.TRANSFER_SYNTAX_NOT_SUPPORTED,
                    "the transfer syntax is not taken: " + start.transferSyntaxUid());
        }
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        byte[] block = new byte[1 << 16];
        long total = 0;
        for (int count = from.read(block); count >= 0; count = from.read(block)) {
            total += count;
            if (total > largestBytes) {
                throw new TooLargeException(largestBytes);
            }
            to.write(block, 0, count);
        }
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        private final long largest;

        TooLargeException(long largest) {
            super("too large");
            this.largest = largest;
        }

        String words() {
            return "an object of more than " + largest + " bytes";
        }
    }
}
