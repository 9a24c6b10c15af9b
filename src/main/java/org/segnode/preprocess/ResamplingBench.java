package org.segnode.preprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.segnode.plan.ResamplingSpec;
import org.segnode.volume.Halfs;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/** Times the resampling of arrays of usual sizes. */
public final class ResamplingBench {
    private static final int REPEATS = 3;

    private ResamplingBench() {}

    /**
     * One figure.
     *
     * @param name what was resampled
     * @param from shape before
     * @param to shape after
     * @param seconds the shortest of three runs, after one that does not count
     */
    public record Figure(String name, Shape from, Shape to, double seconds) {
        /** {@code name from to seconds}, as the comparison with scikit-image reads it. */
        @Override
        public String toString() {
            return "%s %dx%dx%d %dx%dx%d %.4f"
                    .formatted(
                            name,
                            from.slices(),
                            from.rows(),
                            from.columns(),
                            to.slices(),
                            to.rows(),
                            to.columns(),
                            seconds);
        }
    }

    /** Prints the figures, one per line. */
    public static void main(String[] arguments) {
        run().forEach(System.out::println);
    }

    /** Cubic images, labels and logits; joint, and with separate slices. */
    public static List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        Spacing even = new Spacing(1, 1, 1);
        Spacing uneven = new Spacing(5, 1, 1);
        Shape cube = new Shape(96, 160, 160);
        Shape largerCube = new Shape(120, 200, 200);
        Shape slab = new Shape(24, 256, 256);
        Shape largerSlab = new Shape(28, 320, 320);
        figures.add(image("image_cubic", cube, largerCube, even));
        figures.add(image("image_cubic_smaller", largerCube, cube, even));
        figures.add(image("image_cubic_slices", slab, largerSlab, uneven));
        figures.add(labels("labels", cube, largerCube, even));
        figures.add(logits("logits_linear", cube, largerCube, even));
        figures.add(logits("logits_linear_slices", slab, largerSlab, uneven));
        return figures;
    }

    private static Figure image(String name, Shape from, Shape to, Spacing spacing) {
        float[] voxels = new float[from.voxels()];
        Random random = new Random(1);
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = random.nextFloat();
        }
        Resampling resampling = new Resampling(ResamplingSpec.spline(false, 3), from, to, spacing, spacing);
        return timed(name, from, to, () -> resampling.image(voxels));
    }

    private static Figure labels(String name, Shape from, Shape to, Spacing spacing) {
        short[] labels = blobs(from);
        Resampling resampling = new Resampling(ResamplingSpec.spline(true, 1), from, to, spacing, spacing);
        return timed(name, from, to, () -> resampling.labels(labels));
    }

    private static Figure logits(String name, Shape from, Shape to, Spacing spacing) {
        short[] halfs = new short[from.voxels()];
        Random random = new Random(1);
        for (int i = 0; i < halfs.length; i++) {
            halfs[i] = Halfs.ofFloat(random.nextFloat() * 20 - 10);
        }
        Logits logits = Logits.ofHalfs(from, new short[][] {halfs});
        Resampling resampling = new Resampling(ResamplingSpec.spline(false, 1), from, to, spacing, spacing);
        float[] head = new float[to.voxels()];
        return timed(name, from, to, () -> resampling.head(logits, 0, head));
    }

    /** Three labels in slabs along the rows, some 30 voxels thick. */
    private static short[] blobs(Shape shape) {
        short[] labels = new short[shape.voxels()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (short) (i / shape.columns() % shape.rows() / 30 % 4);
        }
        return labels;
    }

    private static Figure timed(String name, Shape from, Shape to, Runnable work) {
        work.run();
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            work.run();
            shortest = Math.min(shortest, (System.nanoTime() - start) / 1e9);
        }
        return new Figure(name, from, to, shortest);
    }
}
