package org.segnode.ledger;

/** What becomes of a series, decided when its study is quiet. */
public enum Outcome {
    /** At least one model computes it. */
    QUEUED,
    /** A model computes it together with another series, which has the job. */
    CHANNEL,
    /** A rule asks for it together with another series, which has not come. */
    INPUT_MISSING,
    /** It is not a volume, or cannot be read. */
    REFUSED,
    /** It holds no images: kept, not processed. */
    NOT_IMAGES,
    /** No rule asks for it. */
    NO_RULE,
    /** A rule asks for it, and prefers another series of the study. */
    NOT_CHOSEN,
    /** This program made it: never input again. */
    OWN_RESULT
}
