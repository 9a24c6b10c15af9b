package org.segnode.node;

import org.segnode.ledger.Ledger;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.Spool;

/** Makes what takes jobs from the queue and computes them, and starts it. */
@FunctionalInterface
public interface WorkerStart {
    /** @return stops the worker; what it was computing is ready for the next start */
    AutoCloseable start(Settings settings, Ledger ledger, Spool spool);
}
