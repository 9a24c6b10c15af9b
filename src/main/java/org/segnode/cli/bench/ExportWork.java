package org.segnode.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.segnode.plan.Labels;
import org.segnode.plan.Plans;
import org.segnode.preprocess.AxisPermutation;
import org.segnode.preprocess.CaseGeometry;
import org.segnode.preprocess.Logits;
import org.segnode.preprocess.Restoration;
import org.segnode.volume.Box;
import org.segnode.volume.Grid;
import org.segnode.volume.Halfs;
import org.segnode.volume.Shape;
import org.segnode.volume.Spacing;

/** A network's output with many classes that is to become a label map. */
final class ExportWork {
    private static final Shape FROM = new Shape(128, 256, 256);
    private static final Shape TO = new Shape(192, 320, 320);

    private final Logits logits;
    private final double logitsMb;
    private final Restoration restoration;
    private final CaseGeometry geometry;

    ExportWork(int classes) throws IOException {
        short[][] heads = new short[classes][FROM.voxels()];
        for (int head = 0; head < classes; head++) {
            for (int i = 0; i < heads[head].length; i++) { // waves that each class has at another place
                heads[head][i] = Halfs.ofFloat((i * 31 + head * 7919) % 2003 * 0.01f - 10);
            }
        }
        logits = Logits.ofHalfs(FROM, heads);
        logitsMb = 2e-6 * classes * FROM.voxels();
        Plans plans = plans();
        restoration = new Restoration(plans, plans.configuration("3d_fullres"), labels(classes));
        Spacing spacing = new Spacing(1, 1, 1);
        geometry = new CaseGeometry(
                Grid.axial(TO, spacing), spacing, new AxisPermutation(plans.transposeForward()), Box.whole(TO));
    }

    private static Plans plans() throws IOException {
        Path file = Files.createTempFile("usual", ".json");
        try (InputStream plans = ExportWork.class.getResourceAsStream("usual_plans.json")) {
            Files.write(file, Objects.requireNonNull(plans).readAllBytes());
            return Plans.read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static Labels labels(int classes) {
        return Labels.of(
                IntStream.range(1, classes).mapToObj(label -> "label " + label).toArray(String[]::new));
    }

    /** @return seconds, and megabytes of the process without the logits */
    double[] run() throws InterruptedException {
        System.gc();
        try (BenchMemory memory = BenchMemory.ofThisProcess()) {
            long start = System.nanoTime();
            restoration.labels(logits, geometry);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new double[] {seconds, memory.largestSumMb() - logitsMb};
        }
    }
}
