package org.segnode.plan;

import java.util.Optional;

/**
 * What a label of a label map stands for in medicine: what a DICOM segment says of itself.
 *
 * @param label the value in the label map, from 1
 * @param name shown to people, 1 to 64 characters
 * @param category Segmented Property Category, for example SCT 123037004 "Anatomical Structure"
 * @param type Segmented Property Type, for example SCT 279210004 "Head of hippocampus"
 * @param side type modifier: laterality
 * @param colour red, green, blue as {@code #rrggbb}
 */
public record LabelMeaning(int label, String name, Code category, Code type, Optional<Code> side, String colour) {
    public LabelMeaning {
        if (label < 1 || label > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a label with a meaning is between 1 and 32767, is " + label);
        }
        if (name.isBlank() || name.length() > 64) {
            throw new IllegalArgumentException("a label's name has 1 to 64 characters, is \"" + name + "\"");
        }
        if (!colour.matches("#[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("a colour is written #rrggbb, is \"" + colour + "\"");
        }
    }

    /** Red, green and blue, each in 0..255. */
    public int[] rgb() {
        int value = Integer.parseInt(colour.substring(1), 16);
        return new int[] {value >> 16, value >> 8 & 0xff, value & 0xff};
    }
}
