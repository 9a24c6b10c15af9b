package org.segnode.dicom;

import java.util.List;
import java.util.Map;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.dicom.GeometryFinding.Kind;
import org.segnode.volume.Position;

/**
 * Compares the slices' places with what the headers say of them in other words. Places are what counts; a disagreement is
 * only noted, for the person who looks at a result that seems to lie wrong.
 */
final class HeaderFindings {
    /** Six decimals would give 1e-6; four are usual. */
    private static final double SKEW = 1e-3;

    /** Where the floor is, by Patient Position (PS3.3 C.7.3.1.1.2): rows of an unrotated axial image are counted towards it. */
    private static final Map<String, Position> DOWN = Map.of(
            "S", new Position(0, 1, 0),
            "P", new Position(0, -1, 0),
            "DR", new Position(-1, 0, 0),
            "DL", new Position(1, 0, 0));

    private final List<Slice> slices;
    private final Attributes common;
    private final Findings findings;

    private HeaderFindings(List<Slice> slices, Attributes common, Findings findings) {
        this.slices = slices;
        this.common = common;
        this.findings = findings;
    }

    static void add(List<Slice> slices, Attributes common, Findings findings) {
        HeaderFindings headers = new HeaderFindings(slices, common, findings);
        headers.skew();
        headers.patientPosition();
        headers.laterality();
        if (common.getString(Tag.FrameOfReferenceUID, "").isBlank()) {
            findings.noted(
                    Kind.FRAME_OF_REFERENCE,
                    "the series has no Frame of Reference UID (0020,0052): the result gets one of its own",
                    0,
                    List.of());
        }
    }

    private void skew() {
        double most = slices.stream().mapToDouble(Slice::skew).max().orElse(0);
        List<String> skewed = slices.stream()
                .filter(slice -> slice.skew() > SKEW)
                .map(Slice::words)
                .toList();
        if (!skewed.isEmpty()) {
            findings.noted(
                    Kind.SKEW,
                    "Image Orientation (Patient) (0020,0037) is not of unit length or not perpendicular, by up to "
                            + Words.number(most) + ": " + Words.some(skewed),
                    most,
                    skewed);
        }
    }

    /** Only CT has a floor to compare with: MR chooses its planes freely. */
    private void patientPosition() {
        String position = text(Tag.PatientPosition);
        Slice first = slices.get(0);
        boolean axial = AnatomicalPlane.of(first.normal()) == AnatomicalPlane.AXIAL;
        if (!"CT".equals(text(Tag.Modality)) || !axial || !position.matches("(HF|FF)(S|P|DR|DL)")) {
            return;
        }
        Position down = DOWN.get(position.substring(2));
        if (down != null && first.alongColumn().dot(down) < Math.cos(Math.toRadians(45))) {
            findings.noted(
                    Kind.PATIENT_POSITION,
                    "Patient Position (0018,5100) is " + position
                            + ", but the rows of the images are not counted towards the floor: they were turned, or the"
                            + " Patient Position is wrong; Image Orientation is believed",
                    0,
                    List.of());
        }
    }

    private void laterality() {
        String side = text(Tag.Laterality).isEmpty() ? text(Tag.ImageLaterality) : text(Tag.Laterality);
        double sign = side.equals("L") ? 1 : -1;
        if (side.matches("[LR]") && slices.stream().allMatch(slice -> isBeyond(slice, -sign))) {
            findings.noted(
                    Kind.LATERALITY,
                    "Laterality (0020,0060) is " + side + ", but all slices lie on the other side of the origin of"
                            + " coordinates",
                    0,
                    List.of());
        }
    }

    /** @param sign 1 for the patient's left */
    private static boolean isBeyond(Slice slice, double sign) {
        Position down = slice.rowStep().times(slice.layout().rows() - 1.0);
        Position across = slice.columnStep().times(slice.layout().columns() - 1.0);
        Position corner = slice.position();
        return List.of(
                        corner,
                        corner.plus(down),
                        corner.plus(across),
                        corner.plus(down).plus(across))
                .stream()
                .allMatch(each -> sign * each.x() > 0);
    }

    private String text(int tag) {
        return common.getString(tag, "").trim();
    }
}
