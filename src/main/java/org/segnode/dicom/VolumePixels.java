package org.segnode.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.segnode.UnusableSeriesException;
import org.segnode.volume.Shape;

/** Reads the pixels of slices, file by file, as modality values. */
final class VolumePixels {
    private VolumePixels() {}

    /**
     * @param slices of one size
     * @return values of all slices ordered slice, row, column, each slope * stored + intercept, computed in double, or
     *     looked up where the object has a table; window and other tables for display (PS3.3 C.11.2) change nothing
     * @throws UnusableSeriesException if a file is cut off or its transfer syntax cannot be decoded
     */
    static float[] read(List<Slice> slices) throws UnusableSeriesException {
        PixelLayout layout = slices.get(0).layout();
        Shape shape = new Shape(slices.size(), layout.rows(), layout.columns());
        requireMemory(shape, Runtime.getRuntime().maxMemory());
        float[] values = new float[shape.voxels()];
        Map<Path, Map<Integer, Integer>> places = new LinkedHashMap<>();
        for (int k = 0; k < slices.size(); k++) {
            Slice slice = slices.get(k);
            places.computeIfAbsent(slice.file(), file -> new HashMap<>()).put(slice.frame(), k);
        }
        for (Map.Entry<Path, Map<Integer, Integer>> file : places.entrySet()) {
            readFile(file.getKey(), file.getValue(), slices, values);
        }
        return values;
    }

    /** Headers may claim any size: a volume must leave half of the memory free. */
    static void requireMemory(Shape shape, long memory) throws UnusableSeriesException {
        long needed = 4L * shape.voxels();
        if (needed > memory / 2) {
            throw new UnusableSeriesException("a volume of " + shape + " voxels needs " + (needed >> 20)
                    + " MiB, more than half of the " + (memory >> 20) + " MiB of memory this program may use");
        }
    }

    private static void readFile(Path path, Map<Integer, Integer> places, List<Slice> slices, float[] values)
            throws UnusableSeriesException {
        try (DicomFile file = DicomFile.open(path)) {
            PixelRules.check(file);
            PixelLayout layout = PixelLayout.of(file.attributes());
            FrameReader frames = FrameReader.of(file, layout);
            Optional<ModalityLut> table = ModalityLut.of(file);
            int[] samples = new int[(int) layout.pixels()];
            for (int frame = 1; frame <= layout.frames(); frame++) {
                frames.next(samples);
                Integer place = places.get(frame);
                if (place != null) {
                    int at = place * samples.length;
                    if (table.isPresent()) {
                        lookUp(samples, layout, table.get(), values, at);
                    } else {
                        transform(samples, layout, slices.get(place), values, at);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            throw DicomFile.reason(path, e);
        }
    }

    private static void lookUp(int[] samples, PixelLayout layout, ModalityLut table, float[] values, int at) {
        for (int i = 0; i < samples.length; i++) {
            values[at + i] = table.value(layout.stored(samples[i]));
        }
    }

    private static void transform(int[] samples, PixelLayout layout, Slice slice, float[] values, int at) {
        double slope = slice.slope();
        double intercept = slice.intercept();
        for (int i = 0; i < samples.length; i++) {
            values[at + i] = (float) (slope * layout.stored(samples[i]) + intercept);
        }
    }
}
