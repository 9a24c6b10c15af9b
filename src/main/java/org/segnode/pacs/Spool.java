package org.segnode.pacs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.segnode.TemporaryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that received objects lie in: {@code <series key>/<instance key>.dcm}. The keys are digests of the UIDs, so
 * that nothing a peer sends becomes a path. What contradicts an object lies beside it and is never used. An object gets its place only when it is synced; until then it lies in
 * {@code incoming}. Safe for several threads.
 */
public final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");
    private static final String SUFFIX = ".dcm";
    private static final String ASIDE = ".contradiction";
    private static final int KEY_BYTES = 16;
    private static final int LOCKS = 1024;

    private final FreeSpace freeSpace;
    private final Path folder;
    private final Path incoming;
    private final List<Object> locks =
            IntStream.range(0, LOCKS).mapToObj(n -> new Object()).toList();

    /** Bytes that can still be written to a disk. */
    interface FreeSpace {
        long on(Path folder) throws IOException;
    }

    /** @throws TemporaryException if the folder cannot be made */
    public Spool(Path folder) {
        this(folder, disk -> disk.toFile().getUsableSpace()); // a file store would read the list of mounts each time
    }

    Spool(Path folder, FreeSpace freeSpace) {
        this.freeSpace = freeSpace;
        this.folder = folder.toAbsolutePath();
        this.incoming = this.folder.resolve("incoming");
        try {
            Files.createDirectories(incoming);
        } catch (IOException e) {
            throw new TemporaryException("the spool " + this.folder + " cannot be made: " + e.getMessage(), e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** First 32 hexadecimal digits of the SHA-256 of both UIDs. */
    public static String seriesKey(String studyInstanceUid, String seriesInstanceUid) {
        return key(studyInstanceUid + "/" + seriesInstanceUid);
    }

    /** Folder of a series; it need not exist. */
    public Path seriesFolder(String seriesKey) {
        if (!KEY.matcher(seriesKey).matches()) {
            throw new IllegalArgumentException("a series key has 32 hexadecimal digits, is \"" + seriesKey + "\"");
        }
        return folder.resolve(seriesKey);
    }

    /** Keys of the series that lie here, in no order. */
    public List<String> seriesKeys() {
        return names(folder).stream().filter(KEY.asMatchPredicate()).toList();
    }

    /** Objects of a series, by name; empty if there is none. */
    public List<Path> files(String seriesKey) {
        Path series = seriesFolder(seriesKey);
        return names(series).stream()
                .filter(name -> name.endsWith(SUFFIX))
                .sorted()
                .map(series::resolve)
                .toList();
    }

    /** Whether an object of a series lies here. */
    public boolean holds(String seriesKey, String sopInstanceUid) {
        return Files.exists(seriesFolder(seriesKey).resolve(key(sopInstanceUid) + SUFFIX));
    }

    /** Removes a series with its objects. */
    public void remove(String seriesKey) {
        Path series = seriesFolder(seriesKey);
        names(series).forEach(name -> delete(series.resolve(name)));
        delete(series);
    }

    /**
     * What {@link ReceptionListener} was told of an object that lies here; the association is 0 and {@code changed} false.
     *
     * @throws TemporaryException if the file cannot be read
     */
    public ReceivedInstance describe(Path file) {
        try {
            return SpooledObject.read(file).describe(file);
        } catch (IOException | StoreRefusal e) {
            throw new TemporaryException(file + " of the spool cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * To be called at start, before the SCP: objects that were synced but had not got their place when the power went are
     * put there, the others in {@code incoming} were never answered with success and are removed.
     *
     * @return how many were put in their place
     */
    public int recover() {
        int recovered = 0;
        for (String name : names(incoming)) {
            if (recovered(incoming.resolve(name))) {
                recovered++;
            }
        }
        return recovered;
    }

    IncomingObject begin(Origin origin) throws SpoolException {
        try {
            return new IncomingObject(origin, incoming.resolve(UUID.randomUUID() + ".part"));
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }

    long freeBytes() throws SpoolException {
        try {
            return freeSpace.on(incoming);
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }

    /**
     * Syncs a sealed object and gives it its place. If one with the same content lies there already, nothing changes; if it
     * has another content it stays in use, and the new one is kept beside it.
     */
    Kept keep(IncomingObject object, ObjectIds ids) throws SpoolException {
        String seriesKey = seriesKey(ids.studyInstanceUid(), ids.seriesInstanceUid());
        Path place = place(seriesKey, ids);
        try {
            Settled settled = settle(object.part(), place, object::sync);
            ReceivedInstance instance = instance(object.origin(), ids, seriesKey, settled.changed(), place);
            return new Kept(
                    instance,
                    settled.aside()
                            .map(aside -> new Contradiction(
                                    instance, aside, object.origin().callingAet(), settled.difference())));
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }

    private static ReceivedInstance instance(
            Origin origin, ObjectIds ids, String seriesKey, boolean changed, Path place) {
        return new ReceivedInstance(
                seriesKey,
                ids.studyInstanceUid(),
                ids.seriesInstanceUid(),
                ids.sopInstanceUid(),
                ids.sopClassUid(),
                origin.callingAet(),
                origin.calledAet(),
                origin.association(),
                changed,
                place);
    }

    /** Makes a file survive a power cut. */
    private interface Sync {
        void run() throws IOException;
    }

    /**
     * @param changed whether the object has got its place
     * @param aside where it is kept if another one has
     * @param difference from that one, or ""
     */
    private record Settled(boolean changed, Optional<Path> aside, String difference) {
        static final Settled NEW = new Settled(true, Optional.empty(), "");
        static final Settled SAME = new Settled(false, Optional.empty(), "");
    }

    private Settled settle(Path part, Path place, Sync sync) throws IOException {
        synchronized (locks.get(Math.floorMod(place.hashCode(), LOCKS))) {
            if (!Files.exists(place)) {
                sync.run();
                move(part, place);
                return Settled.NEW;
            }
            Optional<String> difference = Difference.between(part, place);
            if (difference.isEmpty()) {
                return Settled.SAME;
            }
            Path aside = aside(part, place);
            if (!Files.exists(aside)) {
                sync.run();
                move(part, aside);
            }
            return new Settled(false, Optional.of(aside), difference.get());
        }
    }

    /** Beside the first object, named by content, so that the same one lies there once. */
    private static Path aside(Path part, Path place) throws IOException {
        String instance = place.getFileName().toString().replace(SUFFIX, "");
        return place.resolveSibling(
                instance + "-" + FileHead.dataSetDigest(part).substring(0, 2 * KEY_BYTES) + ASIDE);
    }

    private Path place(String seriesKey, ObjectIds ids) {
        return seriesFolder(seriesKey).resolve(key(ids.sopInstanceUid()) + SUFFIX);
    }

    private static void move(Path part, Path place) throws IOException {
        try {
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            Files.createDirectories(place.getParent());
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private boolean recovered(Path part) {
        try {
            if (FileHead.isWhole(part)) {
                SpooledObject object = SpooledObject.read(part);
                String seriesKey = object.seriesKey();
                Settled settled = settle(part, place(seriesKey, object.ids()), () -> {});
                Files.deleteIfExists(part);
                LOG.info("series {}: an object that was synced before the last stop is taken", seriesKey);
                return settled.changed();
            }
            Files.delete(part);
            LOG.info("an incomplete object of the last run is removed: {}", part.getFileName());
            return false;
        } catch (IOException | StoreRefusal e) {
            throw new TemporaryException(part + " cannot be taken into the spool: " + e.getMessage(), e);
        }
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names = new ArrayList<>();
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
            return names;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            throw new TemporaryException("the folder " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new TemporaryException(path + " cannot be removed: " + e.getMessage(), e);
        }
    }

    private static String key(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
