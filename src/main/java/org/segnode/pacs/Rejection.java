package org.segnode.pacs;

import org.aoju.bus.image.metric.internal.pdu.AAssociateRJ;

/** An A-ASSOCIATE-RJ (PS3.8 9.3.4) with the reason in words too. */
final class Rejection extends AAssociateRJ {
    private static final long serialVersionUID = 1L;

    private final String words;

    private Rejection(int result, int source, int reason, String words) {
        super(result, source, reason);
        this.words = words;
    }

    /** For good: the calling AE title is not recognized. */
    static Rejection ofStranger(String words) {
        return new Rejection(RESULT_REJECTED_PERMANENT, SOURCE_SERVICE_USER, REASON_CALLING_AET_NOT_RECOGNIZED, words);
    }

    /** For now: temporary congestion. */
    static Rejection ofCongestion(String words) {
        return new Rejection(
                RESULT_REJECTED_TRANSIENT, SOURCE_SERVICE_PROVIDER_PRES, REASON_TEMPORARY_CONGESTION, words);
    }

    /** For now: local limit exceeded. */
    static Rejection ofTooMany(String words) {
        return new Rejection(
                RESULT_REJECTED_TRANSIENT, SOURCE_SERVICE_PROVIDER_PRES, REASON_LOCAL_LIMIT_EXCEEDED, words);
    }

    String words() {
        return words;
    }
}
