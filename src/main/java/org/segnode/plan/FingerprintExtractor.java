package org.segnode.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.segnode.volume.LabelMap;
import org.segnode.volume.NonZeroCrop;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

/**
 * Measures a data set: shapes after cropping to the non-zero part, spacings, and statistics of intensities drawn from
 * the labelled voxels. Holds one case per thread; the draws lie in temporary files.
 */
public final class FingerprintExtractor {
    /** Intensities drawn in all, per channel. */
    public static final int DRAWS = 100_000_000;

    private static final long SEED = 1234;

    /** The case, its crop, and the drawn part of a channel. */
    private static final int COPIES = 3;

    private final List<LabelledCase> cases;
    private final int channels;
    private final int draws;

    /** @param channels that every case must have */
    public FingerprintExtractor(List<LabelledCase> cases, int channels) {
        this(cases, channels, DRAWS);
    }

    FingerprintExtractor(List<LabelledCase> cases, int channels, int draws) {
        this.cases = List.copyOf(cases);
        this.channels = channels;
        this.draws = draws;
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("a fingerprint needs at least one case");
        }
    }

    /**
     * What is kept of a case.
     *
     * @param shape after cropping
     * @param relativeSize voxels after cropping / before
     */
    private record Measured(Shape shape, Spacing spacing, double relativeSize) {}

    /**
     * @throws UnusableFileException naming the case, if one cannot be used, or if no case has a labelled voxel
     */
    public Fingerprint extract(CaseTasks tasks) throws IOException, InterruptedException {
        List<IntensitySamples> samples = new ArrayList<>();
        try {
            for (int channel = 0; channel < channels; channel++) {
                samples.add(new IntensitySamples(cases.size(), draws / cases.size()));
            }
            List<Measured> measured = measureAll(samples, tasks);
            List<IntensityProperties> intensities = new ArrayList<>();
            for (IntensitySamples channel : samples) {
                intensities.add(channel.properties()
                        .orElseThrow(() -> new UnusableFileException("no case has a labelled voxel")));
            }
            return new Fingerprint(
                    intensities,
                    Statistics.median(Statistics.column(measured, Measured::relativeSize)),
                    measured.stream()
                            .map(each -> List.of(each.shape.slices(), each.shape.rows(), each.shape.columns()))
                            .toList(),
                    measured.stream()
                            .map(each -> List.of(each.spacing.slice(), each.spacing.row(), each.spacing.column()))
                            .toList());
        } finally {
            for (IntensitySamples channel : samples) {
                channel.close();
            }
        }
    }

    private List<Measured> measureAll(List<IntensitySamples> samples, CaseTasks tasks)
            throws IOException, InterruptedException {
        List<CaseTasks.Task<Measured>> work = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            int index = i;
            work.add(new CaseTasks.Task<>(COPIES * cases.get(i).bytes(), () -> measure(index, samples)));
        }
        return tasks.run(work);
    }

    private Measured measure(int index, List<IntensitySamples> samples) throws IOException {
        LabelledCase each = cases.get(index);
        Volume image = each.image();
        LabelMap labels = each.labels();
        requireUsable(each.id(), image, labels);
        NonZeroCrop crop = NonZeroCrop.of(image.shape(), image.channels());
        short[] cropped = crop.box().cut(labels.labels(), image.shape());
        int count = foreground(cropped);
        if (count > 0) {
            RandomState random = new RandomState(SEED);
            for (int channel = 0; channel < channels; channel++) {
                float[] voxels = crop.box().cut(image.channels().get(channel), image.shape());
                samples.get(channel).draw(index, foreground(cropped, voxels, count), random);
            }
        }
        double relative = (double) crop.box().shape().voxels() / image.shape().voxels();
        return new Measured(crop.box().shape(), image.grid().spacing(), relative);
    }

    private void requireUsable(String id, Volume image, LabelMap labels) throws UnusableFileException {
        if (image.channels().size() != channels) {
            throw new UnusableFileException(id + ": must have " + channels + " channels, has "
                    + image.channels().size());
        }
        if (!image.shape().equals(labels.shape())) {
            throw new UnusableFileException(
                    id + ": the image has the shape " + image.shape() + ", its labels have " + labels.shape());
        }
        for (float[] channel : image.channels()) {
            for (float value : channel) {
                if (Float.isNaN(value)) {
                    throw new UnusableFileException(id + ": the image holds NaN");
                }
            }
        }
    }

    private static int foreground(short[] labels) {
        int count = 0;
        for (short label : labels) {
            count += label > 0 ? 1 : 0;
        }
        return count;
    }

    private static float[] foreground(short[] labels, float[] voxels, int count) {
        float[] values = new float[count];
        int next = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] > 0) {
                values[next++] = voxels[i];
            }
        }
        return values;
    }
}
