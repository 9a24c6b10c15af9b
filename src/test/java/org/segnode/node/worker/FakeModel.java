package org.segnode.node.worker;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Progress;
import org.segnode.inference.Segmenter;
import org.segnode.volume.GradedLabelMap;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Volume;

/** A model's process that behaves as the first voxel of the volume says. */
final class FakeModel {
    static final float ANSWER = 1;
    static final float EXIT_134 = 2;
    static final float KILL_ITSELF = 3;
    static final float HANG = 4;
    static final float REFUSE = 5;
    static final float FAIL = 6;
    static final float BREAK = 7;
    static final float EAT_HEAP = 8;
    static final float CHATTER = 9;

    private FakeModel() {}

    public static void main(String[] arguments) throws InterruptedException {
        ModelProcess.serve(opening -> {
            if (opening.folder().endsWith("broken")) {
                throw new java.io.IOException("no plans.json");
            }
            return new Fake();
        });
    }

    private static final class Fake implements Segmenter {
        private int volumes;

        @Override
        public LabelMap segment(Volume volume, Progress progress) throws UnusableSeriesException {
            behave(volume.channels().get(0)[0], progress);
            short[] labels = new short[volume.shape().voxels()];
            labels[0] = (short) ++volumes; // how long this process has lived
            labels[labels.length - 1] = (short) volume.channels().get(0)[labels.length - 1];
            return new LabelMap(volume.grid(), labels);
        }

        /** The last label is less probable the longer this process has lived. */
        @Override
        public GradedLabelMap graded(Volume volume, Progress progress) throws UnusableSeriesException {
            LabelMap found = segment(volume, progress);
            int last = found.labels().length - 1;
            byte[] level = new byte[last + 1];
            level[last] = (byte) (255 - volumes);
            SortedMap<Integer, byte[]> levels = new TreeMap<>();
            levels.put((int) found.labels()[last], level);
            return new GradedLabelMap(found, levels);
        }

        private static void behave(float what, Progress progress) throws UnusableSeriesException {
            if (what == EXIT_134) {
                System.err.println("terminate called after throwing an instance of 'c10::Error'");
                Runtime.getRuntime().halt(134);
            } else if (what == KILL_ITSELF) {
                killItself();
            } else if (what == HANG) {
                hang();
            } else if (what == REFUSE) {
                throw new UnusableSeriesException("the volume has 2 channels, the model 1");
            } else if (what == FAIL) {
                throw new TemporaryException("no graphics card");
            } else if (what == BREAK) {
                throw new IllegalStateException("index 4 of 3");
            } else if (what == EAT_HEAP) {
                long[][] all = new long[1000][];
                for (int i = 0; i < all.length; i++) {
                    all[i] = new long[1 << 20];
                }
                progress.step(all.length, all.length);
            } else if (what == CHATTER) {
                System.out.println("native code prints {\"kind\":\"DONE\"}");
                progress.step(1, 2);
                progress.step(2, 2);
            }
        }

        private static void killItself() {
            try {
                new ProcessBuilder(
                                "kill",
                                "-9",
                                Long.toString(ProcessHandle.current().pid()))
                        .start();
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
            hang();
        }

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {}
    }
}
