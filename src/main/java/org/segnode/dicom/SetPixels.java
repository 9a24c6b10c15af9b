package org.segnode.dicom;

import java.io.IOException;
import org.segnode.UnusableSeriesException;

/** Finds the runs of pixels that are not 0, frame by frame: of a segmentation these are few. */
interface SetPixels {
    /** Goes to the next frame. */
    void nextFrame() throws IOException, UnusableSeriesException;

    /**
     * Within the frame, from where the run before ended.
     *
     * @param from of {@code pixels} the first to be looked at, row by row
     * @return the place of the next pixel that is not 0, or {@code pixels}
     */
    int next(int from, int pixels) throws IOException;

    /**
     * @param from the pixel that was found last
     * @return the place of the first pixel after it that is not the same, or {@code pixels}
     */
    int end(int from, int pixels) throws IOException;

    /** The allocated bits of the pixel that was found last, in the lower bits of an int. */
    int sample();

    static SetPixels of(DicomFile file, PixelLayout layout) throws IOException, UnusableSeriesException {
        return layout.bitsAllocated() == 1 && !file.isEncapsulated()
                ? new PackedBits(file.stream())
                : new Decoded(FrameReader.of(file, layout), (int) layout.pixels());
    }

    /** Of frames that are decoded as a whole. */
    final class Decoded implements SetPixels {
        private final FrameReader frames;
        private final int[] samples;
        private int last;

        Decoded(FrameReader frames, int pixels) {
            this.frames = frames;
            this.samples = new int[pixels];
        }

        @Override
        public void nextFrame() throws IOException, UnusableSeriesException {
            frames.next(samples);
        }

        @Override
        public int next(int from, int pixels) {
            int i = from;
            while (i < pixels && samples[i] == 0) {
                i++;
            }
            last = i;
            return i;
        }

        @Override
        public int end(int from, int pixels) {
            int i = from;
            while (i < pixels && samples[i] == samples[from]) {
                i++;
            }
            return i;
        }

        @Override
        public int sample() {
            return samples[last];
        }
    }
}
