package org.segnode.cli.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.segnode.cli.terminal.Reason;
import org.segnode.ledger.Ledger;
import org.segnode.ledger.LedgerConfiguration;
import org.segnode.node.settings.ArchiveSettings;
import org.segnode.node.settings.Destination;
import org.segnode.node.settings.Settings;
import org.segnode.pacs.RemoteAe;
import org.segnode.pacs.StorageScu;
import org.segnode.pacs.Tls;

/** Looks at all that a node with these settings needs, and changes nothing. Works beside a running node too. */
final class NodeCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Settings settings;
    private final Consumer<Finding> findings;

    /** @param findings told of each finding as soon as it is there */
    NodeCheck(Settings settings, Consumer<Finding> findings) {
        this.settings = settings;
        this.findings = findings;
    }

    void run() {
        boolean running = isRunning();
        folder("data folder", settings.data().folder());
        space();
        tls();
        if (running) {
            findings.accept(Finding.ok(
                    "node",
                    "is running, it holds the database and port "
                            + settings.node().port()));
        } else {
            port();
            database();
        }
        new ModelCheck(settings, findings).run();
        settings.archives().forEach(this::archive);
        settings.destinations().forEach(this::destination);
        if (settings.destinations().isEmpty()) {
            findings.accept(Finding.wrong("destinations", "none: results would go nowhere"));
        }
    }

    private boolean isRunning() {
        URI uri = URI.create(
                "http://" + settings.web().bind() + ":" + settings.web().port() + "/healthz");
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void folder(String subject, Path folder) {
        Path existing = folder.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            findings.accept(Finding.wrong(subject, existing + " is not a folder"));
        } else if (!Files.isWritable(existing)) {
            findings.accept(
                    Finding.wrong(subject, existing + " cannot be written by " + System.getProperty("user.name")));
        } else {
            String note = existing.equals(folder.toAbsolutePath()) ? "" : ", will be made";
            findings.accept(Finding.ok(subject, folder + note));
        }
    }

    private void space() {
        Path folder = settings.data().folder();
        long free = folder.toFile().getUsableSpace();
        if (!Files.exists(folder)) {
            return;
        }
        String words = "%.1f GB free, objects are refused below %.1f GB"
                .formatted(free / 1e9, settings.data().reserve() / 1e9);
        findings.accept(new Finding("disk", free > settings.data().reserve(), words));
    }

    private void port() {
        String where = settings.node().bind() + ":" + settings.node().port();
        try (ServerSocket socket = new ServerSocket(
                settings.node().port(), 1, InetAddress.getByName(settings.node().bind()))) {
            findings.accept(Finding.ok("port", where + " is free, tried as " + socket.getLocalPort()));
        } catch (IOException e) {
            findings.accept(Finding.wrong("port", where + " cannot be had: " + Reason.of(e)));
        }
    }

    private void tls() {
        try {
            settings.tls().configuration().map(Tls::new).ifPresent(tls -> {
                String demands = tls.configuration().clientCertificates() ? ", peers need a certificate" : "";
                findings.accept(Finding.ok("tls", tls.configuration().keys() + demands));
            });
        } catch (IllegalArgumentException e) {
            findings.accept(Finding.wrong("tls", e));
        }
    }

    private void database() {
        Path folder = settings.data().folder();
        if (!Files.exists(folder.resolve("ledger.mv.db"))) {
            findings.accept(Finding.ok("database", "will be made in " + folder));
            return;
        }
        try (Ledger ledger = Ledger.open(LedgerConfiguration.embedded(folder))) {
            findings.accept(new Finding(
                    "database", ledger.isAlive(), folder.resolve("ledger.mv.db").toString()));
        } catch (RuntimeException e) {
            findings.accept(Finding.wrong("database", e));
        }
    }

    private void destination(Destination destination) {
        answers(
                "destination " + destination.name(),
                destination.ae(),
                destination.terms().tls());
    }

    /** An archive that is asked by DICOMweb only has no C-ECHO. */
    private void archive(ArchiveSettings archive) {
        archive.ae().ifPresent(ae -> answers("archive " + archive.name(), ae, archive.tls()));
    }

    private void answers(String subject, RemoteAe ae, boolean encrypted) {
        try {
            RemoteAe peer =
                    encrypted ? ae.over(new Tls(settings.tls().configuration().orElseThrow())) : ae;
            long start = System.nanoTime();
            new StorageScu(settings.node().aet()).echo(peer);
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            findings.accept(Finding.ok(subject, peer + " answers C-ECHO, " + milliseconds + " ms"));
        } catch (Exception e) {
            findings.accept(Finding.wrong(subject, e));
        }
    }
}
