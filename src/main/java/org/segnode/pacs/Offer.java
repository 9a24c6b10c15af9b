package org.segnode.pacs;

import java.util.List;
import java.util.Set;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;

/**
 * What the SCP accepts of the proposed presentation contexts (PS3.8 9.3.3.2).
 *
 * @param storageSyntaxes of storage contexts, most preferred first
 * @param nonImages whether storage of what is not an image is accepted
 */
record Offer(List<String> storageSyntaxes, boolean nonImages) {
    private static final List<String> PLAIN_SYNTAXES =
            List.of(TransferSyntaxes.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN);

    Presentation decide(AAssociateRQ request, Presentation proposed, Set<Caller.Permission> permissions) {
        String sopClass = abstractSyntax(proposed);
        if (sopClass.equals(SopClasses.VERIFICATION)) {
            return decide(proposed, permissions.contains(Caller.Permission.ECHO), PLAIN_SYNTAXES);
        }
        if (CommitmentEvents.mayReport(request, proposed)) {
            return decide(proposed, true, PLAIN_SYNTAXES);
        }
        if (SopClasses.isStorage(sopClass) && (nonImages || SopClasses.isImage(sopClass))) {
            return decide(proposed, permissions.contains(Caller.Permission.STORE), storageSyntaxes);
        }
        return refusal(proposed, Presentation.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }

    private static Presentation decide(Presentation proposed, boolean allowed, List<String> known) {
        if (!allowed) {
            return refusal(proposed, Presentation.USER_REJECTION);
        }
        List<String> offered = List.of(proposed.getTransferSyntaxes());
        return known.stream()
                .filter(offered::contains)
                .findFirst()
                .map(syntax -> new Presentation(proposed.getPCID(), Presentation.ACCEPTANCE, syntax))
                .orElseGet(() -> refusal(proposed, Presentation.TRANSFER_SYNTAX_NOT_SUPPORTED));
    }

    private static Presentation refusal(Presentation proposed, int result) {
        return new Presentation(proposed.getPCID(), result, TransferSyntaxes.IMPLICIT_VR_LITTLE_ENDIAN);
    }

    /** Why a context was not accepted, in words. */
    static String reason(Presentation proposed, Presentation decided) {
        String sopClass = abstractSyntax(proposed);
        return switch (decided.getResult()) {
            case Presentation.USER_REJECTION -> "not allowed to this caller: " + sopClass;
            case Presentation.TRANSFER_SYNTAX_NOT_SUPPORTED ->
                "transfer syntax not supported: " + String.join(", ", proposed.getTransferSyntaxes()) + " of "
                        + sopClass;
            default ->
                (SopClasses.isStorage(sopClass) ? "what is not an image is not taken: " : "no storage SOP class: ")
                        + sopClass;
        };
    }

    private static String abstractSyntax(Presentation proposed) {
        return String.valueOf(proposed.getAbstractSyntax());
    }
}
