package org.segnode.network;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a network computes.
 *
 * @param kind processor or graphics card
 * @param index of the graphics card, from 0; 0 for the processor
 */
public record ComputeDevice(Kind kind, int index) {
    /** Kinds of device. */
    public enum Kind {
        CPU,
        CUDA
    }

    public static final ComputeDevice CPU = new ComputeDevice(Kind.CPU, 0);

    private static final Pattern TEXT = Pattern.compile("cpu|cuda(?::(\\d{1,3}))?");

    public ComputeDevice {
        if (index < 0 || (kind == Kind.CPU && index != 0)) {
            throw new IllegalArgumentException("there is no device " + kind + " " + index);
        }
    }

    /**
     * @param text {@code cpu}, {@code cuda} or {@code cuda:1}
     * @throws IllegalArgumentException if it is anything else
     */
    public static ComputeDevice parse(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a device is cpu, cuda or cuda:N, is \"" + text + "\"");
        }
        if (text.equalsIgnoreCase("cpu")) {
            return CPU;
        }
        return new ComputeDevice(Kind.CUDA, matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
    }

    public boolean isCpu() {
        return kind == Kind.CPU;
    }

    @Override
    public String toString() {
        return isCpu() ? "cpu" : "cuda:" + index;
    }
}
