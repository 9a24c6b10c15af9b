package org.segnode.pacs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
final class RecordedReception implements ReceptionListener {
    final List<ReceivedInstance> received = new CopyOnWriteArrayList<>();
    final List<Long> ended = new CopyOnWriteArrayList<>();
    final List<Contradiction> contradictions = new CopyOnWriteArrayList<>();
    final List<String> refusals = new CopyOnWriteArrayList<>();

    @Override
    public void received(ReceivedInstance instance) {
        received.add(instance);
    }

    @Override
    public void associationEnded(long association, boolean released) {
        ended.add(association);
    }

    @Override
    public void contradicted(Contradiction contradiction) {
        contradictions.add(contradiction);
    }

    @Override
    public void refused(String callingAet, String reason) {
        refusals.add(callingAet + ": " + reason);
    }
}
