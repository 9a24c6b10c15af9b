package org.segnode.node.delivery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.segnode.TemporaryException;
import org.segnode.UnusableSeriesException;
import org.segnode.dicom.StudyIdentity;
import org.segnode.node.settings.Destination;
import org.segnode.pacs.Match;
import org.segnode.pacs.Query;
import org.segnode.pacs.QueryScu;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.RemoteAe;

/**
 * Asks the destination's archive, right before an object is sent, whose the study is now (C-FIND by Study Instance UID).
 * Patients are merged and accession numbers corrected while results are computed; what was true at reception may file a
 * result under somebody else.
 */
public final class ArchivedPatients implements PatientCheck {
    private final QueryScu scu;
    private final Map<String, RemoteAe> archives;

    /** @param archives by name */
    public ArchivedPatients(QueryScu scu, Map<String, RemoteAe> archives) {
        this.scu = scu;
        this.archives = Map.copyOf(archives);
    }

    @Override
    public Optional<String> objection(Destination destination, Path file)
            throws RefusedByPeerException, UnusableSeriesException {
        Optional<String> name = destination.terms().patientArchive();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        RemoteAe archive = archives.get(name.get());
        if (archive == null) {
            throw new TemporaryException("archive " + name.get() + " is not in the settings");
        }
        StudyIdentity ours = StudyIdentity.read(file);
        return compare(ours, study(archive, ours), archive);
    }

    private Match study(RemoteAe archive, StudyIdentity ours) throws RefusedByPeerException {
        Query query = Query.studies()
                .with("StudyInstanceUID", ours.studyInstanceUid())
                .with("PatientID", "")
                .with("IssuerOfPatientID", "")
                .with("AccessionNumber", "");
        return scu.find(archive, query).found().stream()
                .filter(match -> match.uid().equals(ours.studyInstanceUid()))
                .findFirst()
                .orElseThrow(() -> new TemporaryException(archive + " does not know the study"));
    }

    /** An archive that says nothing of issuer or accession, or that has added an issuer, is not taken to have changed them. */
    private static Optional<String> compare(StudyIdentity ours, Match theirs, RemoteAe archive) {
        List<String> different = new ArrayList<>();
        if (!theirs.value("PatientID").equals(ours.patientId())) {
            different.add("Patient ID");
        }
        if (!ours.issuerOfPatientId().isEmpty()
                && differs(theirs.value("IssuerOfPatientID"), ours.issuerOfPatientId())) {
            different.add("Issuer of Patient ID");
        }
        if (differs(theirs.value("AccessionNumber"), ours.accessionNumber())) {
            different.add("Accession Number");
        }
        return different.isEmpty()
                ? Optional.empty()
                : Optional.of(archive + " has another " + String.join(" and ", different)
                        + " for the study: patient merged or corrected? Look, then send again");
    }

    private static boolean differs(String theirs, String ours) {
        return !theirs.isEmpty() && !theirs.equals(ours);
    }
}
