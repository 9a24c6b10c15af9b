package org.segnode.dicom;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.segnode.volume.Position;

/** Numbers and lists as people read them in a reason. */
final class Words {
    private Words() {}

    /** At most three decimals, without zeros at the end. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        text = text.replaceAll("0+$", "").replaceAll("\\.$", "");
        return text.equals("-0") ? "0" : text;
    }

    static String mm(double value) {
        return number(value) + " mm";
    }

    static String degrees(double radians) {
        return String.format(Locale.ROOT, "%.2f degrees", Math.toDegrees(radians));
    }

    static String position(Position p) {
        return "(" + number(p.x()) + ", " + number(p.y()) + ", " + number(p.z()) + ") mm";
    }

    /** Two neighbours in a stack, counted from 1. */
    static String pair(List<Slice> slices, int second) {
        return "slices " + second + " and " + (second + 1) + " ("
                + slices.get(second - 1).words() + ", " + slices.get(second).words() + ")";
    }

    /** The first few of a list, and how many more there are. */
    static String some(List<String> all) {
        int shown = 4;
        String first = all.stream().limit(shown).collect(Collectors.joining(", "));
        return all.size() <= shown ? first : first + " and " + (all.size() - shown) + " more";
    }
}
