package org.segnode.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The labels of a data set and what the network's heads stand for.
 *
 * @param entries every entry of {@code labels} but {@code ignore}, in the order of the file; background (0) among them
 * @param ignore the value of voxels that are not annotated: the largest label + 1
 * @param regionsClassOrder label written where region i is found, in the order of {@link #regions()}; empty without regions
 */
public record Labels(List<Region> entries, OptionalInt ignore, List<Integer> regionsClassOrder) {
    public Labels {
        entries = List.copyOf(entries);
        regionsClassOrder = List.copyOf(regionsClassOrder);
        requireConsecutive(values(entries));
        int largest = values(entries).last();
        if (ignore.isPresent() && ignore.getAsInt() != largest + 1) {
            throw new IllegalArgumentException("labels/ignore must be the largest other label + 1, " + (largest + 1)
                    + ", is " + ignore.getAsInt());
        }
        requireOrder(entries, regionsClassOrder);
    }

    /** Labels without regions: background 0 and the names given for 1, 2, … */
    public static Labels of(String... foreground) {
        List<Region> entries = new ArrayList<>(List.of(Region.of("background", 0)));
        for (String name : foreground) {
            entries.add(Region.of(name, entries.size()));
        }
        return new Labels(entries, OptionalInt.empty(), List.of());
    }

    /** Whether some entry has more than one label: then heads are regions, and sigmoid takes the place of softmax. */
    public boolean hasRegions() {
        return hasRegions(entries);
    }

    /** All labels in ascending order, background included, ignore not. */
    public List<Integer> all() {
        return List.copyOf(values(entries));
    }

    /** All labels but background, in ascending order. */
    public List<Integer> foreground() {
        return all().stream().filter(label -> label != 0).toList();
    }

    /** The entries but background, in the order of the file: one head each if {@link #hasRegions()}. */
    public List<Region> regions() {
        return regions(entries);
    }

    /** What is compared in evaluation: the regions, or the foreground labels one by one. */
    public List<Region> evaluated() {
        return hasRegions()
                ? regions()
                : foreground().stream()
                        .map(label -> Region.of(name(label), label))
                        .toList();
    }

    /** Output channels of the network. */
    public int heads() {
        return hasRegions() ? regions().size() : all().size();
    }

    /** Number of keys under {@code labels}, background and ignore included: what planning counts. */
    public int declared() {
        return entries.size() + (ignore.isPresent() ? 1 : 0);
    }

    /** Name of the first entry that is this label alone, else the label as text. */
    public String name(int label) {
        return entries.stream()
                .filter(entry -> entry.labels().equals(List.of(label)))
                .map(Region::name)
                .findFirst()
                .orElse(Integer.toString(label));
    }

    private static boolean hasRegions(List<Region> entries) {
        return entries.stream().anyMatch(entry -> entry.labels().size() > 1);
    }

    private static List<Region> regions(List<Region> entries) {
        return entries.stream().filter(entry -> !entry.isBackground()).toList();
    }

    private static TreeSet<Integer> values(List<Region> entries) {
        TreeSet<Integer> values = new TreeSet<>();
        entries.forEach(entry -> values.addAll(entry.labels()));
        return values;
    }

    private static void requireConsecutive(TreeSet<Integer> values) {
        if (!values.contains(0)) {
            throw new IllegalArgumentException("labels/background: 0 is missing");
        }
        if (values.last() != values.size() - 1) {
            throw new IllegalArgumentException("labels must be consecutive numbers from 0, are " + brief(values));
        }
        if (values.size() < 2) {
            throw new IllegalArgumentException("labels need at least one besides background");
        }
    }

    private static void requireOrder(List<Region> entries, List<Integer> order) {
        if (!hasRegions(entries)) {
            return;
        }
        if (order.size() != regions(entries).size()) {
            throw new IllegalArgumentException("regions_class_order must have one number per region, "
                    + regions(entries).size() + ", has " + order.size());
        }
        for (int label : order) {
            if (label < 0 || label > Short.MAX_VALUE) {
                throw new IllegalArgumentException("regions_class_order holds labels from 0 to 32767, has " + label);
            }
        }
    }

    private static String brief(TreeSet<Integer> values) {
        String text = values.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
