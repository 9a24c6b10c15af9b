package org.segnode.dicom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.GeometryFinding.Kind;
import org.segnode.dicom.GeometryVerdict.Decision;
import org.segnode.volume.Orientation;

/**
 * The slices of a series as a stack, with the verdict on them.
 *
 * @param stack present exactly if the series is not refused
 */
record JudgedStack(GeometryVerdict verdict, Optional<SliceStack> stack) {
    JudgedStack {
        if (stack.isPresent() == (verdict.decision() == Decision.REFUSED)) {
            throw new IllegalArgumentException("a series has a stack exactly if it is not refused");
        }
    }

    /** One verdict per stack where a series holds several, and they are not one volume together. */
    static List<JudgedStack> ofEach(SeriesHeaders headers, GeometryPolicy policy) {
        Map<String, List<Slice>> stacks = new LinkedHashMap<>();
        headers.slices()
                .forEach(slice -> stacks.computeIfAbsent(slice.stack(), id -> new ArrayList<>())
                        .add(slice));
        if (stacks.size() > 1) {
            JudgedStack together = of("", headers.slices(), headers.common(), GeometryPolicy.STRICT);
            if (together.stack().isEmpty()) {
                return stacks.entrySet().stream()
                        .map(one -> of(one.getKey(), one.getValue(), headers.common(), policy))
                        .toList();
            }
        }
        return List.of(of("", headers.slices(), headers.common(), policy));
    }

    /** The only stack of the series. */
    static JudgedStack of(SeriesHeaders headers, GeometryPolicy policy) {
        List<JudgedStack> stacks = ofEach(headers, policy);
        return stacks.size() == 1 ? stacks.get(0) : new JudgedStack(several(stacks), Optional.empty());
    }

    /** Refused before anything could be measured. */
    static GeometryVerdict unusable(UnusableSeriesException reason) {
        Findings findings = new Findings();
        findings.refused(Kind.UNUSABLE, words(reason), 0, List.of());
        return new GeometryVerdict("", Optional.empty(), findings.all());
    }

    /** @throws UnusableSeriesException if the verdict is a refusal, with its reason */
    SliceStack required() throws UnusableSeriesException {
        return stack.orElseThrow(() -> new UnusableSeriesException(verdict.reason()));
    }

    private static JudgedStack of(String id, List<Slice> unsorted, Attributes common, GeometryPolicy policy) {
        Findings findings = new Findings();
        Optional<StackGeometry> geometry = Optional.empty();
        Optional<SliceStack> stack = Optional.empty();
        try {
            List<Slice> slices = new SliceSelection(policy, findings).of(unsorted);
            if (!findings.refused()) {
                StackMeasures measures = StackMeasures.of(slices);
                geometry = Optional.of(geometry(measures, SliceStack.even(measures), common));
                StackFindings found = StackFindings.of(measures, policy, findings);
                HeaderFindings.add(slices, common, findings);
                stack = findings.refused() ? stack : Optional.of(stack(measures, found));
            }
        } catch (UnusableSeriesException e) {
            findings.refused(Kind.UNUSABLE, words(e), 0, List.of());
        }
        return new JudgedStack(new GeometryVerdict(id, geometry, findings.all()), stack);
    }

    private static SliceStack stack(StackMeasures measures, StackFindings found) throws UnusableSeriesException {
        return found.isStraightAndEven()
                ? SliceStack.even(measures)
                : SliceStack.resampled(measures, found.regularSlices());
    }

    private static GeometryVerdict several(List<JudgedStack> stacks) {
        Findings findings = new Findings();
        List<String> each = stacks.stream()
                .map(JudgedStack::verdict)
                .map(one -> "stack " + one.stack() + " (" + one.decision() + ")")
                .toList();
        findings.refused(
                Kind.STACKS,
                "the series holds " + stacks.size() + " stacks that are not one volume: " + Words.some(each),
                stacks.size(),
                List.of());
        return new GeometryVerdict("", Optional.empty(), findings.all());
    }

    private static StackGeometry geometry(StackMeasures measures, SliceStack even, Attributes common) {
        Slice first = measures.slices().get(0);
        return new StackGeometry(
                AnatomicalPlane.of(measures.normal()),
                rounded(Math.toDegrees(AnatomicalPlane.angle(measures.normal()))),
                Orientation.of(even.grid()).letters(),
                measures.slices().size(),
                first.layout().rows(),
                first.layout().columns(),
                rounded(measures.usual()),
                rounded(measures.least()),
                rounded(measures.most()),
                rounded(first.rowSpacing()),
                rounded(first.columnSpacing()),
                rounded(Math.toDegrees(measures.tilt())),
                common.getString(Tag.FrameOfReferenceUID, "").trim());
    }

    /** To a millionth: what lies beyond is rounding. */
    private static double rounded(double value) {
        return Math.rint(value * 1e6) / 1e6;
    }

    private static String words(UnusableSeriesException e) {
        return Objects.requireNonNullElse(e.getMessage(), "no reason given");
    }
}
