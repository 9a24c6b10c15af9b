package org.segnode.ledger;

/**
 * The model sees only the surroundings of what another model found.
 *
 * @param model id of the model whose mask decides
 * @param margin mm added on every side of the mask's box, 0 or more
 */
public record Crop(String model, double margin) {
    public Crop {
        if (model.isBlank()) {
            throw new IllegalArgumentException("a crop names the model it comes from");
        }
        if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a crop's margin is 0 mm or more, is " + margin);
        }
    }
}
