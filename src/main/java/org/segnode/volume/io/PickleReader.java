package org.segnode.volume.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads pickles of protocol 2 to 5 without running anything: a name that the vocabulary does not list is refused before
 * it has any effect, and size, number of values and nesting are bounded.
 *
 * <p>Values come as {@code null}, Boolean, Long, BigInteger, Double, String, {@code byte[]}, {@link List}, {@link Map},
 * {@link Set}, {@link PickleTuple}, {@link PickleArray}, {@link PickleGlobal}, or what the vocabulary makes.
 */
public final class PickleReader {
    private static final int MAXIMUM_VALUES = 4_000_000;
    private static final int LONGEST_KEY = 1000;
    private static final Object MARK = new Object();

    private final PickleVocabulary vocabulary;
    private final PickleBytes in;
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final Map<Integer, @Nullable Object> memo = new LinkedHashMap<>();

    private PickleReader(PickleVocabulary vocabulary, PickleBytes in) {
        this.vocabulary = vocabulary;
        this.in = in;
    }

    /** Plain values and NumPy numbers. */
    public static @Nullable Object read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, new PickleNumbers(), 1L << 30);
        } catch (PickleException e) {
            throw new PickleException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param maximumBytes the pickle may not be longer
     * @throws PickleException if it is damaged, too large, or holds a name that is not allowed
     */
    public static @Nullable Object read(InputStream in, PickleVocabulary vocabulary, long maximumBytes)
            throws IOException {
        try {
            return new PickleReader(vocabulary, new PickleBytes(in, maximumBytes)).run();
        } catch (ClassCastException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new PickleException("the pickle is damaged", e);
        }
    }

    /** A value for a message: numbers as they are, of all else only the kind, as a list may hold itself. */
    public static String described(@Nullable Object value) {
        if (value == null || value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof String) {
            return "a text";
        }
        return value instanceof Number ? "a large number" : "something else";
    }

    private @Nullable Object run() throws IOException {
        int values = 0;
        int code = in.one();
        while (code != '.') {
            if (++values > MAXIMUM_VALUES) {
                throw new PickleException("the pickle has more than " + MAXIMUM_VALUES + " values");
            }
            if (!scalar(code) && !memory(code) && !container(code) && !object(code)) {
                throw new PickleException("the pickle has the unknown code 0x" + Integer.toHexString(code));
            }
            code = in.one();
        }
        return pop();
    }

    private boolean scalar(int code) throws IOException {
        switch (code) {
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) in.one());
            case 'M' -> push((long) in.two());
            case 'J' -> push((long) (int) in.four());
            case 0x8a -> push(in.number(in.one()));
            case 0x8b -> push(in.number(in.four()));
            case 'G' -> push(in.real());
            case 'X' -> push(in.text(in.four()));
            case 0x8c -> push(in.text(in.one()));
            case 0x8d -> push(in.text(in.eight()));
            case 'U', 'C' -> push(in.bytes(in.one()));
            case 'T', 'B' -> push(in.bytes(in.four()));
            case 0x8e, 0x96 -> push(in.bytes(in.eight()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int code) throws IOException {
        switch (code) {
            case 0x80 -> requireProtocol(in.one());
            case 0x95 -> in.eight(); // a frame: its length is not needed
            case 'q' -> memo.put(in.one(), top());
            case 'r' -> memo.put((int) in.four(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(recall(in.one()));
            case 'j' -> push(recall((int) in.four()));
            case '(' -> push(MARK);
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int code) throws PickleException {
        switch (code) {
            case ')' -> push(PickleTuple.of());
            case 0x85 -> push(tuple(popMany(1)));
            case 0x86 -> push(tuple(popMany(2)));
            case 0x87 -> push(tuple(popMany(3)));
            case 't' -> push(tuple(popToMark()));
            case ']' -> push(new ArrayList<@Nullable Object>());
            case '}' -> push(new LinkedHashMap<@Nullable Object, @Nullable Object>());
            case 0x8f -> push(new LinkedHashSet<@Nullable Object>());
            case 'a' -> appendAll(popMany(1));
            case 'e' -> appendAll(popToMark());
            case 's' -> putAll(popMany(2));
            case 'u' -> putAll(popToMark());
            case 0x90 -> addAll(popToMark());
            case 0x91 -> push(set(popToMark()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean object(int code) throws IOException {
        switch (code) {
            case 'c' -> push(allowed(in.line(), in.line()));
            case 0x93 -> {
                List<@Nullable Object> names = popMany(2);
                push(allowed(words(names.get(0)), words(names.get(1))));
            }
            case 'Q' -> push(vocabulary.persistent((PickleTuple) required()));
            case 'R', 0x81 -> {
                List<@Nullable Object> call = popMany(2);
                if (!(call.get(0) instanceof PickleGlobal global && call.get(1) instanceof PickleTuple arguments)) {
                    throw new PickleException("the pickle calls what is not a name");
                }
                push(vocabulary.call(global, arguments.items()));
            }
            case 'b' -> build(pop());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Attributes of a map (torch's {@code _metadata}) say nothing that is needed and are passed over. */
    private void build(@Nullable Object state) throws PickleException {
        Object target = top();
        if (target instanceof PickleVocabulary.Built built) {
            built.build(state);
        } else if (!(target instanceof Map)) {
            throw new PickleException("the pickle gives a state to what has none");
        }
    }

    private PickleGlobal allowed(String module, String name) throws PickleException {
        PickleGlobal global = new PickleGlobal(module, name);
        if (!vocabulary.allows(global)) {
            throw new PickleException("the pickle names " + global + ", which is not allowed");
        }
        return global;
    }

    /** @throws PickleException if the value cannot be the key of a map: keys are numbers, texts, or tuples of them */
    static @Nullable Object key(@Nullable Object value) throws PickleException {
        boolean plain = value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof PickleGlobal;
        if (value instanceof PickleTuple tuple && tuple.depth() == 1 && tuple.size() <= LONGEST_KEY) {
            for (Object item : tuple.items()) {
                key(item);
            }
        } else if (!plain) {
            throw new PickleException("the pickle has a key that is neither a number, a text nor a short tuple");
        }
        return value;
    }

    private static PickleTuple tuple(List<@Nullable Object> items) throws PickleException {
        PickleTuple tuple = new PickleTuple(items);
        if (tuple.depth() > PickleTuple.MAXIMUM_DEPTH) {
            throw new PickleException("the pickle is nested more than " + PickleTuple.MAXIMUM_DEPTH + " deep");
        }
        return tuple;
    }

    @SuppressWarnings("unchecked")
    private void appendAll(List<@Nullable Object> items) {
        ((List<@Nullable Object>) required(top())).addAll(items);
    }

    @SuppressWarnings("unchecked")
    private void putAll(List<@Nullable Object> items) throws PickleException {
        Map<@Nullable Object, @Nullable Object> map = (Map<@Nullable Object, @Nullable Object>) required(top());
        for (int i = 0; i < items.size(); i += 2) {
            map.put(key(items.get(i)), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked")
    private void addAll(List<@Nullable Object> items) throws PickleException {
        ((Set<@Nullable Object>) required(top())).addAll(set(items));
    }

    private static Set<@Nullable Object> set(List<@Nullable Object> items) throws PickleException {
        Set<@Nullable Object> set = new LinkedHashSet<>();
        for (Object item : items) {
            set.add(key(item));
        }
        return set;
    }

    private static void requireProtocol(int protocol) throws PickleException {
        if (protocol < 2 || protocol > 5) {
            throw new PickleException("pickle protocol " + protocol + " is not read, only 2 to 5");
        }
    }

    private @Nullable Object recall(int index) throws PickleException {
        if (!memo.containsKey(index)) {
            throw new PickleException("the pickle refers to the value " + index + ", which it does not have");
        }
        return memo.get(index);
    }

    private void push(@Nullable Object value) {
        stack.add(value);
    }

    private @Nullable Object top() {
        Object value = stack.get(stack.size() - 1);
        if (value == MARK) {
            throw new IndexOutOfBoundsException("a mark instead of a value");
        }
        return value;
    }

    private @Nullable Object pop() {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private Object required() {
        return required(pop());
    }

    private static Object required(@Nullable Object value) {
        if (value == null) {
            throw new ClassCastException("None instead of a value");
        }
        return value;
    }

    private static String words(@Nullable Object value) {
        return (String) required(value);
    }

    private List<@Nullable Object> popMany(int count) {
        List<@Nullable Object> tail = stack.subList(stack.size() - count, stack.size());
        if (tail.contains(MARK)) {
            throw new IndexOutOfBoundsException("a mark instead of a value");
        }
        List<@Nullable Object> values = new ArrayList<>(tail);
        tail.clear();
        return values;
    }

    private List<@Nullable Object> popToMark() {
        int mark = stack.size() - 1;
        while (stack.get(mark) != MARK) {
            mark--;
        }
        List<@Nullable Object> values = new ArrayList<>(stack.subList(mark + 1, stack.size()));
        stack.subList(mark, stack.size()).clear();
        return values;
    }
}
