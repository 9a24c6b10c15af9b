package org.segnode.inference;

/** Told how far a computation is. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (done, total) -> {};

    /** @param done steps finished, of {@code total} */
    void step(int done, int total);
}
