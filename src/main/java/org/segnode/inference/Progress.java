package org.segnode.inference;

/** Told how far a computation is. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (done, total) -> {};

    /** @param done steps finished, of {@code total} */
    void step(int done, int total);

    /**
     * Of a computation that is one of several.
     *
     * @param index which, from 0
     * @param parts how many, each with as many steps
     */
    default Progress part(int index, int parts) {
        return (done, total) -> step(index * total + done, parts * total);
    }
}
