package org.segnode.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a model folder that decide its results. */
final class ModelFiles {
    private static final int DEEPEST = 4; // ensemble folder / member / fold_0 / checkpoint
    private static final Set<String> NAMES = Set.of(
            "plans.json", "dataset.json", "inference_information.json", "postprocessing.json", ModelDescription.FILE);

    private ModelFiles() {}

    /**
     * SHA-256 over path, length and content of plans.json, dataset.json, model.json, what an ensemble adds, and the
     * checkpoints of this name, in the order of their paths; hexadecimal.
     */
    static String digest(Path folder, String checkpointName) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 18];
        for (Path file : deciding(folder, checkpointName)) {
            digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(
                    ByteBuffer.allocate(Long.BYTES).putLong(Files.size(file)).flip());
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The folder's dataset.json, or for an ensemble that of its first member: all have the same labels. */
    static Path datasetJson(Path folder) throws IOException {
        Path own = folder.resolve("dataset.json");
        if (Files.isRegularFile(own)) {
            return own;
        }
        try (Stream<Path> members = Files.list(folder)) {
            return members.map(member -> member.resolve("dataset.json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> new NoSuchFileException(own.toString(), null, "a trained model needs it"));
        }
    }

    private static List<Path> deciding(Path folder, String checkpointName) throws IOException {
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(file -> decides(file, checkpointName))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean decides(Path file, String checkpointName) {
        String name = file.getFileName().toString();
        Path parent = file.getParent();
        boolean inFold = parent != null
                && parent.getFileName() != null
                && parent.getFileName().toString().startsWith("fold_");
        return inFold ? name.equals(checkpointName) : NAMES.contains(name);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
