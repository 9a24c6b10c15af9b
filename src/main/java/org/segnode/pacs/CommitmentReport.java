package org.segnode.pacs;

import java.util.Map;
import java.util.Set;

/**
 * What a storage commitment SCP says of a transaction (PS3.4 J.3.3).
 *
 * @param transactionUid the one of the request
 * @param aet who says it
 * @param committed SOP Instance UIDs that it keeps from now on
 * @param failed SOP Instance UIDs that it does not keep, with the Failure Reason (0008,1197)
 */
public record CommitmentReport(String transactionUid, String aet, Set<String> committed, Map<String, Integer> failed) {
    public CommitmentReport {
        committed = Set.copyOf(committed);
        failed = Map.copyOf(failed);
        if (!Uid.isValid(transactionUid)) {
            throw new IllegalArgumentException(
                    "a report names its transaction by a UID, is \"" + transactionUid + "\"");
        }
    }

    /** A Failure Reason in words (PS3.3 C.14.1.1). */
    public static String words(int failureReason) {
        String words = switch (failureReason) {
            case 0x0110 -> "processing failure";
            case 0x0112 -> "no such object instance";
            case 0x0119 -> "class and instance conflict";
            case 0x0122 -> "SOP class not supported";
            case 0x0131 -> "duplicate transaction UID";
            case 0x0213 -> "resource limitation";
            default -> "a reason of its own";
        };
        return String.format("%04X, %s", failureReason, words);
    }
}
