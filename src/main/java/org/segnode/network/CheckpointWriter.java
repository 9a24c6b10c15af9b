package org.segnode.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.segnode.volume.io.PickleGlobal;
import org.segnode.volume.io.PickleTuple;
import org.segnode.volume.io.PickleWriter;

/** Writes what {@code torch.load} and nnU-Net read. Tensors that share their storage share it in the file as well. */
public final class CheckpointWriter {
    private final IdentityHashMap<TensorData, String> keys = new IdentityHashMap<>();
    private final List<TensorData> storages = new ArrayList<>();

    private CheckpointWriter() {}

    /**
     * @param content as in {@link Checkpoint#content}: plain values, lists, maps, {@link Tensor}, {@link TorchCall}
     * @throws IllegalArgumentException if it holds anything else
     */
    public static void write(Path file, Map<String, @Nullable Object> content) throws IOException {
        CheckpointWriter writer = new CheckpointWriter();
        byte[] pickle = new PickleWriter(writer::extension).value(content).finish();
        try (ArchiveWriter archive = new ArchiveWriter(file, "archive")) {
            archive.put("data.pkl", pickle);
            archive.put("byteorder", "little");
            writer.putStorages(archive);
            archive.put("version", "3\n");
        }
    }

    private void putStorages(ArchiveWriter archive) throws IOException {
        for (int key = 0; key < storages.size(); key++) {
            archive.put("data/" + key, storages.get(key));
        }
    }

    private boolean extension(PickleWriter out, Object value) {
        if (value instanceof Tensor tensor) {
            tensor(out, tensor);
        } else if (value instanceof TorchCall call) {
            out.value(call.global()).value(new PickleTuple(call.arguments())).raw('R');
        } else {
            return false;
        }
        return true;
    }

    private void tensor(PickleWriter out, Tensor tensor) {
        String key = keys.computeIfAbsent(tensor.data(), data -> {
            storages.add(data);
            return String.valueOf(storages.size() - 1);
        });
        tensor(out, tensor, key, false);
    }

    /** A tensor as torch pickles it: its storage by key, then offset, shape, strides. */
    static void tensor(PickleWriter out, Tensor tensor, String key, boolean requiresGradient) {
        out.global("torch._utils", "_rebuild_tensor_v2").raw('(', '(');
        out.value("storage")
                .value(new PickleGlobal("torch", tensor.type().storage()))
                .value(key)
                .value("cpu");
        out.value(tensor.data().length() / tensor.type().size()).raw('t', 'Q');
        out.value(tensor.offset())
                .value(PickleTuple.ofLongs(tensor.shape()))
                .value(PickleTuple.ofLongs(tensor.strides()));
        out.value(requiresGradient);
        out.global("collections", "OrderedDict").raw(')', 'R', 't', 'R');
    }
}
