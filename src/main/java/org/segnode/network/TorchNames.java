package org.segnode.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.segnode.volume.io.PickleException;
import org.segnode.volume.io.PickleGlobal;
import org.segnode.volume.io.PickleNumbers;
import org.segnode.volume.io.PickleReader;
import org.segnode.volume.io.PickleTuple;
import org.segnode.volume.io.PickleVocabulary;

/** The names in torch's checkpoints. Storages are found in the archive that the pickle came from. */
final class TorchNames implements PickleVocabulary {
    private static final Set<String> ALLOWED = Set.of(
            "torch._utils _rebuild_tensor_v2",
            "torch._utils _rebuild_parameter",
            "torch Size",
            "torch device",
            "torch float16",
            "torch float64",
            "torch bfloat16",
            "torch int64",
            "torch int32",
            "torch int16",
            "torch int8",
            "torch uint8",
            "torch bool");

    private final PickleNumbers numbers = new PickleNumbers();
    private final TorchArchive archive;
    private final String root;
    private final Map<String, Storage> storages = new HashMap<>();

    TorchNames(TorchArchive archive) throws PickleException {
        this.archive = archive;
        this.root = archive.root();
    }

    private record Storage(ElementType type, TensorData data) {}

    @Override
    public boolean allows(PickleGlobal global) {
        return numbers.allows(global) || ALLOWED.contains(global.module() + " " + global.name()) || isStorage(global);
    }

    private static boolean isStorage(PickleGlobal global) {
        if (global.module().equals("torch")) {
            for (ElementType type : ElementType.values()) {
                if (type.storage().equals(global.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public @Nullable Object call(PickleGlobal global, List<@Nullable Object> arguments) throws PickleException {
        return switch (global.name()) {
            case "_rebuild_tensor_v2" -> tensor(arguments);
            case "_rebuild_parameter" -> arguments.isEmpty() ? null : arguments.get(0);
            case "Size" -> arguments.isEmpty() ? PickleTuple.of() : arguments.get(0);
            case "device" -> new TorchCall(global, arguments);
            default -> numbers.call(global, arguments);
        };
    }

    /** @param id "storage", class, key, location, number of elements */
    @Override
    public Object persistent(PickleTuple id) throws PickleException {
        if (!(id.size() == 5
                && "storage".equals(id.get(0))
                && id.get(1) instanceof PickleGlobal global
                && id.get(2) instanceof String key
                && id.get(4) instanceof Long count)) {
            throw new PickleException("the pickle refers to something that is not a storage");
        }
        ElementType type = ElementType.ofStorage(global.name());
        Storage known = storages.get(key);
        Storage storage = known != null ? known : new Storage(type, archive.record(root + "data/" + key));
        if (storage.type != type || count < 0 || count > storage.data.length() / type.size()) {
            throw new PickleException("the storage " + key + " has " + storage.data.length() + " bytes, not " + count
                    + " numbers of type torch." + global.name());
        }
        storages.put(key, storage);
        return storage;
    }

    private static Tensor tensor(List<@Nullable Object> arguments) throws PickleException {
        if (!(arguments.size() >= 4
                && arguments.get(0) instanceof Storage storage
                && arguments.get(1) instanceof Long offset
                && arguments.get(2) instanceof PickleTuple shape
                && arguments.get(3) instanceof PickleTuple strides
                && shape.size() == strides.size())) {
            throw new PickleException("a tensor in the pickle is incomplete");
        }
        try {
            return new Tensor(storage.type, longs(shape), longs(strides), offset, storage.data);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new PickleException("a tensor in the pickle is impossible: " + e.getMessage(), e);
        }
    }

    private static long[] longs(PickleTuple tuple) throws PickleException {
        long[] values = new long[tuple.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(tuple.get(i) instanceof Long value)) {
                throw new PickleException(
                        "a tensor in the pickle has the length " + PickleReader.described(tuple.get(i)));
            }
            values[i] = value;
        }
        return values;
    }
}
