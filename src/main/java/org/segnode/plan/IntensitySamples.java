package org.segnode.plan;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The foreground intensities drawn from the cases, for one channel: up to 400 MB, kept in a temporary file that is
 * mapped into memory, so that the heap stays small.
 */
final class IntensitySamples implements AutoCloseable {
    private final Path file;
    private final int perCase;
    private final AtomicReferenceArray<FloatBuffer> cases;

    /** @param perCase draws from each case that has foreground */
    IntensitySamples(int cases, int perCase) throws IOException {
        this.file = Files.createTempFile("segnode-intensities", ".f32");
        this.perCase = perCase;
        this.cases = new AtomicReferenceArray<>(cases);
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(
                    (long) cases * perCase * Float.BYTES); // else cases that grow it at once cut each other's part
        }
    }

    /**
     * Draws from the foreground of one case. Cases may draw at the same time, each with a generator of its own.
     *
     * @param foreground its values, not empty, in the order of the cropped array
     */
    void draw(int caseIndex, float[] foreground, RandomState random) throws IOException {
        long bytes = (long) perCase * Float.BYTES;
        FloatBuffer samples;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            samples = channel.map(FileChannel.MapMode.READ_WRITE, caseIndex * bytes, bytes)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        for (int i = 0; i < perCase; i++) {
            samples.put(i, foreground[random.nextInt(foreground.length)]);
        }
        cases.set(caseIndex, samples);
    }

    /** @return empty if no case has foreground */
    Optional<IntensityProperties> properties() {
        List<FloatBuffer> drawn = IntStream.range(0, cases.length())
                .mapToObj(cases::get)
                .filter(each -> each != null)
                .toList();
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(properties(new Joined(drawn, perCase), drawn.size() == cases.length()));
    }

    /** @param single whether NumPy computes in single precision: only when every case has foreground */
    private static IntensityProperties properties(Joined samples, boolean single) {
        long count = samples.length();
        double mean;
        double std;
        if (single) {
            float singleMean = (float) ((double) PairwiseSum.of(samples, count) / count);
            mean = singleMean;
            std = PairwiseSum.std(samples, count, singleMean);
        } else {
            mean = PairwiseSum.ofDoubles(samples::at, count) / count;
            std = PairwiseSum.stdOfDoubles(samples::at, count, mean);
        }
        OrderStatistics order = OrderStatistics.of(samples, count, single);
        return new IntensityProperties(
                order.largest(),
                mean,
                order.percentile(50),
                order.smallest(),
                order.percentile(0.5),
                order.percentile(99.5),
                std);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The samples of all cases in a row; quick when read in order, not for several threads. */
    private static final class Joined implements PairwiseSum.Floats {
        private final List<FloatBuffer> parts;
        private final int perPart;
        private FloatBuffer current;
        private long start;

        Joined(List<FloatBuffer> parts, int perPart) {
            this.parts = parts;
            this.perPart = perPart;
            this.current = parts.get(0);
        }

        long length() {
            return (long) parts.size() * perPart;
        }

        @Override
        public float at(long index) {
            if (index < start || index >= start + perPart) {
                int part = (int) (index / perPart);
                current = parts.get(part);
                start = (long) part * perPart;
            }
            return current.get((int) (index - start));
        }
    }
}
