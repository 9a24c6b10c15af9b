package org.segnode.node.settings;

/**
 * The rule's models see only the surroundings of what another model found.
 *
 * @param from id of the model whose mask decides
 * @param margin mm added on every side of the mask's box
 */
public record Crop(String from, double margin) {
    public Crop {
        if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a crop's margin is 0 mm or more, is " + margin);
        }
    }

    static Crop read(Section in) {
        Crop read = new Crop(in.required("from"), in.value("margin", 20.0, Units::millimetres));
        in.finish();
        return read;
    }
}
