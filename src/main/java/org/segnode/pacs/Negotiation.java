package org.segnode.pacs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

/** Accepts or rejects associations and their presentation contexts, and says why in the log. */
final class Negotiation extends AssociationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Negotiation.class);
    private static final List<String> PLAIN_SYNTAXES =
            List.of(TransferSyntaxes.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN);

    private final ScpConfiguration configuration;
    private final RunningStores running;
    private final ReceptionListener listener;

    Negotiation(ScpConfiguration configuration, RunningStores running, ReceptionListener listener) {
        this.configuration = configuration;
        this.running = running;
        this.listener = listener;
    }

    @Override
    protected AAssociateAC negotiate(Association association, AAssociateRQ request) throws IOException {
        try {
            if (running.isStopping()) {
                throw new AAssociateRJ(
                        AAssociateRJ.RESULT_REJECTED_TRANSIENT,
                        AAssociateRJ.SOURCE_SERVICE_PROVIDER_PRES,
                        AAssociateRJ.REASON_TEMPORARY_CONGESTION);
            }
            AAssociateAC answer = super.negotiate(association, request);
            ((WatchedSocket) association.getSocket())
                    .allow("message", configuration.timeouts().idle());
            return answer;
        } catch (AAssociateRJ rejection) {
            LOG.warn(
                    "association of \"{}\" from {} with \"{}\" is rejected: {}",
                    printable(request.getCallingAET()),
                    association.getSocket().getInetAddress().getHostAddress(),
                    printable(request.getCalledAET()),
                    rejection.getMessage());
            throw rejection;
        }
    }

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
        List<String> refused = new ArrayList<>();
        for (Presentation proposed : request.getPresentationContexts()) {
            Presentation decided = decide(request, proposed);
            answer.addPresentationContext(decided);
            if (!decided.isAccepted()) {
                refused.add(reason(proposed, decided));
            }
        }
        CommitmentEvents.answerRole(request, answer);
        log(association, request, refused);
        refused.stream().distinct().forEach(reason -> note(request, reason));
        return answer;
    }

    private Presentation decide(AAssociateRQ request, Presentation proposed) {
        String sopClass = String.valueOf(proposed.getAbstractSyntax());
        boolean withoutPixels =
                sopClass.equals(SopClasses.VERIFICATION) || CommitmentEvents.mayReport(request, proposed);
        if (!withoutPixels && !SopClasses.isStorage(sopClass)) {
            return refusal(proposed, Presentation.ABSTRACT_SYNTAX_NOT_SUPPORTED);
        }
        List<String> offered = List.of(proposed.getTransferSyntaxes());
        List<String> known = withoutPixels ? PLAIN_SYNTAXES : configuration.transferSyntaxes();
        return known.stream()
                .filter(offered::contains)
                .findFirst()
                .map(syntax -> new Presentation(proposed.getPCID(), Presentation.ACCEPTANCE, syntax))
                .orElseGet(() -> refusal(proposed, Presentation.TRANSFER_SYNTAX_NOT_SUPPORTED));
    }

    private static Presentation refusal(Presentation proposed, int result) {
        return new Presentation(proposed.getPCID(), result, TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN);
    }

    private static String reason(Presentation proposed, Presentation decided) {
        return decided.getResult() == Presentation.ABSTRACT_SYNTAX_NOT_SUPPORTED
                ? "no storage SOP class: " + printable(String.valueOf(proposed.getAbstractSyntax()))
                : "transfer syntax not supported: " + printable(String.join(", ", proposed.getTransferSyntaxes()))
                        + " of " + printable(String.valueOf(proposed.getAbstractSyntax()));
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
