package org.segnode.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Volume;

/** Looks through a data set for everything that would spoil a training, and lists all of it at once. */
public final class DatasetIntegrity {
    private static final double RELATIVE = 1e-5;
    private static final double ABSOLUTE = 1e-8;

    private final Dataset dataset;
    private final List<LabelledCase> cases;

    public DatasetIntegrity(Dataset dataset, List<LabelledCase> cases) {
        this.dataset = dataset;
        this.cases = List.copyOf(cases);
    }

    /**
     * @param threads cases at a time
     * @return one line per finding, in case order; empty if there is none
     */
    public List<String> findings(int threads) throws IOException, InterruptedException {
        List<String> findings = new ArrayList<>();
        if (dataset.numTraining().orElse(-1) != cases.size()) {
            findings.add("dataset.json: numTraining must be the number of cases, " + cases.size() + ", is "
                    + (dataset.numTraining().isPresent() ? dataset.numTraining().getAsInt() : "missing"));
        }
        List<Callable<List<String>>> tasks = new ArrayList<>();
        cases.forEach(each -> tasks.add(() -> findings(each)));
        CaseTasks.run(threads, tasks).forEach(findings::addAll);
        return findings;
    }

    private List<String> findings(LabelledCase each) {
        List<String> findings = new ArrayList<>();
        try {
            Volume image = each.image();
            checkImage(image, findings);
            LabelMap labels = each.labels();
            checkLabels(labels, findings);
            checkTogether(image.grid(), labels.grid(), findings);
        } catch (IOException | IllegalArgumentException unreadable) {
            findings.add(String.valueOf(unreadable.getMessage()));
        }
        return findings.stream().map(finding -> each.id() + ": " + finding).toList();
    }

    private void checkImage(Volume image, List<String> findings) {
        int wanted = dataset.channelNames().size();
        if (image.channels().size() != wanted) {
            findings.add(
                    "must have " + wanted + " channels, has " + image.channels().size());
        }
        for (int channel = 0; channel < image.channels().size(); channel++) {
            int count = 0;
            for (float value : image.channels().get(channel)) {
                count += Float.isNaN(value) ? 1 : 0;
            }
            if (count > 0) {
                findings.add("channel " + channel + " holds " + count + " voxels that are NaN");
            }
        }
    }

    private void checkLabels(LabelMap labels, List<String> findings) {
        BitSet present = new BitSet();
        for (short label : labels.labels()) {
            present.set(label);
        }
        if (present.nextSetBit(1) < 0) {
            findings.add("the label file is all background: the mask is all black");
        }
        dataset.labels().all().forEach(present::clear);
        dataset.labels().ignore().ifPresent(present::clear);
        if (!present.isEmpty()) {
            findings.add("the label file holds labels that dataset.json does not declare: " + present);
        }
    }

    private static void checkTogether(Grid image, Grid labels, List<String> findings) {
        if (!image.shape().equals(labels.shape())) {
            findings.add("the image has the shape " + image.shape() + ", its labels have " + labels.shape());
        }
        for (int axis = 0; axis < 3; axis++) {
            double expected = image.spacing().along(axis);
            double given = labels.spacing().along(axis);
            if (!isClose(expected, given)) {
                findings.add("the image has a spacing of " + expected + " mm along axis " + axis + ", its labels have "
                        + given + " mm");
            }
        }
        if (!isClose(image.origin(), labels.origin())) {
            findings.add("the image begins at " + image.origin() + ", its labels at " + labels.origin());
        }
    }

    private static boolean isClose(Position first, Position second) {
        return isClose(first.x(), second.x()) && isClose(first.y(), second.y()) && isClose(first.z(), second.z());
    }

    private static boolean isClose(double expected, double given) {
        return Math.abs(expected - given) <= ABSOLUTE + RELATIVE * Math.abs(given);
    }
}
