package org.segnode.node;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.segnode.TemporaryException;
import org.segnode.dicom.ResultForm;
import org.segnode.node.settings.Destination;
import org.segnode.node.settings.ResultProfile;
import org.segnode.node.worker.WantedForms;
import org.segnode.pacs.RefusedByPeerException;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the settings say of results, and for many segments what the destination says of label maps. */
final class ResultProfiles implements WantedForms.Profiles {
    private static final Logger LOG = LoggerFactory.getLogger(ResultProfiles.class);

    private final Map<String, Destination> destinations;
    private final StorageScu scu;

    ResultProfiles(List<Destination> destinations, StorageScu scu) {
        this.destinations = destinations.stream().collect(Collectors.toMap(Destination::name, Function.identity()));
        this.scu = scu;
    }

    @Override
    public Set<ResultForm> forms(String name, int segments) {
        Destination destination = destinations.get(name);
        if (destination == null) {
            return ResultProfile.DEFAULT.forms();
        }
        ResultProfile profile = destination.results();
        boolean asks = profile.labelMapFrom() > 0 && segments >= profile.labelMapFrom();
        return profile.forms(segments, asks && takesLabelMap(destination.ae()));
    }

    /** A destination that cannot be asked gets what every PACS takes. */
    private boolean takesLabelMap(RemoteAe peer) {
        try {
            return scu.takes(peer, ResultForm.LABELMAP.sopClassUid());
        } catch (RefusedByPeerException | TemporaryException e) {
            LOG.info("{} cannot be asked whether it takes label maps: {}", peer, e.getMessage());
            return false;
        }
    }
}
