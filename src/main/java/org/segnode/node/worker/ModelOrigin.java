package org.segnode.node.worker;

import org.segnode.dicom.SegmentationOrigin;
import org.segnode.model.ModelPackage;

/** What results say of the model they come from. */
public final class ModelOrigin {
    private ModelOrigin() {}

    /** @param settings what else decides the result, in words */
    public static SegmentationOrigin of(ModelPackage model, String settings) {
        return new SegmentationOrigin(
                model.description().title(),
                model.description().id(),
                model.description().version(),
                model.digest(),
                settings,
                model.description().intendedUse());
    }
}
