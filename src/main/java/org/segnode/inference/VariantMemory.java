package org.segnode.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on this machine which faster variants agreed with the reference for which model, in a small file beside
 * PyTorch's unpacked libraries. If it cannot be read or written, the comparison is simply made again.
 */
final class VariantMemory {
    private static final Logger LOG = LoggerFactory.getLogger(VariantMemory.class);

    private final Path file;

    VariantMemory(Path file) {
        this.file = file;
    }

    /** In {@code DJL_CACHE_DIR} (property or environment), by default {@code ~/.djl.ai}. */
    static VariantMemory usual() {
        String folder = System.getProperty("DJL_CACHE_DIR", System.getenv().getOrDefault("DJL_CACHE_DIR", ""));
        Path base = folder.isEmpty() ? Path.of(System.getProperty("user.home", "."), ".djl.ai") : Path.of(folder);
        return new VariantMemory(base.resolve("segnode-variants.properties"));
    }

    /** Whether the comparison agreed; empty if none was made. */
    Optional<Boolean> recall(String key) {
        String value = load().getProperty(key);
        return value == null ? Optional.empty() : Optional.of(value.startsWith("agrees"));
    }

    synchronized void remember(String key, boolean agrees, Agreement agreement) {
        Properties properties = load();
        properties.setProperty(key, (agrees ? "agrees " : "differs ") + agreement);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "segnode-variants", ".part");
            try (OutputStream out = Files.newOutputStream(draft)) {
                properties.store(out, "segnode: faster ways to compute a network, compared with 32-bit instance norm");
            }
            moveInPlace(draft);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: the comparison will be made again: {}", file, e.getMessage());
        }
    }

    private void moveInPlace(Path draft) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Properties load() {
        Properties properties = new Properties();
        if (Files.isRegularFile(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("{} cannot be read: {}", file, e.getMessage());
            }
        }
        return properties;
    }
}
