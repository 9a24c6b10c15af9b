package org.segnode.node.worker;

import java.io.IOException;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Progress;
import org.segnode.ledger.Job;
import org.segnode.ledger.StoredResult;

/** What a job asks for. A repeat gives the same result. */
@FunctionalInterface
public interface JobComputation {
    /**
     * @return the result, written and synced
     * @throws UnusableSeriesException if the data cannot be used: trying again is of no use
     * @throws org.segnode.plan.UnusableFileException if the model cannot be used: a person has to look
     * @throws IOException if a file cannot be read or written now
     * @throws org.segnode.TemporaryException if the surroundings failed
     */
    StoredResult compute(Job job, Progress progress) throws UnusableSeriesException, IOException;
}
