package org.segnode.dicom;

import java.util.Optional;

/**
 * Where a result comes from: enough to tell it apart from every other, and the same for a repeat.
 *
 * @param modelTitle the model as people call it; shown in the viewer
 * @param modelId id of {@code model.json}
 * @param modelVersion version of {@code model.json}
 * @param modelDigest SHA-256 over the model's files, hexadecimal
 * @param settings what else decides the result, in words (folds, mirroring, step, crop)
 * @param intendedUse what the model may be used for, for people; it decides nothing
 */
public record SegmentationOrigin(
        String modelTitle,
        String modelId,
        String modelVersion,
        String modelDigest,
        String settings,
        Optional<String> intendedUse) {
    public SegmentationOrigin {
        requireText("title", modelTitle);
        requireText("id", modelId);
        requireText("version", modelVersion);
        requireText("digest", modelDigest);
    }

    /** A model that does not say what it is for. */
    public SegmentationOrigin(
            String modelTitle, String modelId, String modelVersion, String modelDigest, String settings) {
        this(modelTitle, modelId, modelVersion, modelDigest, settings, Optional.empty());
    }

    /** A model without a title is shown by its id. */
    public SegmentationOrigin(String modelId, String modelVersion, String modelDigest, String settings) {
        this(modelId, modelId, modelVersion, modelDigest, settings);
    }

    /** The same with what was repaired of the series among the settings: it decides the result too. */
    public SegmentationOrigin on(GeometryVerdict verdict) {
        String repair = verdict.reason();
        return repair.isEmpty()
                ? this
                : new SegmentationOrigin(
                        modelTitle,
                        modelId,
                        modelVersion,
                        modelDigest,
                        settings + ", geometry: " + repair,
                        intendedUse);
    }

    private static void requireText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a result's origin needs the " + what + " of the model");
        }
    }
}
