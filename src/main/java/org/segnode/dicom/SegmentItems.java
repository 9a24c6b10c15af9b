package org.segnode.dicom;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.segnode.plan.LabelMeaning;

/** What a segment says of itself (PS3.3 C.8.20.2). */
final class SegmentItems {
    /** What a segment says of itself of which no voxel was found. */
    static final String ABSENT = "not found: no voxel of the series carries this label";

    private SegmentItems() {}

    /**
     * @param number of the segment, from 1
     * @param voxels how many it has; a segment without any says so
     */
    static Attributes item(int number, LabelMeaning meaning, long voxels, SegmentationOrigin origin, DerivedUids uids) {
        Attributes item = new Attributes();
        item.setInt(Tag.SegmentNumber, VR.US, number);
        item.setString(Tag.SegmentLabel, VR.LO, meaning.name());
        if (voxels == 0) {
            item.setString(Tag.SegmentDescription, VR.ST, ABSENT);
        }
        item.setString(Tag.SegmentAlgorithmType, VR.CS, "AUTOMATIC");
        item.setString(Tag.SegmentAlgorithmName, VR.LO, Texts.fitting(origin.modelTitle(), 64));
        Items.put(item, Tag.SegmentedPropertyCategoryCodeSequence, Items.code(meaning.category()));
        Attributes type = Items.code(meaning.type());
        meaning.side()
                .ifPresent(side -> Items.put(type, Tag.SegmentedPropertyTypeModifierCodeSequence, Items.code(side)));
        Items.put(item, Tag.SegmentedPropertyTypeCodeSequence, type);
        Items.put(item, Tag.SegmentationAlgorithmIdentificationSequence, algorithm(origin));
        item.setInt(Tag.RecommendedDisplayCIELabValue, VR.US, CieLab.of(meaning.rgb()));
        item.setString(Tag.TrackingID, VR.UT, trackingId(meaning, origin));
        item.setString(Tag.TrackingUID, VR.UI, trackingUid(meaning, uids));
        return item;
    }

    static String trackingId(LabelMeaning meaning, SegmentationOrigin origin) {
        return origin.modelId() + " label " + meaning.label();
    }

    /** The same in every form of a result. */
    static String trackingUid(LabelMeaning meaning, DerivedUids uids) {
        return uids.uid("tracking of label " + meaning.label());
    }

    private static Attributes algorithm(SegmentationOrigin origin) {
        Attributes item = new Attributes();
        Items.put(item, Tag.AlgorithmFamilyCodeSequence, Items.code("123110", "DCM", "Artificial Intelligence"));
        item.setString(Tag.AlgorithmName, VR.LO, Texts.fitting(origin.modelId(), 64));
        item.setString(Tag.AlgorithmVersion, VR.LO, Texts.fitting(origin.modelVersion(), 64));
        item.setString(Tag.AlgorithmParameters, VR.LT, Texts.fitting(parameters(origin), 10240));
        return item;
    }

    /** What decides the result besides name and version of the model. */
    static String parameters(SegmentationOrigin origin) {
        return "model SHA-256 " + origin.modelDigest() + "; " + origin.settings();
    }
}
