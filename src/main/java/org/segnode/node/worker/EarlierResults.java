package org.segnode.node.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.ObjectHeader;
import org.segnode.dicom.ResultObject;
import org.segnode.ledger.StoredResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which objects make up a series of results, noted beside them when all are complete: a SOP Instance UID depends on what was
 * found, so that the series, which does not, is what a repeat finds them by.
 */
final class EarlierResults {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierResults.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path results;
    private final Path folder;

    /**
     * @param results folder of all results
     * @param folder of the source series' results, in {@code results}
     */
    EarlierResults(Path results, Path folder) {
        this.results = results;
        this.folder = folder;
    }

    /** Where an object lies: one UID, one file. */
    Path place(String sopInstanceUid) {
        return folder.resolve(Names.of(sopInstanceUid) + ".dcm");
    }

    StoredResult stored(ResultObject object) {
        return new StoredResult(
                results.relativize(object.file()).toString(), object.sopClassUid(), object.sopInstanceUid());
    }

    /** Synced, and seen whole or not at all. */
    void note(String seriesInstanceUid, List<StoredResult> objects) throws IOException {
        Path manifest = manifest(seriesInstanceUid);
        Path part = manifest.resolveSibling(manifest.getFileName() + ".part");
        Files.write(part, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(objects));
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, manifest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The complete objects of a series of results.
     *
     * @param sources files the results are made from
     * @return empty if there are none, one of them is broken, or a source was written since
     */
    Optional<List<StoredResult>> find(String seriesInstanceUid, List<Path> sources) {
        Path manifest = manifest(seriesInstanceUid);
        try {
            if (!Files.isRegularFile(manifest) || anyNewer(sources, Files.getLastModifiedTime(manifest))) {
                return Optional.empty();
            }
            List<StoredResult> objects = read(manifest);
            for (StoredResult object : objects) {
                requireComplete(object);
            }
            return Optional.of(objects);
        } catch (UnusableSeriesException | IOException | IllegalArgumentException broken) {
            LOG.warn("{} is computed anew: {}", manifest.getFileName(), broken.getMessage());
            return Optional.empty();
        }
    }

    private static boolean anyNewer(List<Path> sources, FileTime written) throws IOException {
        for (Path source : sources) {
            if (Files.getLastModifiedTime(source).compareTo(written) > 0) {
                return true;
            }
        }
        return false;
    }

    private static List<StoredResult> read(Path manifest) throws IOException {
        try {
            return new ArrayList<>(List.of(MAPPER.readValue(manifest.toFile(), StoredResult[].class)));
        } catch (JsonProcessingException e) {
            throw new IOException("its list of objects is broken: " + e.getOriginalMessage(), e);
        }
    }

    private void requireComplete(StoredResult object) throws UnusableSeriesException {
        ObjectHeader header = ObjectHeader.readComplete(results.resolve(object.file()));
        if (!header.sopInstanceUid().equals(object.sopInstanceUid())) {
            throw new UnusableSeriesException(object.file() + " is " + header.sopInstanceUid());
        }
    }

    private Path manifest(String seriesInstanceUid) {
        return folder.resolve(Names.of(seriesInstanceUid) + ".json");
    }
}
