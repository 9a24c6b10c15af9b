package org.segnode.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.ResultObject;
import org.segnode.dicom.SegmentationOrigin;
import org.segnode.dicom.SegmentationWriter;
import org.segnode.dicom.SeriesReader;
import org.segnode.ledger.Job;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.StoredResult;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.Spool;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/** A worker that needs no model: its result is a box in the middle of the volume. */
final class BoxWorker implements AutoCloseable, Runnable {
    private static final LabelMeaning BOX = new LabelMeaning(
            1,
            "Box",
            new Code("123037004", "SCT", "Anatomical Structure"),
            new Code("10200004", "SCT", "Liver"),
            Optional.empty(),
            "#dd8265");

    private final Settings settings;
    private final Ledger ledger;
    private final Spool spool;
    private final Thread thread = new Thread(this, "box-worker");

    private BoxWorker(Settings settings, Ledger ledger, Spool spool) {
        this.settings = settings;
        this.ledger = ledger;
        this.spool = spool;
    }

    /** A {@link WorkerStart}. */
    static AutoCloseable start(Settings settings, Ledger ledger, Spool spool) {
        BoxWorker worker = new BoxWorker(settings, ledger, spool);
        worker.thread.start();
        return worker;
    }

    @Override
    public void run() {
        while (!thread.isInterrupted()) {
            Optional<Job> job = ledger.jobs().claim("box-worker");
            job.ifPresent(this::compute);
            if (job.isEmpty()) {
                try {
                    Thread.sleep(50);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    private void compute(Job job) {
        try {
            DicomSeries series = new SeriesReader().read(spool.files(job.seriesKey()));
            Path file = settings.data().results().resolve("job-" + job.id() + ".dcm");
            SegmentationOrigin origin = new SegmentationOrigin(job.model(), "1", "0".repeat(64), "box");
            ResultObject result =
                    new SegmentationWriter().write(box(series), series.source(), List.of(BOX), origin, file);
            ledger.jobs()
                    .complete(
                            job,
                            new StoredResult(
                                    file.getFileName().toString(), result.sopClassUid(), result.sopInstanceUid()));
        } catch (UnusableSeriesException e) {
            ledger.jobs().refuse(job, String.valueOf(e.getMessage()));
        } catch (TemporaryException e) {
            ledger.jobs().retry(job, String.valueOf(e.getMessage()));
        }
    }

    private static LabelMap box(DicomSeries series) {
        Shape shape = series.volume().grid().shape();
        short[] labels = new short[Math.toIntExact(shape.voxels())];
        for (int slice = shape.slices() / 4; slice < shape.slices() / 2; slice++) {
            for (int row = shape.rows() / 4; row < shape.rows() / 2; row++) {
                for (int column = shape.columns() / 4; column < shape.columns() / 2; column++) {
                    labels[(slice * shape.rows() + row) * shape.columns() + column] = 1;
                }
            }
        }
        return new LabelMap(series.volume().grid(), labels);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
