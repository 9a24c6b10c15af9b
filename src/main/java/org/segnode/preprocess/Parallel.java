package org.segnode.preprocess;

import java.util.stream.IntStream;

/** Runs loops on all processors, in pieces that keep their own working memory. */
final class Parallel {
    private static final int PIECES_PER_PROCESSOR = 4;

    private Parallel() {}

    /** A piece of a loop: from included, to not. */
    interface Piece {
        void run(int from, int to);
    }

    static void pieces(int count, Piece piece) {
        int pieces = Math.min(count, PIECES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
        IntStream.range(0, pieces).parallel().forEach(i -> {
            int from = (int) ((long) count * i / pieces);
            int to = (int) ((long) count * (i + 1) / pieces);
            piece.run(from, to);
        });
    }
}
