package org.segnode.node;

import java.time.Clock;
import org.segnode.inference.PredictionOptions;
import org.segnode.ledger.Ledger;
import org.segnode.model.ModelPackages;
import org.segnode.node.settings.Settings;
import org.segnode.node.settings.WorkerSettings;
import org.segnode.node.worker.ChildLimits;
import org.segnode.node.worker.ResidentModels;
import org.segnode.node.worker.SeriesComputation;
import org.segnode.node.worker.SpooledSeries;
import org.segnode.node.worker.Worker;
import org.segnode.pacs.Spool;
import org.segnode.pacs.StorageScu;
import org.segnode.pacs.Tls;

/** Makes and starts what takes jobs from the queue and computes them. */
@FunctionalInterface
interface WorkerStart {
    /** Models in child processes. */
    WorkerStart WITH_MODELS = WorkerStart::withModels;

    Worker start(Settings settings, Ledger ledger, Spool spool);

    private static Worker withModels(Settings settings, Ledger ledger, Spool spool) {
        WorkerSettings set = settings.worker();
        ChildLimits limits = ChildLimits.of(set.threads(), set.memory(), set.startTimeout(), set.jobTimeout());
        ResidentModels resident =
                new ResidentModels(set.loadedModels(), limits, settings.data().work());
        PredictionOptions options =
                PredictionOptions.DEFAULT.withMirroring(set.mirroring()).withDevice(set.device());
        SeriesComputation computation = new SeriesComputation(
                new SpooledSeries(spool, settings::geometry, settings::resample),
                settings.data().results(),
                new ModelPackages(settings.data().models()),
                resident,
                options,
                new ResultProfiles(
                        settings.destinations(settings.tls().configuration().map(Tls::new)),
                        new StorageScu(settings.node().aet())));
        Worker worker = new Worker(ledger.jobs(), computation, resident::close, set.poll(), Clock.systemUTC());
        worker.start();
        return worker;
    }
}
