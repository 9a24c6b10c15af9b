package org.segnode.pacs;

/** Is told what storage commitment SCPs report. */
@FunctionalInterface
public interface CommitmentListener {
    /** For whoever never asks for a commitment: a report is not noted, and answered as a failure. */
    CommitmentListener NOBODY_ASKED = report -> {
        throw new IllegalStateException("nobody asked for a storage commitment");
    };

    /**
     * The reporter is answered with success when this returns; so what is reported has to be noted durably before. A report
     * of a transaction that is not known, or that is another's, is ignored without an exception.
     *
     * @throws RuntimeException if it cannot be noted now: the reporter may report again
     */
    void reported(CommitmentReport report);
}
