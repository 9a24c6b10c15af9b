package org.segnode.pacs;

import java.util.Optional;

/** Told of what comes in. Calls come from several threads at once; an exception from {@code received} refuses the object. */
public interface ReceptionListener {
    /**
     * The object is on disk; the peer gets success only after this returns. If it throws, the peer is refused, the object
     * stays in the spool all the same, and comes again as unchanged if the peer repeats it.
     */
    void received(ReceivedInstance instance);

    /**
     * An object has come under the UID of another one: the first stays in use, the other is kept aside. Told after
     * {@link #received}, and like it before the peer gets success.
     */
    default void contradicted(Contradiction contradiction) {}

    /** Why nothing can be taken in for now, if so; in plain words. Associations that would store are rejected. */
    default Optional<String> congestion() {
        return Optional.empty();
    }

    /**
     * Something was refused before it belonged to a series: a SOP class, a transfer syntax, an object.
     *
     * @param reason in plain words, without patient data
     */
    default void refused(String callingAet, String reason) {}

    /**
     * An association has ended.
     *
     * @param released in order, by A-RELEASE: the peer had nothing more to send; false if it broke
     */
    void associationEnded(long association, boolean released);
}
