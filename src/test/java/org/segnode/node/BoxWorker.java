package org.segnode.node;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.DicomSeries;
import org.segnode.dicom.ResultForm;
import org.segnode.dicom.ResultObject;
import org.segnode.dicom.Results;
import org.segnode.dicom.SegmentationOrigin;
import org.segnode.dicom.SegmentedSeries;
import org.segnode.dicom.SeriesReader;
import org.segnode.inference.Progress;
import org.segnode.ledger.AddressedResult;
import org.segnode.ledger.Job;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.StoredResult;
import org.segnode.node.settings.Settings;
import org.segnode.node.worker.JobComputation;
import org.segnode.node.worker.Worker;
import org.segnode.pacs.Spool;
import org.segnode.plan.Code;
import org.segnode.plan.LabelMeaning;
import org.segnode.volume.LabelMap;
import org.segnode.volume.Shape;

/** Needs no model: its result is a box in the middle of the volume. */
record BoxWorker(Settings settings, Spool spool) implements JobComputation {
    private static final LabelMeaning BOX = new LabelMeaning(
            1,
            "Box",
            new Code("123037004", "SCT", "Anatomical Structure"),
            new Code("10200004", "SCT", "Liver"),
            Optional.empty(),
            "#dd8265");

    /** A {@link WorkerStart}. */
    static Worker start(Settings settings, Ledger ledger, Spool spool) {
        BoxWorker box = new BoxWorker(settings, spool);
        Worker worker =
                new Worker(ledger.jobs(), box, () -> {}, settings.worker().poll(), Clock.systemUTC());
        worker.start();
        return worker;
    }

    @Override
    public List<AddressedResult> compute(Job job, Progress progress) throws UnusableSeriesException {
        DicomSeries series = new SeriesReader().read(spool.files(job.seriesKey()));
        Path file = settings.data().results().resolve("job-" + job.id() + ".dcm");
        SegmentationOrigin origin = new SegmentationOrigin(job.model(), "1", "0".repeat(64), "box");
        SegmentedSeries found =
                new SegmentedSeries(series.onSource(box(series)), series.sourceValues(), List.of(BOX), origin);
        ResultObject result = Results.write(Set.of(ResultForm.SEG), found, (form, number, uid) -> file)
                .get(0);
        StoredResult stored =
                new StoredResult(file.getFileName().toString(), result.sopClassUid(), result.sopInstanceUid());
        return List.of(new AddressedResult(stored, job.order().destinations()));
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
}
