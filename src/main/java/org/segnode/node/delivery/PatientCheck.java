package org.segnode.node.delivery;

import java.nio.file.Path;
import java.util.Optional;
import org.segnode.UnusableSeriesException;
import org.segnode.node.settings.Destination;
import org.segnode.pacs.RefusedByPeerException;

/** Whether an object still belongs to the patient that its study has in the archive. */
@FunctionalInterface
public interface PatientCheck {
    /** Nobody is asked. */
    PatientCheck NONE = (destination, file) -> Optional.empty();

    /**
     * @param file of the object
     * @return what differs, for people and without patient data; empty if nothing does
     * @throws RefusedByPeerException if the archive does not answer the question
     * @throws org.segnode.TemporaryException if it cannot be asked now, or does not know the study (yet)
     * @throws UnusableSeriesException if the file cannot be read
     */
    Optional<String> objection(Destination destination, Path file)
            throws RefusedByPeerException, UnusableSeriesException;
}
