package org.segnode.dicom;

/**
 * Where a result comes from: enough to tell it apart from every other, and the same for a repeat.
 *
 * @param modelId id of {@code model.json}
 * @param modelVersion version of {@code model.json}
 * @param modelDigest SHA-256 over the model's files, hexadecimal
 * @param settings what else decides the result, in words (folds, mirroring, step, crop)
 */
public record SegmentationOrigin(String modelId, String modelVersion, String modelDigest, String settings) {}
