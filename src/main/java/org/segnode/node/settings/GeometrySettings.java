package org.segnode.node.settings;

import org.segnode.dicom.GeometryPolicy;

/** Reads what a rule repairs of a series that is no straight, even stack. */
final class GeometrySettings {
    private GeometrySettings() {}

    static GeometryPolicy read(Section in) {
        GeometryPolicy otherwise = GeometryPolicy.DEFAULT;
        Section gaps = in.section("gaps", false);
        GeometryPolicy read = new GeometryPolicy(
                repair(in, "tilt", "resample", otherwise.resampleTilt()),
                repair(in, "uneven", "resample", otherwise.resampleUneven()),
                gaps.number("fill-up-to", otherwise.missingFilled(), 0, 1000),
                repair(in, "strays", "remove", otherwise.removeStrays()),
                repair(in, "duplicates", "drop", otherwise.dropDuplicates()));
        gaps.finish();
        in.finish();
        return read;
    }

    private static boolean repair(Section in, String key, String word, boolean fallback) {
        return in.value(key, fallback, text -> {
            if (text.equals(word) || text.equals("refuse")) {
                return text.equals(word);
            }
            throw new IllegalArgumentException("must be " + word + " or refuse, is \"" + text + "\"");
        });
    }
}
