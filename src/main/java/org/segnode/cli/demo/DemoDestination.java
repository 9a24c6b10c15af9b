package org.segnode.cli.demo;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.segnode.pacs.ReceivedInstance;
import org.segnode.pacs.ReceptionListener;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.ScpConfiguration;
import org.segnode.pacs.Spool;
import org.segnode.pacs.StorageScp;

/** A small PACS on a free port of this machine, which keeps what it is sent. */
public final class DemoDestination implements ReceptionListener, AutoCloseable {
    static final String AET = "RESULTS";

    private final StorageScp scp;
    private final Map<String, Path> byStudy = new ConcurrentHashMap<>();

    /** @param folder where it keeps the objects */
    public DemoDestination(Path folder) {
        scp = new StorageScp(ScpConfiguration.of(AET, "127.0.0.1", 0), new Spool(folder), this);
        scp.start();
    }

    public RemoteAe ae() {
        return new RemoteAe(AET, "127.0.0.1", scp.port());
    }

    @Override
    public void received(ReceivedInstance instance) {
        byStudy.put(instance.studyInstanceUid(), instance.file());
    }

    @Override
    public void associationEnded(long association, boolean released) {}

    /** The object that came last for a study. */
    Optional<Path> result(String studyInstanceUid) {
        return Optional.ofNullable(byStudy.get(studyInstanceUid));
    }

    @Override
    public void close() {
        scp.close();
    }
}
