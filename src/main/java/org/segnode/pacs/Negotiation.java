package org.segnode.pacs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.AssociationHandler;
import org.aoju.bus.image.metric.internal.pdu.AAssociateAC;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRJ;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.IdentityAC;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.jspecify.annotations.Nullable;
import org.segnode.dicom.Implementation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts or rejects associations and their presentation contexts, and says why in the log and the ledger. */
final class Negotiation extends AssociationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Negotiation.class);

    private final ScpConfiguration configuration;
    private final Offer offer;
    private final Admission admission;
    private final ReceptionListener listener;

    Negotiation(ScpConfiguration configuration, Admission admission, ReceptionListener listener) {
        this.configuration = configuration;
        this.offer = new Offer(configuration.transferSyntaxes(), configuration.keepsNonImages());
        this.admission = admission;
        this.listener = listener;
    }

    @Override
    protected AAssociateAC negotiate(Association association, AAssociateRQ request) throws IOException {
        WatchedSocket socket = (WatchedSocket) association.getSocket();
        try {
            AAssociateAC answer = super.negotiate(association, request);
            decideContexts(association, request, answer, admission.admit(socket, request));
            socket.allow("message", configuration.timeouts().idle());
            return answer;
        } catch (Rejection rejection) {
            logRejection(association, request, rejection.words());
            note(request, "association rejected: " + rejection.words());
            throw rejection;
        } catch (AAssociateRJ rejection) {
            logRejection(association, request, String.valueOf(rejection.getMessage()));
            throw rejection;
        }
    }

    /** Called by the toolkit when protocol version, application context and called AE title are right. */
    @Override
    protected AAssociateAC makeAAssociateAC(
            Association association, AAssociateRQ request, @Nullable IdentityAC identity) {
        AAssociateAC answer = new AAssociateAC();
        answer.setCalledAET(request.getCalledAET());
        answer.setCallingAET(request.getCallingAET());
        answer.setMaxPDULength(configuration.limits().maxPduBytes());
        answer.setMaxOpsInvoked(1);
        answer.setMaxOpsPerformed(1);
        answer.setImplClassUID(Implementation.CLASS_UID);
        answer.setImplVersionName(Implementation.VERSION_NAME);
        return answer;
    }

    private void decideContexts(
            Association association, AAssociateRQ request, AAssociateAC answer, Set<Caller.Permission> permissions) {
        List<String> refused = new ArrayList<>();
        for (Presentation proposed : request.getPresentationContexts()) {
            Presentation decided = offer.decide(request, proposed, permissions);
            answer.addPresentationContext(decided);
            if (!decided.isAccepted()) {
                refused.add(printable(Offer.reason(proposed, decided)));
            }
        }
        CommitmentEvents.answerRole(request, answer);
        log(association, request, refused);
        refused.stream().distinct().forEach(reason -> note(request, reason));
    }

    private static void log(Association association, AAssociateRQ request, List<String> refused) {
        int offered = request.getNumberOfPresentationContexts();
        LOG.info(
                "association {}: \"{}\" from {}, {} of {} presentation contexts accepted",
                association.getSerialNo(),
                printable(request.getCallingAET()),
                association.getSocket().getInetAddress().getHostAddress(),
                offered - refused.size(),
                offered);
        refused.stream()
                .distinct()
                .forEach(reason -> LOG.info("association {}: {}", association.getSerialNo(), reason));
    }

    private static void logRejection(Association association, AAssociateRQ request, String reason) {
        LOG.warn(
                "association of \"{}\" from {} with \"{}\" is rejected: {}",
                printable(request.getCallingAET()),
                association.getSocket().getInetAddress().getHostAddress(),
                printable(request.getCalledAET()),
                reason);
    }

    private void note(AAssociateRQ request, String reason) {
        try {
            listener.refused(printable(request.getCallingAET()), reason);
        } catch (RuntimeException e) {
            LOG.error("a refusal could not be noted: {}", e.getMessage());
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
