package org.segnode.volume.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Python tuple. Unlike a list it can be the key of a map.
 *
 * @param items what it holds, {@code null} for None
 * @param depth 1 for a tuple without tuples in it
 */
public record PickleTuple(List<@Nullable Object> items, int depth) {
    /** Deeper nesting never occurs in what is read here and would exhaust the stack when compared. */
    static final int MAXIMUM_DEPTH = 64;

    public PickleTuple {
        items = Collections.unmodifiableList(new ArrayList<>(items));
    }

    public PickleTuple(List<@Nullable Object> items) {
        this(items, depthOf(items));
    }

    public static PickleTuple of(@Nullable Object... items) {
        return new PickleTuple(Arrays.asList(items));
    }

    /** A tuple of whole numbers. */
    public static PickleTuple ofLongs(long... numbers) {
        List<@Nullable Object> items = new ArrayList<>();
        for (long number : numbers) {
            items.add(number);
        }
        return new PickleTuple(items);
    }

    public int size() {
        return items.size();
    }

    public @Nullable Object get(int index) {
        return items.get(index);
    }

    private static int depthOf(List<@Nullable Object> items) {
        int deepest = 0;
        for (Object item : items) {
            if (item instanceof PickleTuple tuple) {
                deepest = Math.max(deepest, tuple.depth);
            }
        }
        return deepest + 1;
    }
}
