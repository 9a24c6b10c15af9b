package org.segnode.pacs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.aoju.bus.core.exception.InternalException;
import org.aoju.bus.image.Status;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Commands;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.internal.pdu.AAssociateAC;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.aoju.bus.image.metric.internal.pdu.RoleSelection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the reports of storage commitment SCPs (N-EVENT-REPORT, PS3.4 J.3.3), on an association that we opened or on one
 * that the SCP opened to us with the roles reversed.
 */
final class CommitmentEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CommitmentEvents.class);
    private static final int ALL_COMMITTED = 1;
    private static final int SOME_FAILED = 2;
    private static final int LONGEST_REPORT = 1 << 22; // some 30,000 instances
    private static final int FIRST_ALLOCATION = 1 << 16;

    private final CommitmentListener listener;

    CommitmentEvents(CommitmentListener listener) {
        this.listener = listener;
    }

    /** Whether a peer that opens an association may use this context: as the SCP that reports, not as one that asks. */
    static boolean mayReport(AAssociateRQ request, Presentation proposed) {
        RoleSelection roles = request.getRoleSelectionFor(SopClasses.STORAGE_COMMITMENT);
        return SopClasses.STORAGE_COMMITMENT.equals(proposed.getAbstractSyntax()) && (roles == null || roles.isSCP());
    }

    /** Answers the role that the peer proposed, if it did (PS3.7 D.3.3.4). */
    static void answerRole(AAssociateRQ request, AAssociateAC answer) {
        RoleSelection roles = request.getRoleSelectionFor(SopClasses.STORAGE_COMMITMENT);
        if (roles != null && roles.isSCP()) {
            answer.addRoleSelection(new RoleSelection(SopClasses.STORAGE_COMMITMENT, false, true));
        }
    }

    /**
     * @param aet of the reporter
     * @return the response's command set
     */
    Attributes answer(
            Association association, String aet, Presentation context, Attributes command, PDVInputStream data)
            throws IOException {
        Attributes answer = Commands.mkNEventReportRSP(command, Status.Success);
        try {
            int status = take(aet, context, command, data);
            answer.setInt(Tag.Status, VR.US, status);
        } catch (InternalException | IllegalArgumentException | EndOfReportException e) {
            LOG.warn(
                    "association {}: a storage commitment report is refused: {}",
                    association.getSerialNo(),
                    e.getMessage());
            answer.setInt(Tag.Status, VR.US, Status.InvalidArgumentValue);
        } catch (RuntimeException e) {
            LOG.error(
                    "association {}: a storage commitment report could not be noted: {}",
                    association.getSerialNo(),
                    e.getMessage());
            answer.setInt(Tag.Status, VR.US, Status.ProcessingFailure);
        }
        return answer;
    }

    private int take(String aet, Presentation context, Attributes command, PDVInputStream data) throws IOException {
        int event = command.getInt(Tag.EventTypeID, 0);
        if (!SopClasses.STORAGE_COMMITMENT.equals(command.getString(Tag.AffectedSOPClassUID))) {
            return Status.NoSuchSOPclass;
        }
        if (event != ALL_COMMITTED && event != SOME_FAILED) {
            return Status.NoSuchEventType;
        }
        listener.reported(report(aet, information(context, data)));
        return Status.Success;
    }

    private static Attributes information(Presentation context, PDVInputStream data) throws IOException {
        try (ImageInputStream in = new ImageInputStream(new BoundedReport(data), context.getTransferSyntax())) {
            in.setAllocateLimit(FIRST_ALLOCATION);
            return in.readDataset(-1, -1);
        }
    }

    private static CommitmentReport report(String aet, Attributes information) {
        Set<String> committed = new HashSet<>();
        for (Attributes item : items(information, Tag.ReferencedSOPSequence)) {
            committed.add(Uid.of(item, Tag.ReferencedSOPInstanceUID).orElse(""));
        }
        Map<String, Integer> failed = new HashMap<>();
        for (Attributes item : items(information, Tag.FailedSOPSequence)) {
            failed.put(
                    Uid.of(item, Tag.ReferencedSOPInstanceUID).orElse(""),
                    item.getInt(Tag.FailureReason, Status.ProcessingFailure));
        }
        committed.removeAll(failed.keySet()); // who says both has not committed it
        String transaction = Uid.of(information, Tag.TransactionUID).orElse("");
        return new CommitmentReport(transaction, aet, committed, failed);
    }

    private static Iterable<Attributes> items(Attributes information, int tag) {
        Sequence items = information.getSequence(tag);
        return items == null ? Set.of() : items;
    }

    /** The report is longer than any that is read. */
    private static final class EndOfReportException extends IOException {
        private static final long serialVersionUID = 1L;

        EndOfReportException() {
            super("it is longer than " + LONGEST_REPORT + " bytes");
        }
    }

    /** Does not read for ever. */
    private static final class BoundedReport extends FilterInputStream {
        private int left = LONGEST_REPORT;

        BoundedReport(PDVInputStream data) {
            super(data);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws EndOfReportException {
            left -= read;
            if (left < 0) {
                throw new EndOfReportException();
            }
        }

        @Override
        public void close() {
            // the association goes on
        }
    }
}
