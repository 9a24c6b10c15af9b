package org.segnode.dicom;

import java.time.Instant;

/**
 * What people in the archive read of a series without a result.
 *
 * @param what was refused, in one sentence
 * @param why in plain words
 * @param whatToDo for the reader
 * @param at when it was refused
 */
public record RefusalText(String what, String why, String whatToDo, Instant at) {
    public RefusalText {
        requireText("what was refused", what);
        requireText("why", why);
        requireText("what to do", whatToDo);
    }

    private static void requireText(String name, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a refusal says " + name);
        }
    }
}
