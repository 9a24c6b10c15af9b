package org.segnode.pacs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Keeps fetched objects as files for people: {@code <Series Instance UID>/<SOP Instance UID>.dcm}. */
public final class FetchFolder implements ReceptionListener, AutoCloseable {
    private final Path folder;
    private final Path incoming;
    private final Spool spool;
    private final AtomicInteger files = new AtomicInteger();

    /** @param folder made if it is not there */
    public FetchFolder(Path folder) {
        this.folder = folder;
        this.incoming = folder.resolve(".incoming-" + UUID.randomUUID());
        this.spool = new Spool(incoming);
    }

    /** For C-GET. */
    public Intake intake() {
        return new Intake(spool, this, 0);
    }

    /** For WADO-RS. @throws IOException if it is no DICOM file, or cannot be written */
    public void take(InputStream file) throws IOException {
        Path part = incoming.resolve(UUID.randomUUID() + ".part");
        Files.copy(file, part);
        try {
            ObjectIds ids = SpooledObject.read(part).ids();
            keep(part, ids.seriesInstanceUid(), ids.sopInstanceUid());
        } catch (StoreRefusal e) {
            throw new IOException("not a DICOM object: " + e.getMessage(), e);
        }
    }

    @Override
    public void received(ReceivedInstance instance) {
        try {
            keep(instance.file(), instance.seriesInstanceUid(), instance.sopInstanceUid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both are valid UIDs, so that neither is a way out of the folder. */
    private void keep(Path file, String seriesInstanceUid, String sopInstanceUid) throws IOException {
        Path place = Files.createDirectories(folder.resolve(seriesInstanceUid)).resolve(sopInstanceUid + ".dcm");
        Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
        files.incrementAndGet();
    }

    @Override
    public void associationEnded(long association, boolean released) {}

    /** Objects that came. */
    public int files() {
        return files.get();
    }

    /** Removes what is not complete. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> left = Files.walk(incoming)) {
            List<Path> all = left.sorted(Comparator.reverseOrder()).toList();
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }
}
