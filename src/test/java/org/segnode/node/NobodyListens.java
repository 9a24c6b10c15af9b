package org.segnode.node;

import org.segnode.pacs.ReceivedInstance;
import org.segnode.pacs.ReceptionListener;

/** Takes note of nothing. */
final class NobodyListens implements ReceptionListener {
    @Override
    public void received(ReceivedInstance instance) {}

    @Override
    public void associationEnded(long association, boolean released) {}
}
