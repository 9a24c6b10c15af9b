package org.segnode.preprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.segnode.volume.Box;
import org.segnode.volume.Grid;
import org.segnode.volume.Shape;
import org.segnode.volume.io.GridProperties;
import org.segnode.volume.io.PickleArray;
import org.segnode.volume.io.PickleException;
import org.segnode.volume.io.PickleReader;
import org.segnode.volume.io.PickleTuple;
import org.segnode.volume.io.PickleWriter;

/** The {@code .pkl} file beside a prepared case or saved probabilities, as nnU-Net writes and reads it. */
final class CaseProperties {
    private CaseProperties() {}

    static void write(CaseGeometry geometry, Path pkl) throws IOException {
        Files.write(pkl, PickleWriter.bytes(properties(geometry)));
    }

    /** @param stored grid of the file, where the reader reorders axes */
    static void write(CaseGeometry geometry, Grid stored, Path pkl) throws IOException {
        Files.write(pkl, PickleWriter.bytes(properties(geometry, stored)));
    }

    /** @param stored as above */
    static void write(TrainingCase trainingCase, Grid stored, Path pkl) throws IOException {
        Map<String, Object> properties = properties(trainingCase.image().geometry(), stored);
        Map<Object, Object> locations = new LinkedHashMap<>();
        for (ClassLocations.Entry entry : trainingCase.locations().classes()) {
            locations.put(key(entry), rows(entry.voxels(), trainingCase.image().shape()));
        }
        properties.put("class_locations", locations);
        Files.write(pkl, PickleWriter.bytes(properties));
    }

    /** Where each class lies; classes in the order of the file. */
    static ClassLocations readLocations(Path pkl, Shape shape) throws IOException {
        List<ClassLocations.Entry> entries = new ArrayList<>();
        if (PickleReader.read(pkl) instanceof Map<?, ?> properties
                && properties.get("class_locations") instanceof Map<?, ?> locations) {
            for (Map.Entry<?, ?> each : locations.entrySet()) {
                boolean tuple = each.getKey() instanceof PickleTuple;
                entries.add(new ClassLocations.Entry(labels(each.getKey()), tuple, voxels(each.getValue(), shape)));
            }
        }
        return new ClassLocations(entries);
    }

    private static Map<String, Object> properties(CaseGeometry geometry, Grid stored) {
        Map<String, Object> properties = properties(geometry);
        properties.putAll(GridProperties.of(geometry.grid(), stored));
        return properties;
    }

    private static Map<String, Object> properties(CaseGeometry geometry) {
        Map<String, Object> properties = GridProperties.of(geometry.grid());
        Box box = geometry.box();
        properties.put("shape_before_cropping", tuple(geometry.shapeBeforeCropping()));
        properties.put(
                "bbox_used_for_cropping",
                List.of(
                        List.of(box.sliceStart(), box.sliceEnd()),
                        List.of(box.rowStart(), box.rowEnd()),
                        List.of(box.columnStart(), box.columnEnd())));
        properties.put("shape_after_cropping_and_before_resampling", tuple(geometry.shapeAfterCropping()));
        return properties;
    }

    private static PickleTuple tuple(Shape shape) {
        return PickleTuple.ofLongs(shape.slices(), shape.rows(), shape.columns());
    }

    private static Object key(ClassLocations.Entry entry) {
        return entry.tuple()
                ? PickleTuple.ofLongs(
                        entry.labels().stream().mapToLong(Integer::longValue).toArray())
                : entry.labels().get(0);
    }

    /** Rows of 0, slice, row, column; a class that does not occur has an empty list. */
    private static Object rows(int[] voxels, Shape shape) {
        if (voxels.length == 0) {
            return List.of();
        }
        long[] rows = new long[4 * voxels.length];
        int plane = shape.rows() * shape.columns();
        for (int i = 0; i < voxels.length; i++) {
            rows[4 * i + 1] = voxels[i] / plane;
            rows[4 * i + 2] = voxels[i] % plane / shape.columns();
            rows[4 * i + 3] = voxels[i] % shape.columns();
        }
        return PickleArray.ofLongs(new int[] {voxels.length, 4}, rows);
    }

    private static List<Integer> labels(Object key) {
        List<Integer> labels = new ArrayList<>();
        for (Object label : key instanceof PickleTuple tuple ? tuple.items() : List.of(key)) {
            if (label instanceof Number number) {
                labels.add(number.intValue());
            }
        }
        return labels;
    }

    private static int[] voxels(@Nullable Object value, Shape shape) throws IOException {
        if (!(value instanceof PickleArray array)) {
            return new int[0];
        }
        long[] rows = array.toLongs();
        int[] voxels = new int[rows.length / 4];
        for (int i = 0; i < voxels.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                long place = rows[4 * i + 1 + axis];
                if (place < 0 || place >= shape.length(axis)) {
                    throw new PickleException(
                            "class_locations name the place " + place + " on axis " + axis + " of " + shape);
                }
            }
            voxels[i] = shape.index((int) rows[4 * i + 1], (int) rows[4 * i + 2], (int) rows[4 * i + 3]);
        }
        return voxels;
    }
}
