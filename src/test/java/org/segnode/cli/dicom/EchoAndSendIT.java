package org.segnode.cli.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.segnode.cli.Segnode;
import org.segnode.pacs.ReceivedInstance;
import org.segnode.pacs.ReceptionListener;
import org.segnode.pacs.ScpConfiguration;
import org.segnode.pacs.Spool;
import org.segnode.pacs.StorageScp;

class EchoAndSendIT {
    @TempDir
    Path folder;

    private final Queue<ReceivedInstance> received = new ConcurrentLinkedQueue<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private StorageScp scp;

    @BeforeEach
    void startAPeer() {
        scp = new StorageScp(ScpConfiguration.of("PEER", "127.0.0.1", 0), new Spool(folder), new ReceptionListener() {
            @Override
            public void received(ReceivedInstance instance) {
                received.add(instance);
            }

            @Override
            public void associationEnded(long association, boolean released) {}
        });
        scp.start();
    }

    @AfterEach
    void stopThePeer() {
        scp.close();
    }

    private int run(String... arguments) {
        return Segnode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String peer(String aet) {
        return aet + "@127.0.0.1:" + scp.port();
    }

    @Test
    void echoSaysThatThePeerAnswers() {
        assertThat(run("echo", peer("PEER"))).isZero();
        assertThat(out.toString()).matches("(?s)PEER@127.0.0.1:\\d+ answers, \\d+ ms\\R");
    }

    @Test
    void echoToAPeerOfAnotherTitleFailsWithTheReason() {
        assertThat(run("echo", peer("STRANGER"))).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("STRANGER@127.0.0.1:" + scp.port());
    }

    @Test
    void echoToNobodyFailsWithTheReason() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(run("echo", "PEER@127.0.0.1:" + free)).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("PEER@127.0.0.1:" + free);
    }

    @Test
    void sendsAFolderWithAllThatLiesBelow() {
        assertThat(run("send", peer("PEER"), "dicom-samples/case-251/series")).isZero();
        assertThat(received).hasSize(28);
        assertThat(out.toString()).startsWith("28 objects sent to PEER@");
    }

    @Test
    void refusesToSendWhatIsNoDicomFile() {
        assertThat(run("send", peer("PEER"), "pom.xml")).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("pom.xml");
        assertThat(received).isEmpty();
    }
}
