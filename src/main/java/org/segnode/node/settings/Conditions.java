package org.segnode.node.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a series must be for a rule. Patterns are found anywhere in the text, upper and lower case alike. An empty list, an
 * empty pattern and the range {@code ..} ask for nothing.
 *
 * @param modality one of these, for example CT
 * @param bodyPart of Body Part Examined (0018,0015)
 * @param studyDescription of Study Description (0008,1030)
 * @param seriesDescription of Series Description (0008,103E)
 * @param protocol of Protocol Name (0018,1030)
 * @param imageType values that must all be among those of Image Type (0008,0008)
 * @param kernel of Convolution Kernel (0018,1210)
 * @param sliceThickness mm, of Slice Thickness (0018,0050)
 * @param slices number of slices
 * @param orientation one of AXIAL, CORONAL, SAGITTAL, OBLIQUE
 * @param callingAet one of these senders
 * @param calledAet one of these AE titles of the node
 */
public record Conditions(
        List<String> modality,
        Optional<Pattern> bodyPart,
        Optional<Pattern> studyDescription,
        Optional<Pattern> seriesDescription,
        Optional<Pattern> protocol,
        List<String> imageType,
        Optional<Pattern> kernel,
        Range sliceThickness,
        Range slices,
        List<String> orientation,
        List<String> callingAet,
        List<String> calledAet) {
    private static final List<String> ORIENTATIONS = List.of("AXIAL", "CORONAL", "SAGITTAL", "OBLIQUE");

    public Conditions {
        modality = List.copyOf(modality);
        imageType = List.copyOf(imageType);
        orientation = List.copyOf(orientation);
        callingAet = List.copyOf(callingAet);
        calledAet = List.copyOf(calledAet);
    }

    /** The same for any number of slices. */
    public Conditions withAnySlices() {
        return new Conditions(
                modality,
                bodyPart,
                studyDescription,
                seriesDescription,
                protocol,
                imageType,
                kernel,
                sliceThickness,
                Range.ANY,
                orientation,
                callingAet,
                calledAet);
    }

    static Conditions read(Section in) {
        Conditions read = new Conditions(
                in.values("modality", List.of(), Conditions::upper),
                in.pattern("body-part"),
                in.pattern("study-description"),
                in.pattern("series-description"),
                in.pattern("protocol"),
                in.values("image-type", List.of(), Conditions::upper),
                in.pattern("kernel"),
                in.value("slice-thickness", Range.ANY, Range::ofLengths),
                in.value("slices", Range.ANY, Range::ofCounts),
                in.values("orientation", List.of(), Conditions::orientation),
                in.values("calling-aet", List.of(), Section::aeTitle),
                in.values("called-aet", List.of(), Section::aeTitle));
        in.finish();
        return read;
    }

    private static String orientation(String text) {
        String upper = upper(text);
        if (!ORIENTATIONS.contains(upper)) {
            throw new IllegalArgumentException("must be axial, coronal, sagittal or oblique, is \"" + text + "\"");
        }
        return upper;
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
