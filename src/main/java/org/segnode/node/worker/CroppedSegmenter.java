package org.segnode.node.worker;

import java.util.ArrayList;
import java.util.List;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;
import org.segnode.volume.Volume;

/**
 * Coarse, then fine: the second model sees only the box around what the first one found, with a margin; its labels lie on
 * the whole grid again, background around the box.
 */
final class CroppedSegmenter implements Segmenter {
    private final Segmenter coarse;
    private final double margin;
    private final Segmenter fine;

    /** @param margin mm added on every side of the box, as far as there are voxels */
    CroppedSegmenter(Segmenter coarse, double margin, Segmenter fine) {
        this.coarse = coarse;
        this.margin = margin;
        this.fine = fine;
    }

    /** @throws UnusableSeriesException also if the first model finds nothing */
    @Override
    public LabelMap segment(Volume volume, Progress progress) throws UnusableSeriesException {
        int[][] box = region(volume, progress);
        LabelMap inside = fine.segment(crop(volume, box), second(progress));
        return paste(inside, volume.grid(), box);
    }

    @Override
    public GradedLabelMap graded(Volume volume, Progress progress) throws UnusableSeriesException {
        int[][] box = region(volume, progress);
        GradedLabelMap inside = fine.graded(crop(volume, box), second(progress));
        return inside.moved(map -> paste(map, volume.grid(), box));
    }

    private int[][] region(Volume volume, Progress progress) throws UnusableSeriesException {
        return box(coarse.segment(volume, (done, total) -> progress.step(done, 2 * total)), margin);
    }

    private static Progress second(Progress progress) {
        return (done, total) -> progress.step(total + done, 2 * total);
    }

    /** Both belong to whoever made this. */
    @Override
    public void close() {}

    /**
     * The box of the mask with its margin.
     *
     * @return first and last index (inclusive) along slice, row, column
     */
    static int[][] box(LabelMap mask, double margin) throws UnusableSeriesException {
        Shape shape = mask.shape();
        int[][] box = {
            {shape.slices(), -1}, {shape.rows(), -1}, {shape.columns(), -1},
        };
        for (int slice = 0; slice < shape.slices(); slice++) {
            for (int row = 0; row < shape.rows(); row++) {
                for (int column = 0; column < shape.columns(); column++) {
                    if (mask.labels()[shape.index(slice, row, column)] != 0) {
                        widen(box, slice, row, column);
                    }
                }
            }
        }
        if (box[0][1] < 0) {
            throw new UnusableSeriesException("the model that looks for the region found nothing to crop to");
        }
        for (int axis = 0; axis < 3; axis++) {
            int voxels = (int) Math.min(
                    shape.length(axis), Math.ceil(margin / mask.grid().spacing().along(axis)));
            box[axis][0] = Math.max(0, box[axis][0] - voxels);
            box[axis][1] = Math.min(shape.length(axis) - 1, box[axis][1] + voxels);
        }
        return box;
    }

    private static void widen(int[][] box, int... indices) {
        for (int axis = 0; axis < 3; axis++) {
            box[axis][0] = Math.min(box[axis][0], indices[axis]);
            box[axis][1] = Math.max(box[axis][1], indices[axis]);
        }
    }

    static Volume crop(Volume volume, int[][] box) {
        Grid whole = volume.grid();
        Shape shape = shape(box);
        Grid grid = new Grid(
                shape,
                whole.position(box[0][0], box[1][0], box[2][0]),
                whole.sliceStep(),
                whole.rowStep(),
                whole.columnStep());
        List<float[]> channels = new ArrayList<>();
        for (float[] channel : volume.channels()) {
            float[] inside = new float[shape.voxels()];
            for (int slice = 0; slice < shape.slices(); slice++) {
                for (int row = 0; row < shape.rows(); row++) {
                    int from = whole.shape().index(box[0][0] + slice, box[1][0] + row, box[2][0]);
                    System.arraycopy(channel, from, inside, shape.index(slice, row, 0), shape.columns());
                }
            }
            channels.add(inside);
        }
        return new Volume(grid, channels);
    }

    static LabelMap paste(LabelMap inside, Grid whole, int[][] box) {
        short[] labels = new short[whole.shape().voxels()];
        Shape shape = inside.shape();
        for (int slice = 0; slice < shape.slices(); slice++) {
            for (int row = 0; row < shape.rows(); row++) {
                int to = whole.shape().index(box[0][0] + slice, box[1][0] + row, box[2][0]);
                System.arraycopy(inside.labels(), shape.index(slice, row, 0), labels, to, shape.columns());
            }
        }
        return new LabelMap(whole, labels);
    }

    private static Shape shape(int[][] box) {
        return new Shape(box[0][1] - box[0][0] + 1, box[1][1] - box[1][0] + 1, box[2][1] - box[2][0] + 1);
    }
}
