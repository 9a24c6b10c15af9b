package org.segnode.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.volume.io.PickleException;

/** Checkpoints that are spoiled are read or refused in one line, whatever their bytes. */
class SpoiledCheckpointTest {
    private static final Path WHOLE = Path.of("src/test/resources/golden/checkpoint/tricky_module_prefix.pth");
    private static final int STORAGES = 6;
    private static final int MOST_READ = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void refusesCompressedRecordsSoThatNothingCanUnfold() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[50_000_000]);
        }
        Path bomb = Files.write(folder.resolve("bomb.pth"), bytes.toByteArray());

        assertThatThrownBy(() -> Checkpoint.read(bomb)).hasMessageContaining("is compressed, which PyTorch never does");
    }

    @Test
    void refusesAFileCutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(WHOLE);
        for (int length : new int[] {0, 3, 21, 1000, whole.length / 2, whole.length - 1}) {
            Path cut = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Checkpoint.read(cut)).isInstanceOf(PickleException.class);
        }
    }

    @Test
    void survivesDamageAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(WHOLE);
        Random random = new Random(7);
        for (int round = 0; round < 1000; round++) {
            byte[] damaged = whole.clone();
            for (int hits = 0; hits < 3; hits++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            readOrRefuse(damaged);
        }
    }

    /** Also the weights, unless there are many: what a tensor claims must not lead beyond its storage. */
    static void readOrRefuse(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("segnode-fuzz", ".pth");
        try {
            for (Tensor weight :
                    Checkpoint.read(Files.write(file, bytes)).weights().values()) {
                if (weight.elements() <= MOST_READ) {
                    assertThat(weight.toDoubles()).hasSize((int) weight.elements());
                }
            }
        } catch (PickleException refused) {
            assertThat(refused.getMessage()).hasLineCount(1).hasSizeLessThan(1000);
        } finally {
            Files.delete(file);
        }
    }

    /** A sound zip around a pickle, with a few storages that it may name. */
    static byte[] around(byte[] pickle) throws IOException {
        Path file = Files.createTempFile("segnode-fuzz", ".pth");
        try {
            try (ArchiveWriter archive = new ArchiveWriter(file, "archive")) {
                archive.put("data.pkl", pickle);
                for (int storage = 0; storage < STORAGES; storage++) {
                    archive.put("data/" + storage, new byte[64]);
                }
            }
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }
}
