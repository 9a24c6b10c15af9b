package org.segnode.node.worker;

import java.io.IOException;
import java.util.List;
import org.segnode.UnusableSeriesException;
import org.segnode.inference.Progress;
import org.segnode.ledger.AddressedResult;
import org.segnode.ledger.Job;

/** What a job asks for. A repeat gives the same result. */
@FunctionalInterface
public interface JobComputation {
    /**
     * @return the objects of the result, at least one, written and synced
     * @throws UnusableSeriesException if the data cannot be used: trying again is of no use
     * @throws org.segnode.plan.UnusableFileException if the model cannot be used: a person has to look
     * @throws IOException if a file cannot be read or written now
     * @throws org.segnode.TemporaryException if the surroundings failed
     */
    List<AddressedResult> compute(Job job, Progress progress) throws UnusableSeriesException, IOException;
}
