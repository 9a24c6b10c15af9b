package org.segnode.preprocess;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.segnode.UnusableSeriesException;
import org.segnode.plan.Configuration;
import org.segnode.plan.Labels;
import org.segnode.plan.Normalization;
import org.segnode.plan.Plans;
import org.segnode.volume.LabelMap;
import org.segnode.volume.NonZeroCrop;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;
import org.segnode.volume.Volume;

/**
 * Prepares volumes for the network as nnU-Net's {@code DefaultPreprocessor} does: permutes axes, crops to the non-zero
 * part, normalises, resamples. {@link Restoration} is the way back.
 */
public final class Preprocessor {
    private final Plans plans;
    private final Configuration configuration;
    private final Labels labels;
    private final AxisPermutation axes;

    public Preprocessor(Plans plans, Configuration configuration, Labels labels) {
        this.plans = plans;
        this.configuration = configuration;
        this.labels = labels;
        this.axes = new AxisPermutation(plans.transposeForward());
    }

    /**
     * @param volume axes as in the file
     * @throws UnusableSeriesException if the channels are not those of the plans, or values are not finite
     */
    public PreparedCase prepare(Volume volume) throws UnusableSeriesException {
        Cropped cropped = crop(volume);
        return prepared(cropped, channels(cropped, cropped.crop().inside()));
    }

    /**
     * For the second stage of a cascade: the first stage's labels follow the image's channels, one channel of zeros and
     * ones per foreground label.
     *
     * @param previousStage on the grid of the volume
     */
    public PreparedCase prepare(Volume volume, LabelMap previousStage) throws UnusableSeriesException {
        Cropped cropped = crop(volume);
        List<float[]> channels =
                new ArrayList<>(channels(cropped, cropped.crop().inside()));
        short[] resampled = resampling(cropped, true).labels(cutLabels(cropped, volume, previousStage));
        for (int label : labels.foreground()) {
            channels.add(oneHot(resampled, label));
        }
        return prepared(cropped, channels);
    }

    /** With labels and the places of each class. */
    public TrainingCase prepareForTraining(Volume volume, LabelMap labelMap) throws UnusableSeriesException {
        Cropped cropped = crop(volume);
        short[] cut = cutLabels(cropped, volume, labelMap);
        BitSet known = new BitSet(cut.length);
        for (int i = 0; i < cut.length; i++) {
            known.set(i, cut[i] >= 0);
        }
        PreparedCase image = prepared(cropped, channels(cropped, known));
        short[] resampled = resampling(cropped, true).labels(cut);
        return new TrainingCase(image, resampled, ClassLocations.of(resampled, labels));
    }

    /** A case before normalisation and resampling. */
    private record Cropped(CaseGeometry geometry, NonZeroCrop crop, List<float[]> channels) {}

    private Cropped crop(Volume volume) throws UnusableSeriesException {
        requireUsable(volume);
        Shape shape = axes.apply(volume.shape());
        List<float[]> permuted = new ArrayList<>();
        for (float[] channel : volume.channels()) {
            permuted.add(axes.apply(channel, volume.shape()));
        }
        NonZeroCrop crop = NonZeroCrop.of(shape, permuted);
        permuted.replaceAll(channel -> crop.box().cut(channel, shape));
        CaseGeometry geometry = new CaseGeometry(volume.grid(), volume.grid().spacing(), axes, crop.box());
        return new Cropped(geometry, crop, permuted);
    }

    private List<float[]> channels(Cropped cropped, BitSet inside) throws UnusableSeriesException {
        Resampling resampling = resampling(cropped, false);
        List<float[]> result = new ArrayList<>();
        for (int channel = 0; channel < cropped.channels().size(); channel++) {
            Normalizer normalizer = new Normalizer(
                    configuration.normalizations().get(channel),
                    configuration.useMaskForNorm().get(channel),
                    plans.intensities(channel));
            result.add(resampling.image(normalizer.apply(cropped.channels().get(channel), inside)));
        }
        return result;
    }

    private short[] cutLabels(Cropped cropped, Volume volume, LabelMap labelMap) throws UnusableSeriesException {
        if (!labelMap.shape().equals(volume.shape())) {
            throw new UnusableSeriesException(
                    "the labels have the shape " + labelMap.shape() + ", but the image has " + volume.shape());
        }
        short[] permuted = axes.apply(labelMap.labels(), labelMap.shape());
        return cropped.crop().cutLabels(permuted, axes.apply(labelMap.shape()));
    }

    private PreparedCase prepared(Cropped cropped, List<float[]> channels) {
        return new PreparedCase(resampling(cropped, false).newShape(), channels, cropped.geometry());
    }

    private Resampling resampling(Cropped cropped, boolean ofLabels) {
        Spacing current = cropped.geometry().permutedSpacing();
        Spacing target = Spacings.ofConfiguration(configuration, current);
        Shape shape = cropped.geometry().shapeAfterCropping();
        return new Resampling(
                ofLabels ? configuration.resamplingSegmentation() : configuration.resamplingData(),
                shape,
                Resampling.newShape(shape, current, target),
                current,
                target);
    }

    private void requireUsable(Volume volume) throws UnusableSeriesException {
        List<Normalization> normalizations = configuration.normalizations();
        if (volume.channels().size() != normalizations.size()) {
            throw new UnusableSeriesException("the model takes " + normalizations.size() + " channels, the image has "
                    + volume.channels().size());
        }
        for (int channel = 0; channel < normalizations.size(); channel++) {
            int bad = 0;
            for (float value : volume.channels().get(channel)) {
                bad += Float.isFinite(value) ? 0 : 1;
            }
            if (bad > 0) {
                throw new UnusableSeriesException(
                        "channel " + channel + " of the image holds " + bad + " voxels that are not finite numbers");
            }
        }
    }

    private static float[] oneHot(short[] labels, int label) {
        float[] channel = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            channel[i] = labels[i] == label ? 1 : 0;
        }
        return channel;
    }
}
