package org.segnode.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Figures of one benchmark, for people or as JSON. */
final class BenchReport {
    private final String command;
    private final int rounds;
    private final boolean json;
    private final boolean hasPeer;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * What was measured.
     *
     * @param subject for example sizes
     * @param unit of the numbers
     * @param times how many times ours the figure is; empty for ours
     */
    record Figure(String subject, String who, String unit, Spread spread, Optional<Double> times) {}

    BenchReport(String command, int rounds, boolean json, boolean hasPeer) {
        this.command = command;
        this.rounds = rounds;
        this.json = json;
        this.hasPeer = hasPeer;
    }

    /** The first is ours; the others are compared with it. */
    void add(String subject, String unit, List<BenchRounds.Result> results) {
        double ours = results.get(0).spread().median();
        for (BenchRounds.Result result : results) {
            Optional<Double> times = result == results.get(0)
                    ? Optional.empty()
                    : Optional.of(result.spread().median() / ours);
            figures.add(new Figure(subject, result.who(), unit, result.spread(), times));
        }
    }

    void remark(String sentence) {
        remarks.add(sentence);
    }

    void print(PrintWriter out) {
        if (!hasPeer) {
            remarks.add("without --peer-python PYTHON (a Python with nnU-Net 2.8.1) only segnode was measured");
        }
        if (json) {
            printJson(out);
        } else {
            printText(out);
        }
        out.flush();
    }

    private void printText(PrintWriter out) {
        out.println(BenchMachine.read().line());
        out.println(
                "segnode bench " + command + ": medians of " + rounds + " rounds, in turn, after one that warms up");
        String subject = "";
        for (Figure figure : figures) {
            if (!figure.subject().equals(subject)) {
                subject = figure.subject();
                out.println(subject);
            }
            Spread spread = figure.spread();
            String times = figure.times()
                    .map(ratio -> String.format(Locale.ROOT, "  %.2f times", ratio))
                    .orElse("");
            out.println(String.format(
                    Locale.ROOT,
                    "  %-34s %10s %s (%s to %s)%s",
                    figure.who(),
                    number(spread.median()),
                    figure.unit(),
                    number(spread.lowest()),
                    number(spread.highest()),
                    times));
        }
        remarks.forEach(out::println);
    }

    /** Four digits, however large. */
    private static String number(double value) {
        int digits = value <= 0 ? 0 : (int) Math.max(0, 3 - Math.floor(Math.log10(value)));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private void printJson(PrintWriter out) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("command", "bench " + command);
        root.put("rounds", rounds);
        BenchMachine.read().write(root.putObject("machine"));
        ArrayNode all = root.putArray("figures");
        for (Figure figure : figures) {
            ObjectNode node = all.addObject();
            node.put("subject", figure.subject());
            node.put("who", figure.who());
            node.put("unit", figure.unit());
            node.put("median", figure.spread().median());
            node.put("lowest", figure.spread().lowest());
            node.put("highest", figure.spread().highest());
            figure.times().ifPresent(ratio -> node.put("times", ratio));
        }
        remarks.forEach(root.putArray("remarks")::add);
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures could not be written as JSON", e);
        }
    }
}
