package org.segnode.node.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.segnode.node.settings.WebSettings;

/**
 * Answers {@code /healthz} (the process lives), {@code /readyz} (200 if every part is ready, else 503; JSON with the parts)
 * and {@code /metrics} (Prometheus text format).
 */
public final class HealthServer implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int UNAVAILABLE = 503;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Javalin javalin;

    private HealthServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * @param metrics text that {@code /metrics} shows
     * @throws io.javalin.util.JavalinException if the port is taken
     */
    public static HealthServer start(WebSettings settings, Readiness readiness, Supplier<String> metrics) {
        Javalin javalin = Javalin.create(config -> {
            quietly(config);
            config.routes.get("/healthz", context -> context.json(Map.of("status", "alive")));
            config.routes.get("/readyz", context -> answer(context, readiness));
            config.routes.get(
                    "/metrics", context -> context.contentType(PROMETHEUS).result(metrics.get()));
        });
        javalin.start(settings.bind(), settings.port());
        return new HealthServer(javalin);
    }

    /** The port in use, also where the settings left the choice. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void quietly(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
    }

    private static void answer(Context context, Readiness readiness) {
        Map<String, String> parts = readiness.parts();
        boolean ready = parts.values().stream().allMatch(Readiness.OK::equals);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ready", ready);
        answer.put("parts", parts);
        context.status(ready ? 200 : UNAVAILABLE).json(answer);
    }
}
