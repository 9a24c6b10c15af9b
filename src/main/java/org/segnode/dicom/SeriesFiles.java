package org.segnode.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;

/**
 * The series among any files, whatever their names.
 *
 * @param series in the order in which the first object of each was found
 * @param others why files belong to no series, by file
 */
public record SeriesFiles(List<Found> series, Map<Path, String> others) {
    /**
     * The objects of one series.
     *
     * @param modality of the first object; empty where it has none
     * @param files at least one
     */
    public record Found(String seriesInstanceUid, String modality, List<Path> files) {
        public Found {
            files = List.copyOf(files);
        }
    }

    public SeriesFiles {
        series = List.copyOf(series);
        others = new TreeMap<>(others);
    }

    /** @throws org.segnode.TemporaryException if the disk does not give a file */
    public static SeriesFiles among(List<Path> files) {
        Map<String, List<Path>> byUid = new LinkedHashMap<>();
        Map<String, String> modalities = new LinkedHashMap<>();
        Map<Path, String> others = new TreeMap<>();
        for (Path path : files) {
            try (DicomFile file = DicomFile.open(path)) {
                Attributes object = file.attributes();
                String uid = object.getString(Tag.SeriesInstanceUID, "").trim();
                if (uid.isEmpty()) {
                    others.put(path, DicomFile.name(path) + " has no Series Instance UID (0020,000E)");
                    continue;
                }
                byUid.computeIfAbsent(uid, key -> new ArrayList<>()).add(path);
                modalities.putIfAbsent(uid, object.getString(Tag.Modality, "").trim());
            } catch (UnusableSeriesException | RuntimeException e) {
                others.put(path, String.valueOf(DicomFile.reason(path, e).getMessage()));
            }
        }
        List<Found> found = new ArrayList<>();
        byUid.forEach((uid, of) -> found.add(new Found(uid, modalities.getOrDefault(uid, ""), of)));
        return new SeriesFiles(found, others);
    }
}
