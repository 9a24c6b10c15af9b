package org.segnode.node;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.segnode.dicom.SeriesFacts;

/** A CT series of 100 axial slices of 5 mm, ORIGINAL, kernel B30f; each method changes one thing. */
record Facts(SeriesFacts facts, String callingAet, String calledAet) {
    static Facts of(String seriesUid) {
        return new Facts(
                new SeriesFacts(
                        "1.2.3",
                        seriesUid,
                        "1.2.840.10008.5.1.4.1.1.2",
                        "CT",
                        "ABDOMEN",
                        "CT abdomen",
                        "portal venous",
                        "routine",
                        List.of("ORIGINAL", "PRIMARY", "AXIAL"),
                        "B30f",
                        OptionalDouble.of(5),
                        100,
                        Optional.of("AXIAL"),
                        false),
                "CT1",
                "SEGNODE");
    }

    ClosedSeries closed() {
        return new ClosedSeries("key-" + facts.seriesInstanceUid(), 1, facts, callingAet, calledAet);
    }

    Facts modality(String modality) {
        return changed(
                modality,
                facts.imageType(),
                facts.convolutionKernel(),
                facts.sliceThickness(),
                facts.numberOfSlices(),
                facts.ownResult());
    }

    Facts imageType(String... values) {
        return changed(
                facts.modality(),
                List.of(values),
                facts.convolutionKernel(),
                facts.sliceThickness(),
                facts.numberOfSlices(),
                facts.ownResult());
    }

    Facts kernel(String kernel) {
        return changed(
                facts.modality(),
                facts.imageType(),
                kernel,
                facts.sliceThickness(),
                facts.numberOfSlices(),
                facts.ownResult());
    }

    Facts thickness(double mm) {
        return changed(
                facts.modality(),
                facts.imageType(),
                facts.convolutionKernel(),
                OptionalDouble.of(mm),
                facts.numberOfSlices(),
                facts.ownResult());
    }

    Facts withoutThickness() {
        return changed(
                facts.modality(),
                facts.imageType(),
                facts.convolutionKernel(),
                OptionalDouble.empty(),
                facts.numberOfSlices(),
                facts.ownResult());
    }

    Facts slices(int slices) {
        return changed(
                facts.modality(),
                facts.imageType(),
                facts.convolutionKernel(),
                facts.sliceThickness(),
                slices,
                facts.ownResult());
    }

    Facts ownResult() {
        return changed(
                facts.modality(),
                facts.imageType(),
                facts.convolutionKernel(),
                facts.sliceThickness(),
                facts.numberOfSlices(),
                true);
    }

    private Facts changed(
            String modality,
            List<String> imageType,
            String kernel,
            OptionalDouble thickness,
            int slices,
            boolean ownResult) {
        return new Facts(
                new SeriesFacts(
                        facts.studyInstanceUid(),
                        facts.seriesInstanceUid(),
                        facts.sopClassUid(),
                        modality,
                        facts.bodyPart(),
                        facts.studyDescription(),
                        facts.seriesDescription(),
                        facts.protocolName(),
                        imageType,
                        kernel,
                        thickness,
                        slices,
                        facts.orientation(),
                        ownResult),
                callingAet,
                calledAet);
    }
}
