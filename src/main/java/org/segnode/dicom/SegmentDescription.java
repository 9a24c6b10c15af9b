package org.segnode.dicom;

import java.util.Optional;
import org.segnode.plan.Code;

/**
 * What a segment of a segmentation, or a region of a structure set, says of itself. Only the number is certain: others write what they like.
 *
 * @param number Segment Number (0062,0004) or ROI Number (3006,0022)
 * @param label Segment Label (0062,0005) or ROI Name (3006,0026); may be empty
 * @param category Segmented Property Category
 * @param type Segmented Property Type, or the first RT ROI Identification Code
 * @param side type modifier
 * @param algorithm AUTOMATIC, SEMIAUTOMATIC, MANUAL, or whatever is written; may be empty
 * @param algorithmName Segment Algorithm Name (0062,0009); may be empty
 * @param trackingId Tracking ID (0062,0020); may be empty
 * @param trackingUid Tracking UID (0062,0021); may be empty
 */
public record SegmentDescription(
        int number,
        String label,
        Optional<Code> category,
        Optional<Code> type,
        Optional<Code> side,
        String algorithm,
        String algorithmName,
        String trackingId,
        String trackingUid) {
    public SegmentDescription {
        if (number < 0 || number > 0xffff) {
            throw new IllegalArgumentException("a segment's number is between 0 and 65535, is " + number);
        }
    }
}
