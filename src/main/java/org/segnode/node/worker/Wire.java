package org.segnode.node.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import org.segnode.inference.PredictionOptions;
import org.segnode.network.ComputeDevice;
import org.segnode.volume.Grid;
import org.segnode.volume.Position;
import org.segnode.volume.Shape;

/** What node and model process say to each other: one JSON object per line; voxels lie in files. */
final class Wire {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Wire() {}

    static String line(Object message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of ours is no JSON: " + message, e);
        }
    }

    /** @throws IllegalArgumentException if the line is not such a message */
    static <T> T read(String line, Class<T> type) {
        try {
            return MAPPER.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + line, e);
        }
    }

    /**
     * The first line to the process: what to load.
     *
     * @param threads 0: as many as the machine has
     */
    record Opening(
            String folder,
            List<String> folds,
            String checkpoint,
            double step,
            boolean gaussian,
            boolean mirroring,
            boolean precise,
            String device,
            int threads) {
        static Opening of(String folder, PredictionOptions options, int threads) {
            return new Opening(
                    folder,
                    options.folds(),
                    options.checkpointName(),
                    options.stepFraction(),
                    options.gaussian(),
                    options.mirroring(),
                    options.precise(),
                    options.device().toString(),
                    threads);
        }

        PredictionOptions options() {
            return new PredictionOptions(
                    folds, checkpoint, step, gaussian, mirroring, precise, ComputeDevice.parse(device), true);
        }
    }

    /**
     * Each further line to the process.
     *
     * @param input file of 32-bit floats, little-endian: channel, slice, row, column
     * @param output file the process writes: 16-bit labels, little-endian: slice, row, column
     * @param levels file it writes of the probability of each label, a byte per voxel: label, slice, row, column; empty where
     *     these are not wanted
     * @param shape slices, rows, columns
     * @param geometry origin, slice step, row step, column step: x, y, z of each in mm
     */
    @SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
    record Task(String input, String output, String levels, int channels, int[] shape, double[] geometry) {
        static Task of(String input, String output, int channels, Grid grid) {
            double[] geometry = new double[12];
            Position[] places = {grid.origin(), grid.sliceStep(), grid.rowStep(), grid.columnStep()};
            for (int i = 0; i < places.length; i++) {
                geometry[3 * i] = places[i].x();
                geometry[3 * i + 1] = places[i].y();
                geometry[3 * i + 2] = places[i].z();
            }
            return new Task(input, output, "", channels, grid.shape().toArray(), geometry);
        }

        /** With probabilities. */
        Task graded(String file) {
            return new Task(input, output, file, channels, shape, geometry);
        }

        Grid grid() {
            Position[] places = new Position[4];
            for (int i = 0; i < places.length; i++) {
                places[i] = new Position(geometry[3 * i], geometry[3 * i + 1], geometry[3 * i + 2]);
            }
            return new Grid(Shape.of(shape), places[0], places[1], places[2], places[3]);
        }
    }

    /** What an answer says. */
    enum Kind {
        /** The model is loaded. */
        READY,
        /** {@code done} of {@code total} steps. */
        PROGRESS,
        /** The output file is written. */
        DONE,
        /** The volume cannot be used, and why. */
        UNUSABLE,
        /** It did not work this time, and why. */
        TEMPORARY,
        /** A mistake of the program, and its message; the trace went to the log. */
        BROKEN
    }

    /**
     * A line from the process.
     *
     * @param labels of which the file of levels holds those, in its order
     */
    record Answer(Kind kind, String text, int done, int total, List<Integer> labels) {
        static Answer of(Kind kind, String text) {
            return new Answer(kind, text, 0, 0, List.of());
        }

        static Answer done(Collection<Integer> labels) {
            return new Answer(Kind.DONE, "", 0, 0, List.copyOf(labels));
        }

        static Answer progress(int done, int total) {
            return new Answer(Kind.PROGRESS, "", done, total, List.of());
        }
    }
}
