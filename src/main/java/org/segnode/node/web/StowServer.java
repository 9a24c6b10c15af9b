package org.segnode.node.web;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.segnode.node.settings.StowSettings;
import org.segnode.pacs.FileReception;
import org.segnode.pacs.MultipartReader;
import org.segnode.pacs.StoredFile;
import org.segnode.pacs.Tls;
import org.segnode.pacs.TlsConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes DICOM files over HTTP: {@code POST /studies} and {@code POST /studies/UID} of STOW-RS (PS3.18 10.5), parts of type
 * {@code application/dicom}. What a part becomes is a matter of {@link FileReception}.
 */
public final class StowServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StowServer.class);
    private static final String DICOM = "application/dicom";
    private static final String BEARER = "Bearer ";
    private static final String RETRY_AFTER_SECONDS = "60";
    private static final int MOST_PARTS = 10_000;
    private static final int STALL_MS = 30_000;
    private static final int THREADS_BESIDE_REQUESTS = 6;

    private final StowSettings settings;
    private final FileReception reception;
    private final Semaphore room;
    private final Javalin javalin;

    /**
     * @param tls the node's keys, needed if the settings want encryption
     * @throws io.javalin.util.JavalinException if the port is taken
     */
    public StowServer(StowSettings settings, Optional<Tls> tls, FileReception reception) {
        this.settings = settings;
        this.reception = reception;
        this.room = new Semaphore(settings.requests());
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.threadPool = new QueuedThreadPool(settings.requests() + THREADS_BESIDE_REQUESTS, 2);
            config.jetty.addConnector((server, http) -> connector(server, http, tls));
            config.routes.post("/studies", context -> answer(context, Optional.empty()));
            config.routes.post("/studies/{study}", context -> answer(context, Optional.of(context.pathParam("study"))));
        });
        javalin.start();
    }

    private ServerConnector connector(Server server, HttpConfiguration http, Optional<Tls> tls) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = settings.tls()
                ? new ServerConnector(
                        server, new SslConnectionFactory(encryption(tls.orElseThrow()), "http/1.1"), plain)
                : new ServerConnector(server, plain);
        connector.setHost(settings.bind());
        connector.setPort(settings.port().orElseThrow());
        connector.setIdleTimeout(STALL_MS);
        return connector;
    }

    private static SslContextFactory.Server encryption(Tls tls) {
        TlsConfiguration configuration = tls.configuration();
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(tls.context());
        factory.setIncludeProtocols(configuration.protocols().toArray(String[]::new));
        factory.setIncludeCipherSuites(configuration.suites().toArray(String[]::new));
        factory.setNeedClientAuth(configuration.clientCertificates());
        return factory;
    }

    /** The port in use, also where the settings left the choice. */
    public int port() {
        return javalin.port();
    }

    private void answer(Context context, Optional<String> study) throws IOException {
        Optional<String> caller = caller(context);
        if (caller.isEmpty()) {
            context.header("WWW-Authenticate", "Bearer").status(401);
        } else if (!room.tryAcquire()) {
            later(context, "all " + settings.requests() + " requests are taken");
        } else {
            try {
                take(context, caller.get(), study);
            } finally {
                room.release();
            }
        }
        if (context.statusCode() >= 400) {
            context.header("Connection", "close"); // what was not read is not waited for
        }
    }

    /** The AE title that stands for the caller; nothing if its token is unknown. */
    private Optional<String> caller(Context context) {
        if (settings.callers().isEmpty()) {
            return Optional.of(settings.aet());
        }
        String said = Optional.ofNullable(context.header("Authorization")).orElse("");
        byte[] token = said.startsWith(BEARER) ? bytes(said.substring(BEARER.length())) : new byte[0];
        return settings.callers().entrySet().stream()
                .filter(known -> MessageDigest.isEqual(bytes(known.getKey()), token)) // takes as long for any token
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void take(Context context, String caller, Optional<String> study) throws IOException {
        String type = Optional.ofNullable(context.contentType()).orElse("");
        Optional<String> boundary = MultipartReader.parameter(type, "boundary");
        boolean related = type.regionMatches(true, 0, "multipart/related", 0, 17)
                && MultipartReader.parameter(type, "type").orElse(DICOM).equalsIgnoreCase(DICOM);
        Optional<String> congestion = reception.congestion();
        if (!related) {
            context.status(415).result("multipart/related; type=\"application/dicom\" is taken");
        } else if (boundary.isEmpty() || boundary.get().length() > MultipartReader.LONGEST_BOUNDARY) {
            context.status(400).result("the boundary is missing or too long");
        } else if (congestion.isPresent()) {
            later(context, congestion.get());
        } else {
            takeParts(context, new MultipartReader(context.bodyInputStream(), boundary.get()), caller, study);
        }
    }

    private void takeParts(Context context, MultipartReader parts, String caller, Optional<String> study) {
        List<StoredFile> files = new ArrayList<>();
        try (FileReception.Transfer transfer = reception.begin(caller)) {
            Optional<MultipartReader.Part> part = parts.next();
            for (; part.isPresent() && files.size() < MOST_PARTS; part = parts.next()) {
                files.add(transfer.take(part.get().body(), study));
            }
            if (part.isPresent() || files.isEmpty()) {
                context.status(400).result("a request holds 1 to " + MOST_PARTS + " objects");
                return;
            }
            transfer.complete();
            StowAnswer.of(files).write(context);
        } catch (IOException e) {
            LOG.warn(
                    "transfer of {} from {} broke after {} objects: {}",
                    caller,
                    context.ip(),
                    files.size(),
                    e.getMessage());
            context.status(400).result("the message breaks off or is malformed");
        }
    }

    private static void later(Context context, String reason) {
        LOG.warn("a request from {} is refused for now: {}", context.ip(), reason);
        context.header("Retry-After", RETRY_AFTER_SECONDS).status(503).result(reason);
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
