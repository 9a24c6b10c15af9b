package org.segnode.node.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.segnode.dicom.ResultForm;
import org.segnode.ledger.Retries;

/**
 * How one destination is dealt with.
 *
 * @param tls whether the connection is encrypted, with the keys of section {@code tls}
 * @param commitment whether it is asked to keep what it was sent
 * @param commitmentTimeout how long the report of a storage commitment is awaited before it is asked for again
 * @param patientArchive name of the archive that is asked, before each sending, whether patient and accession are still those
 *     of the result; empty: nobody is asked
 * @param sendRefusals as what it is told that a series was refused: {@code SR}, {@code SC}; empty: not at all
 * @param retries attempts and pauses of its own; empty: those of section {@code delivery}
 */
public record Terms(
        boolean tls,
        Commitment commitment,
        Duration commitmentTimeout,
        Optional<String> patientArchive,
        OnReplace onReplace,
        Set<ResultForm> sendRefusals,
        Optional<Retries> retries) {
    private static final Set<ResultForm> REFUSALS = Set.of(ResultForm.SR, ResultForm.SC);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    /** Success of the C-STORE is enough, and nothing else is sent than results. */
    public static final Terms PLAIN = new Terms(
            false, Commitment.NONE, FIVE_MINUTES, Optional.empty(), OnReplace.KEEP, Set.of(), Optional.empty());

    public Terms {
        sendRefusals = Set.copyOf(sendRefusals);
        if (!REFUSALS.containsAll(sendRefusals)) {
            throw new IllegalArgumentException("refusals are sent as sr and sc, not as " + sendRefusals);
        }
    }

    /** @param name of the destination */
    static Terms read(Section in, String name) {
        boolean checkPatient = in.flag("check-patient", false);
        String archive = in.text("archive", name);
        return new Terms(
                in.flag("tls", false),
                in.value("commitment", PLAIN.commitment, Section.oneOf(Commitment.class)),
                in.duration("commitment-timeout", FIVE_MINUTES, Duration.ofSeconds(1)),
                checkPatient ? Optional.of(archive) : Optional.empty(),
                in.value("on-replace", PLAIN.onReplace, Section.oneOf(OnReplace.class)),
                Set.copyOf(in.values("send-refusals", List.of(), Terms::refusal)),
                retries(in));
    }

    private static ResultForm refusal(String text) {
        return switch (text) {
            case "sr" -> ResultForm.SR;
            case "sc" -> ResultForm.SC;
            default -> throw new IllegalArgumentException("must be sr or sc, is \"" + text + "\"");
        };
    }

    private static Optional<Retries> retries(Section in) {
        if (!in.has("attempts") && !in.has("first-pause") && !in.has("longest-pause")) {
            return Optional.empty();
        }
        DeliverySettings own = DeliverySettings.readRetries(in, Duration.ofSeconds(1));
        return own.longestPause().compareTo(own.firstPause()) < 0 ? Optional.empty() : Optional.of(own.retries());
    }
}
