package org.segnode.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the small checkpoints of this repository: copies {@code checkpoint_final.pth} without what only training needs
 * (the optimiser's and the gradient scaler's state). Usage: {@code StripCheckpoint FROM.pth TO.pth}
 */
final class StripCheckpoint {
    private StripCheckpoint() {}

    public static void main(String[] arguments) throws IOException {
        strip(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    static void strip(Path from, Path to) throws IOException {
        Map<String, @Nullable Object> content =
                new LinkedHashMap<>(Checkpoint.read(from).content());
        content.remove("optimizer_state");
        content.remove("grad_scaler_state");
        Files.createDirectories(to.toAbsolutePath().getParent());
        CheckpointWriter.write(to, content);
    }
}
