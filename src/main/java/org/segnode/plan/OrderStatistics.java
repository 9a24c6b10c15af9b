package org.segnode.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Smallest and largest value and percentiles of many values, exactly, without sorting them: two passes, each counting by
 * 16 bits of the values' order.
 */
final class OrderStatistics {
    private static final double[] PERCENTILES = {0.5, 50, 99.5};

    private final long count;
    private final boolean single;
    private final Map<Long, Float> byRank = new HashMap<>();

    private OrderStatistics(long count, boolean single) {
        this.count = count;
        this.single = single;
    }

    /** @param single whether differences are taken in single precision, as NumPy does for float32 arrays */
    static OrderStatistics of(PairwiseSum.Floats values, long count, boolean single) {
        OrderStatistics statistics = new OrderStatistics(count, single);
        NavigableSet<Long> ranks = new TreeSet<>();
        ranks.add(0L);
        ranks.add(count - 1);
        for (double q : PERCENTILES) {
            long lower = (long) Math.floor(statistics.rank(q));
            ranks.add(lower);
            ranks.add(Math.min(lower + 1, count - 1));
        }
        statistics.select(values, ranks);
        return statistics;
    }

    double smallest() {
        return at(0);
    }

    double largest() {
        return at(count - 1);
    }

    /** @param q 0.5, 50 or 99.5 */
    double percentile(double q) {
        double rank = rank(q);
        long lower = (long) Math.floor(rank);
        float low = at(lower);
        float high = at(Math.min(lower + 1, count - 1));
        double fraction = rank - lower;
        if (!single) {
            return Statistics.between(low, high, fraction);
        }
        double difference = high - low;
        return fraction < 0.5 ? low + difference * fraction : high - difference * (1 - fraction);
    }

    private double rank(double q) {
        return (count - 1) * (q / 100);
    }

    private float at(long rank) {
        Float value = byRank.get(rank);
        if (value == null) {
            throw new IllegalArgumentException("the value of rank " + rank + " was not asked for");
        }
        return value;
    }

    private void select(PairwiseSum.Floats values, NavigableSet<Long> ranks) {
        long[] coarse = new long[1 << 16];
        for (long i = 0; i < count; i++) {
            coarse[key(values.at(i)) >>> 16]++;
        }
        Map<Integer, long[]> fine = new HashMap<>();
        long[] before = new long[1 << 16];
        for (int bucket = 1; bucket < before.length; bucket++) {
            before[bucket] = before[bucket - 1] + coarse[bucket - 1];
        }
        ranks.forEach(rank -> fine.put(bucket(before, coarse, rank), new long[1 << 16]));
        long[][] counted = new long[1 << 16][];
        fine.forEach((bucket, counts) -> counted[bucket] = counts);
        for (long i = 0; i < count; i++) {
            int key = key(values.at(i));
            long[] counts = counted[key >>> 16];
            if (counts != null) {
                counts[key & 0xffff]++;
            }
        }
        for (long rank : ranks) {
            int bucket = bucket(before, coarse, rank);
            long left = rank - before[bucket];
            int low = 0;
            while (left >= counted[bucket][low]) {
                left -= counted[bucket][low++];
            }
            byRank.put(rank, value(bucket << 16 | low));
        }
    }

    private static int bucket(long[] before, long[] counts, long rank) {
        int bucket = 0;
        while (rank >= before[bucket] + counts[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** Bits whose unsigned order is the order of the values; both zeros are the same. */
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value + 0.0f);
        return bits < 0 ? ~bits : bits | 0x80000000;
    }

    private static float value(int key) {
        return Float.intBitsToFloat(key < 0 ? key & 0x7fffffff : ~key);
    }
}
