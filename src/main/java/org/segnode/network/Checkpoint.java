package org.segnode.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.segnode.volume.io.PickleException;
import org.segnode.volume.io.PickleReader;
import org.segnode.volume.io.PickleTuple;

/**
 * What nnU-Net's trainer saved. The file is read without running anything in it; tensors are read from it when they are
 * asked for, so the optimiser's state costs nothing unless somebody wants it.
 *
 * @param file where it was read from
 * @param weights name to tensor, in the file's order; names without {@code module.} and {@code _orig_mod.}
 * @param trainerName class of the trainer, empty if the file does not say
 * @param configuration name of the plans' configuration, empty if the file does not say
 * @param mirroringAxes spatial axes (from 0) that may be mirrored at inference; none if the file says none or nothing
 * @param content everything in the file, as {@link PickleReader} gives it, with {@link Tensor} and {@link TorchCall}
 */
public record Checkpoint(
        Path file,
        Map<String, Tensor> weights,
        String trainerName,
        String configuration,
        List<Integer> mirroringAxes,
        Map<String, @Nullable Object> content) {
    private static final int LONGEST_PICKLE = 64 << 20;

    public Checkpoint {
        weights = Collections.unmodifiableMap(weights);
        mirroringAxes = List.copyOf(mirroringAxes);
        content = Collections.unmodifiableMap(content);
    }

    /**
     * @throws PickleException if the file is not a checkpoint, is damaged, or names what a checkpoint does not need; the
     *     message says what, beginning with the file's name
     */
    public static Checkpoint read(Path file) throws IOException {
        try {
            return of(file, content(file));
        } catch (PickleException e) {
            throw new PickleException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** Everything in a file of {@code torch.save}. */
    static Map<String, @Nullable Object> content(Path file) throws IOException {
        TorchArchive archive = TorchArchive.open(file);
        String root = archive.root();
        requireLittleEndian(archive, root);
        try (InputStream pickle = archive.stream(root + "data.pkl", LONGEST_PICKLE)) {
            return texts(PickleReader.read(pickle, new TorchNames(archive), LONGEST_PICKLE), "the file");
        }
    }

    private static Checkpoint of(Path file, Map<String, @Nullable Object> content) throws PickleException {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        if (content.get("network_weights") == null) {
            throw new PickleException("the file has no network_weights");
        }
        for (Map.Entry<String, @Nullable Object> entry :
                texts(content.get("network_weights"), "network_weights").entrySet()) {
            if (!(entry.getValue() instanceof Tensor tensor)) {
                throw new PickleException("network_weights has " + entry.getKey() + ", which is not a tensor");
            }
            weights.put(withoutPrefix(entry.getKey()), tensor);
        }
        Object arguments = content.get("init_args");
        Object configuration = arguments instanceof Map<?, ?> map ? map.get("configuration") : null;
        return new Checkpoint(
                file,
                weights,
                content.get("trainer_name") instanceof String name ? name : "",
                configuration instanceof String name ? name : "",
                axes(content.get("inference_allowed_mirroring_axes")),
                content);
    }

    private static void requireLittleEndian(TorchArchive archive, String root) throws IOException {
        if (archive.has(root + "byteorder")) {
            try (InputStream order = archive.stream(root + "byteorder", 64)) {
                if (!new String(order.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).equals("little")) {
                    throw new PickleException("the file was written on a big-endian machine");
                }
            }
        }
    }

    private static Map<String, @Nullable Object> texts(@Nullable Object value, String what) throws PickleException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new PickleException(what + " is not a map");
        }
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new PickleException(
                        what + " has the key " + PickleReader.described(entry.getKey()) + ", which is not a text");
            }
            texts.put(key, entry.getValue());
        }
        return texts;
    }

    /** Data-parallel and compiled networks put these in front of every name. */
    static String withoutPrefix(String name) {
        String rest = name;
        while (rest.startsWith("module.") || rest.startsWith("_orig_mod.")) {
            rest = rest.substring(rest.indexOf('.') + 1);
        }
        return rest;
    }

    private static List<Integer> axes(@Nullable Object value) throws PickleException {
        List<?> items =
                value instanceof PickleTuple tuple ? tuple.items() : value instanceof List<?> list ? list : List.of();
        List<Integer> axes = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Long axis && axis >= 0 && axis <= 2)) {
                throw new PickleException("a mirroring axis is 0, 1 or 2, is " + PickleReader.described(item));
            }
            axes.add(axis.intValue());
        }
        return axes;
    }
}
