package org.segnode.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures several ways of doing the same in turn, so that what else the machine does hits all of them alike. */
final class BenchRounds {
    private final Map<String, Contestant> contestants = new LinkedHashMap<>();

    /** Does the work once. */
    interface Contestant {
        /** @return quantities in a fixed order, for example seconds and peak memory */
        double[] run() throws IOException, InterruptedException;
    }

    /** One quantity of one contestant. */
    record Result(String who, Spread spread) {}

    void enter(String who, Contestant contestant) {
        contestants.put(who, contestant);
    }

    /** Enters work that is timed here, in seconds. */
    void enterTimed(String who, Runnable work) {
        enter(who, () -> {
            long start = System.nanoTime();
            work.run();
            return new double[] {(System.nanoTime() - start) / 1e9};
        });
    }

    /**
     * @param warmUps rounds that do not count
     * @return by quantity, each in the order of entry
     */
    List<List<Result>> run(int rounds, int warmUps) throws IOException, InterruptedException {
        Map<String, List<double[]>> measured = new LinkedHashMap<>();
        for (int round = 0; round < warmUps + rounds; round++) {
            for (Map.Entry<String, Contestant> entry : contestants.entrySet()) {
                double[] quantities = entry.getValue().run();
                if (round >= warmUps) {
                    measured.computeIfAbsent(entry.getKey(), key -> new ArrayList<>())
                            .add(quantities);
                }
            }
        }
        List<List<Result>> results = new ArrayList<>();
        measured.forEach((who, all) -> {
            for (int quantity = 0; quantity < all.get(0).length; quantity++) {
                if (results.size() == quantity) {
                    results.add(new ArrayList<>());
                }
                int which = quantity;
                List<Double> values = all.stream().map(run -> run[which]).toList();
                results.get(quantity).add(new Result(who, Spread.of(values)));
            }
        });
        return results;
    }
}
