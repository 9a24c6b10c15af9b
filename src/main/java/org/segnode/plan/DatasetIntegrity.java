package org.segnode.plan;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.segnode.volume.Grid;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Position;
import org.segnode.volume.Volume;

/**
 * Looks through a data set for everything that would spoil a training, and lists all of it at once. As in nnU-Net another
 * place or direction of the labels, and labels that are all background, are warnings: they may be meant.
 */
public final class DatasetIntegrity {
    private static final double RELATIVE = 1e-5;
    private static final double ABSOLUTE = 1e-8;

    /** The case, and what is compared. */
    private static final int COPIES = 2;

    private final Dataset dataset;
    private final List<LabelledCase> cases;

    public DatasetIntegrity(Dataset dataset, List<LabelledCase> cases) {
        this.dataset = dataset;
        this.cases = List.copyOf(cases);
    }

    /**
     * Something that is not as it should be.
     *
     * @param isWarning whether a training may be meant nevertheless
     * @param text the case and what is wrong with it, in one line
     */
    public record Finding(boolean isWarning, String text) {
        @Override
        public String toString() {
            return isWarning ? "warning: " + text : text;
        }
    }

    /** Every finding, in case order; empty if there is none. */
    public List<Finding> findings(CaseTasks tasks) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        if (dataset.numTraining().orElse(-1) != cases.size()) {
            findings.add(new Finding(
                    false,
                    "dataset.json: numTraining must be the number of cases, " + cases.size() + ", is "
                            + (dataset.numTraining().isPresent()
                                    ? dataset.numTraining().getAsInt()
                                    : "missing")));
        }
        List<CaseTasks.Task<List<Finding>>> work = new ArrayList<>();
        for (LabelledCase each : cases) {
            work.add(new CaseTasks.Task<>(COPIES * each.bytes(), () -> new CaseCheck(dataset, each.id()).run(each)));
        }
        tasks.run(work).forEach(findings::addAll);
        return findings;
    }

    /** What is found in one case. */
    private record CaseCheck(Dataset dataset, String id, List<Finding> findings) {
        CaseCheck(Dataset dataset, String id) {
            this(dataset, id, new ArrayList<>());
        }

        List<Finding> run(LabelledCase given) {
            Optional<Grid> image = read(() -> checkImage(given.image()));
            Optional<Grid> labels = read(() -> checkLabels(given.labels()));
            if (image.isPresent() && labels.isPresent()) {
                checkTogether(image.get(), labels.get());
            }
            return findings;
        }

        private interface Reading {
            Grid read() throws IOException;
        }

        private Optional<Grid> read(Reading reading) {
            try {
                return Optional.of(reading.read());
            } catch (NoSuchFileException missing) {
                add("there is no file " + missing.getFile());
            } catch (IOException | IllegalArgumentException unreadable) {
                add(String.valueOf(unreadable.getMessage()));
            }
            return Optional.empty();
        }

        private void add(String text) {
            findings.add(new Finding(false, id + ": " + text));
        }

        private void warn(String text) {
            findings.add(new Finding(true, id + ": " + text));
        }

        private Grid checkImage(Volume image) {
            int wanted = dataset.channelNames().size();
            if (image.channels().size() != wanted) {
                add("must have " + wanted + " channels, has " + image.channels().size());
            }
            for (int channel = 0; channel < image.channels().size(); channel++) {
                int count = 0;
                for (float value : image.channels().get(channel)) {
                    count += Float.isNaN(value) ? 1 : 0;
                }
                if (count > 0) {
                    add("channel " + channel + " holds " + count + " voxels that are NaN");
                }
            }
            return image.grid();
        }

        private Grid checkLabels(LabelMap labels) {
            BitSet present = new BitSet();
            for (short label : labels.labels()) {
                present.set(label);
            }
            if (present.nextSetBit(1) < 0) {
                warn("the label file is all background: the mask is all black");
            }
            dataset.labels().all().forEach(present::clear);
            dataset.labels().ignore().ifPresent(present::clear);
            if (!present.isEmpty()) {
                add("the label file holds labels that dataset.json does not declare: " + present);
            }
            return labels.grid();
        }

        private void checkTogether(Grid image, Grid labels) {
            if (!image.shape().equals(labels.shape())) {
                add("the image has the shape " + image.shape() + ", its labels have " + labels.shape());
            }
            for (int axis = 0; axis < 3; axis++) {
                double expected = image.spacing().along(axis);
                double given = labels.spacing().along(axis);
                if (!isClose(expected, given)) {
                    add("the image has a spacing of " + expected + " mm along axis " + axis + ", its labels have "
                            + given + " mm");
                }
            }
            if (!isClose(image.origin(), labels.origin())) {
                warn("the image begins at " + image.origin() + ", its labels at " + labels.origin());
            }
            if (!isClose(direction(image.sliceStep()), direction(labels.sliceStep()))
                    || !isClose(direction(image.rowStep()), direction(labels.rowStep()))
                    || !isClose(direction(image.columnStep()), direction(labels.columnStep()))) {
                warn("the image and its labels have different directions: look at both in a viewer");
            }
        }
    }

    private static Position direction(Position step) {
        return step.times(1 / step.length());
    }

    private static boolean isClose(Position first, Position second) {
        return isClose(first.x(), second.x()) && isClose(first.y(), second.y()) && isClose(first.z(), second.z());
    }

    private static boolean isClose(double expected, double given) {
        return Math.abs(expected - given) <= ABSOLUTE + RELATIVE * Math.abs(given);
    }
}
