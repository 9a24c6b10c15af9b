package org.segnode.volume.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names in pickles of plain values and NumPy numbers: case properties, epoch logs. */
public final class PickleNumbers implements PickleVocabulary {
    private static final Set<String> ALLOWED = Set.of(
            "collections.OrderedDict",
            "__builtin__.set",
            "builtins.set",
            "__builtin__.bytearray",
            "builtins.bytearray",
            "_codecs.encode",
            "numpy.dtype",
            "numpy.ndarray",
            "numpy.core.multiarray.scalar",
            "numpy._core.multiarray.scalar",
            "numpy.core.multiarray._reconstruct",
            "numpy._core.multiarray._reconstruct",
            "numpy.core.numeric._frombuffer",
            "numpy._core.numeric._frombuffer");

    /** No dots in the name: {@code numpy} with {@code core.multiarray.scalar} is another name than the one that is allowed. */
    @Override
    public boolean allows(PickleGlobal global) {
        return !global.name().contains(".") && ALLOWED.contains(global.toString());
    }

    @Override
    public @Nullable Object call(PickleGlobal global, List<@Nullable Object> arguments) throws PickleException {
        return switch (global.name()) {
            case "OrderedDict" -> orderedDict(arguments);
            case "set" -> new LinkedHashSet<>(items(arguments, 0));
            case "encode" -> text(arguments, 0).getBytes(StandardCharsets.ISO_8859_1);
            case "bytearray" -> arguments.isEmpty() ? new byte[0] : bytes(arguments, 0);
            case "dtype" -> PickleType.of(at(arguments, 0));
            case "scalar" -> type(arguments, 0).scalar(bytes(arguments, 1));
            case "_reconstruct" -> new PickleArray();
            case "_frombuffer" ->
                new PickleArray(
                        type(arguments, 1),
                        PickleArray.lengths(items(arguments, 2)),
                        text(arguments, 3).equals("F"),
                        bytes(arguments, 0));
            default -> throw new PickleException(global + " cannot be called");
        };
    }

    private static Map<@Nullable Object, @Nullable Object> orderedDict(List<@Nullable Object> arguments)
            throws PickleException {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        if (!arguments.isEmpty()) {
            for (Object pair : items(arguments, 0)) {
                List<@Nullable Object> two = items(Arrays.asList(pair), 0);
                map.put(PickleReader.key(at(two, 0)), at(two, 1));
            }
        }
        return map;
    }

    private static @Nullable Object at(List<@Nullable Object> arguments, int index) throws PickleException {
        if (index >= arguments.size()) {
            throw new PickleException("a call in the pickle has too few arguments");
        }
        return arguments.get(index);
    }

    private static List<@Nullable Object> items(List<@Nullable Object> arguments, int index) throws PickleException {
        Object value = at(arguments, index);
        if (value instanceof PickleTuple tuple) {
            return tuple.items();
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        throw new PickleException("a call in the pickle needs a list");
    }

    private static String text(List<@Nullable Object> arguments, int index) throws PickleException {
        if (at(arguments, index) instanceof String text) {
            return text;
        }
        throw new PickleException("a call in the pickle needs a text");
    }

    private static byte[] bytes(List<@Nullable Object> arguments, int index) throws PickleException {
        Object value = at(arguments, index);
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        throw new PickleException("a call in the pickle needs bytes");
    }

    private static PickleType type(List<@Nullable Object> arguments, int index) throws PickleException {
        if (at(arguments, index) instanceof PickleType type) {
            return type;
        }
        throw new PickleException("a call in the pickle needs a NumPy type");
    }
}
