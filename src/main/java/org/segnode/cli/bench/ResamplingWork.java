package org.segnode.cli.bench;

import java.util.List;
import java.util.Random;
import org.segnode.plan.ResamplingSpec;
import org.segnode.preprocess.Logits;
import org.segnode.preprocess.Resampling;
import org.segnode.volume.Halfs;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/**
 * Something to resample.
 *
 * @param kind what the arrays hold, and how they are resampled
 * @param separate whether slices lie so far apart that they are resampled separately
 */
record ResamplingWork(Kind kind, int channels, Shape from, Shape to, boolean separate) {
    /** What is resampled, each in nnU-Net's usual way. */
    enum Kind {
        IMAGE("image, cubic", 3),
        LABELS("labels, linear", 1),
        LOGITS("logits, linear, half precision", 1);

        private final String words;
        private final int order;

        Kind(String words, int order) {
            this.words = words;
            this.order = order;
        }
    }

    private static final Shape CUBE = new Shape(96, 160, 160);
    private static final Shape LARGER_CUBE = new Shape(120, 200, 200);
    private static final Shape SLAB = new Shape(24, 256, 256);
    private static final Shape LARGER_SLAB = new Shape(28, 320, 320);

    static List<ResamplingWork> usual() {
        return List.of(
                new ResamplingWork(Kind.IMAGE, 1, CUBE, LARGER_CUBE, false),
                new ResamplingWork(Kind.IMAGE, 1, LARGER_CUBE, CUBE, false),
                new ResamplingWork(Kind.IMAGE, 1, SLAB, LARGER_SLAB, true),
                new ResamplingWork(Kind.LABELS, 1, CUBE, LARGER_CUBE, false),
                new ResamplingWork(Kind.LOGITS, 1, CUBE, LARGER_CUBE, false),
                new ResamplingWork(Kind.LOGITS, 1, SLAB, LARGER_SLAB, true));
    }

    static List<ResamplingWork> large() {
        return List.of(
                new ResamplingWork(Kind.LOGITS, 20, new Shape(48, 128, 128), new Shape(64, 160, 160), false),
                new ResamplingWork(Kind.IMAGE, 1, new Shape(200, 300, 300), new Shape(150, 400, 400), false));
    }

    /** To be repeated; the arrays are made now. */
    Runnable ours() {
        Spacing spacing = separate ? new Spacing(5, 1, 1) : new Spacing(1, 1, 1);
        ResamplingSpec how = ResamplingSpec.spline(kind == Kind.LABELS, kind.order);
        Resampling resampling = new Resampling(how, from, to, spacing, spacing);
        return switch (kind) {
            case IMAGE -> {
                float[] image = image();
                yield () -> resampling.image(image);
            }
            case LABELS -> {
                short[] labels = labels();
                yield () -> resampling.labels(labels);
            }
            case LOGITS -> {
                Logits logits = logits();
                float[] head = new float[to.voxels()]; // one for all heads, as in the export of a case
                yield () -> {
                    for (int channel = 0; channel < channels; channel++) {
                        resampling.head(logits, channel, head);
                    }
                };
            }
        };
    }

    /** As the peer's script reads it. */
    String[] question() {
        return new String[] {
            kind.name(), Integer.toString(kind.order), Integer.toString(channels), sizes(from), sizes(to), "" + separate
        };
    }

    private float[] image() {
        float[] voxels = new float[from.voxels()];
        Random random = new Random(1);
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = random.nextFloat();
        }
        return voxels;
    }

    private Logits logits() {
        short[][] heads = new short[channels][from.voxels()];
        Random random = new Random(1);
        for (short[] head : heads) {
            for (int i = 0; i < head.length; i++) {
                head[i] = Halfs.ofFloat(random.nextFloat() * 20 - 10);
            }
        }
        return Logits.ofHalfs(from, heads);
    }

    /** Three labels and background in slabs along the rows, some 30 voxels thick. */
    private short[] labels() {
        short[] labels = new short[from.voxels()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (short) (i / from.columns() % from.rows() / 30 % 4);
        }
        return labels;
    }

    private static String sizes(Shape shape) {
        return shape.slices() + "x" + shape.rows() + "x" + shape.columns();
    }

    @Override
    public String toString() {
        return kind.words + (separate ? ", separate slices" : "") + ", " + channels + "x" + sizes(from) + " to "
                + sizes(to);
    }
}
