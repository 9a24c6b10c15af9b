package org.segnode.node.settings;

import java.util.List;
import java.util.Map;

/** A piece of the settings file and the line it begins on, from 1. */
sealed interface Entry {
    int line();

    /** A value as it is written; empty for a key with nothing behind it. */
    record Text(String value, int line) implements Entry {}

    record Items(List<Entry> entries, int line) implements Entry {}

    record Block(Map<String, Entry> entries, int line) implements Entry {}
}
