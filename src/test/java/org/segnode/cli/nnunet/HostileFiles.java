package org.segnode.cli.nnunet;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.segnode.network.Checkpoint;
import org.segnode.network.CheckpointWriter;
import org.segnode.network.Tensor;

/** Inputs and models that are broken or made to do harm, from sound ones. */
record HostileFiles(Path folder) {
    private static final Path MODEL =
            Path.of("src/test/resources/models/hippocampus-2d").toAbsolutePath();
    private static final Path IMAGE = Path.of("src/test/resources/reference/inputs/hippocampus_225_0000.nii.gz");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** A folder of one case with these bytes. */
    Path image(String name, byte[] nifti) throws IOException {
        Path inputs = Files.createDirectories(folder.resolve(name + "-in"));
        Files.write(inputs.resolve("case_0000.nii.gz"), nifti);
        return inputs;
    }

    byte[] soundImage() throws IOException {
        return Files.readAllBytes(IMAGE);
    }

    /** The file's header, its voxels cut off. */
    byte[] headerOnly() throws IOException {
        return zipped(header(26, 53, 33), 10);
    }

    /** @param zeros that truly follow the header */
    byte[] claiming(int slices, int rows, int columns, long zeros) throws IOException {
        return zipped(header(slices, rows, columns), zeros);
    }

    /** A sound image whose voxels are not numbers. */
    byte[] notNumbers() throws IOException {
        byte[] header = header(4, 3, 2);
        little(header).putShort(70, (short) 16).putShort(72, (short) 32);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(header);
            for (int i = 0; i < 24; i++) {
                out.write(new byte[] {0, 0, (byte) 0xc0, 0x7f});
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] header(int slices, int rows, int columns) throws IOException {
        byte[] header;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(IMAGE))) {
            header = in.readNBytes(352);
        }
        little(header).putShort(70, (short) 4).putShort(72, (short) 16); // int16
        little(header).putShort(42, (short) columns).putShort(44, (short) rows).putShort(46, (short) slices);
        return header;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] zipped(byte[] header, long zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
            out.write(header);
            byte[] piece = new byte[1 << 20];
            for (long left = zeros; left > 0; left -= piece.length) {
                out.write(piece, 0, (int) Math.min(left, piece.length));
            }
        }
        return bytes.toByteArray();
    }

    /** A model with one of its files replaced. */
    Path model(String name, String file, byte[] bytes) throws IOException {
        Path model = Files.createDirectories(folder.resolve(name));
        for (String part : new String[] {"dataset.json", "plans.json", "fold_0/checkpoint_final.pth"}) {
            Path copy = model.resolve(part);
            Files.createDirectories(copy.getParent());
            if (part.equals(file)) {
                Files.write(copy, bytes);
            } else {
                Files.copy(MODEL.resolve(part), copy);
            }
        }
        return model;
    }

    Path modelWithCheckpoint(String name, byte[] checkpoint) throws IOException {
        return model(name, "fold_0/checkpoint_final.pth", checkpoint);
    }

    /** @param place of the value, as a JSON pointer; without a value it is taken away */
    Path modelWithPlans(String name, String place, @Nullable String value) throws IOException {
        return modelWithJson(name, "plans.json", place, value);
    }

    Path modelWithJson(String name, String file, String place, @Nullable String value) throws IOException {
        JsonNode plans = MAPPER.readTree(MODEL.resolve(file).toFile());
        ObjectNode parent = (ObjectNode) plans.at(place.substring(0, place.lastIndexOf('/')));
        String key = place.substring(place.lastIndexOf('/') + 1);
        if (value == null) {
            parent.remove(key);
        } else {
            parent.set(key, MAPPER.readTree(value));
        }
        return model(name, file, plans.toString().replace("\"NaN\"", "NaN").getBytes(StandardCharsets.UTF_8));
    }

    byte[] soundCheckpoint() throws IOException {
        return Files.readAllBytes(MODEL.resolve("fold_0/checkpoint_final.pth"));
    }

    /** The first weight of the network is another one. */
    byte[] checkpoint(String weight, Tensor tensor) throws IOException {
        Checkpoint sound = Checkpoint.read(MODEL.resolve("fold_0/checkpoint_final.pth"));
        Map<String, @Nullable Object> content = new LinkedHashMap<>(sound.content());
        Map<String, @Nullable Object> weights = new LinkedHashMap<>(sound.weights());
        weights.put(weight, tensor);
        content.put("network_weights", weights);
        Path file = Files.createTempFile(folder, "checkpoint", ".pth");
        CheckpointWriter.write(file, content);
        return Files.readAllBytes(file);
    }

    Tensor soundWeight(String name) throws IOException {
        Checkpoint sound = Checkpoint.read(MODEL.resolve("fold_0/checkpoint_final.pth"));
        return Objects.requireNonNull(sound.weights().get(name));
    }

    /** A zip whose entry unfolds to that many zeros. */
    static byte[] zipBomb(String entry, byte[] start, long zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(start);
            byte[] piece = new byte[1 << 20];
            for (long left = zeros; left > 0; left -= piece.length) {
                zip.write(piece, 0, (int) Math.min(left, piece.length));
            }
        }
        return bytes.toByteArray();
    }

    /** Folders of probabilities for an ensemble, one of them a bomb. */
    Path probabilities(String name, byte[] npz) throws IOException {
        Path member = Files.createDirectories(folder.resolve(name));
        Path sound = Path.of("src/test/resources/golden/ensemble/labels_ties/model0");
        for (String file : new String[] {"case.pkl", "dataset.json", "plans.json"}) {
            Files.copy(sound.resolve(file), member.resolve(file));
        }
        Files.write(member.resolve("case.npz"), npz);
        return member;
    }

    /** @return header of an array of that shape */
    static byte[] arrayHeader(String shape) {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
        byte[] bytes = Arrays.copyOf(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, 128);
        Arrays.fill(bytes, 10, 127, (byte) ' ');
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, 10, text.length);
        bytes[127] = '\n';
        return bytes;
    }
}
