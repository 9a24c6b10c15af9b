package org.segnode.dicom;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What rules look at, read from one object of a series and the number of its objects. No patient data.
 *
 * @param numberOfSlices objects in the series (frames for a multi-frame object)
 * @param sliceThickness mm, of Slice Thickness (0018,0050)
 * @param orientation AXIAL, CORONAL, SAGITTAL or OBLIQUE, empty where there is no Image Orientation (Patient)
 * @param ownResult whether the object was made by this program (loop guard)
 */
public record SeriesFacts(
        String studyInstanceUid,
        String seriesInstanceUid,
        String sopClassUid,
        String modality,
        String bodyPart,
        String studyDescription,
        String seriesDescription,
        String protocolName,
        List<String> imageType,
        String convolutionKernel,
        OptionalDouble sliceThickness,
        int numberOfSlices,
        Optional<String> orientation,
        boolean ownResult) {
    public SeriesFacts {
        imageType = List.copyOf(imageType);
    }
}
