package org.segnode.node;

/**
 * What an archive says about how many objects a series has there.
 *
 * @param archive name in the settings
 * @param objects of the last answer; 0 before the first
 * @param note what else there is to say, in words: why it does not answer, what became of fetching; may be empty
 */
record ArchiveCount(String archive, State state, int objects, String note) {
    /** How sure the count is. */
    enum State {
        /** No answer yet. */
        ASKED,
        /** One answer, or the last two differed. */
        ONCE,
        /** The same twice, some time apart. */
        CONFIRMED,
        /** It does not answer, or does not know the series. */
        UNKNOWN
    }

    String words() {
        String count = state == State.UNKNOWN || state == State.ASKED
                ? "archive " + archive + " gave no count"
                : "archive " + archive + " has " + objects;
        return note.isEmpty() ? count : count + " (" + note + ")";
    }
}
