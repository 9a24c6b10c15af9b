package org.segnode.dicom;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as Decimal String (DS): at most 16 characters (PS3.5 6.2). */
final class DecimalString {
    private static final int LONGEST = 16;

    private DecimalString() {}

    /** The shortest text that gives the same number, or the nearest that fits: at least 9 significant digits are kept. */
    static String of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a decimal string is a finite number, is " + value);
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        for (int digits = 17; digits > 8; digits--) {
            BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
            String plain = rounded.signum() == 0 ? "0" : rounded.toPlainString();
            String text = plain.length() <= LONGEST ? plain : scientific(rounded);
            if (text.length() <= LONGEST) {
                return text;
            }
        }
        throw new IllegalArgumentException("a decimal string has no room for " + value);
    }

    /** Always with an exponent: {@link BigDecimal#toString} writes small numbers with zeros in front. */
    private static String scientific(BigDecimal value) {
        String digits = value.unscaledValue().abs().toString();
        int exponent = digits.length() - value.scale() - 1;
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (value.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "E" + exponent;
    }

    static String[] of(double... values) {
        String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = of(values[i]);
        }
        return texts;
    }
}
