package org.segnode.plan;

/**
 * NumPy's legacy generator {@code numpy.random.RandomState(seed)}: MT19937 with masked rejection for bounded draws. The
 * same seed gives the same draws as there. Not for several threads.
 *
 * @see <a href="https://doi.org/10.1145/272991.272995">Matsumoto and Nishimura 1998</a>
 */
public final class RandomState {
    private static final int LENGTH = 624;
    private static final int MIDDLE = 397;

    private final int[] state = new int[LENGTH];
    private int position = LENGTH;

    /** @param seed 0 to 4294967295 */
    public RandomState(long seed) {
        if (seed < 0 || seed > 0xffffffffL) {
            throw new IllegalArgumentException("a seed is from 0 to 4294967295, is " + seed);
        }
        state[0] = (int) seed;
        for (int i = 1; i < LENGTH; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /** The next 32 bits, to be read without sign. */
    public int nextWord() {
        if (position == LENGTH) {
            twist();
        }
        int word = state[position++];
        word ^= word >>> 11;
        word ^= word << 7 & 0x9d2c5680;
        word ^= word << 15 & 0xefc60000;
        return word ^ word >>> 18;
    }

    /** Uniform in [0, 1) with 53 bits: {@code random_sample()}. */
    public double nextDouble() {
        int high = nextWord() >>> 5;
        int low = nextWord() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /** Uniform in [0, bound): {@code randint(bound)}. A bound of 1 draws nothing. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("the bound of a draw is at least 1, is " + bound);
        }
        int most = bound - 1;
        if (most == 0) {
            return 0;
        }
        int mask = -1 >>> Integer.numberOfLeadingZeros(most);
        int value = nextWord() & mask;
        while (value > most) {
            value = nextWord() & mask;
        }
        return value;
    }

    /** {@code choice(bound, count)} with replacement. */
    public int[] choice(int bound, int count) {
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = nextInt(bound);
        }
        return chosen;
    }

    /** {@code choice(bound, count, replace=False)}: the first entries of a permutation. */
    public int[] choiceWithoutReplacement(int bound, int count) {
        if (count > bound) {
            throw new IllegalArgumentException("cannot take " + count + " of " + bound + " without replacement");
        }
        return java.util.Arrays.copyOf(permutation(bound), count);
    }

    /** {@code permutation(length)}. */
    public int[] permutation(int length) {
        int[] values = new int[length];
        for (int i = 0; i < length; i++) {
            values[i] = i;
        }
        shuffle(values);
        return values;
    }

    /** {@code shuffle(values)}: Fisher and Yates from the end. */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = nextInt(i + 1);
            int kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
    }

    private void twist() {
        for (int i = 0; i < LENGTH; i++) {
            int mixed = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7fffffff);
            int word = state[(i + MIDDLE) % LENGTH] ^ mixed >>> 1;
            state[i] = (mixed & 1) == 0 ? word : word ^ 0x9908b0df;
        }
        position = 0;
    }
}
