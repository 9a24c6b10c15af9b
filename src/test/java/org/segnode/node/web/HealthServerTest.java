package org.segnode.node.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.segnode.node.settings.WebSettings;

class HealthServerTest {
    private enum State {
        READY,
        FAILED
    }

    private final Map<String, String> parts = new LinkedHashMap<>(Map.of("database", Readiness.OK));
    private final AtomicLong received = new AtomicLong();
    private HealthServer server;

    @BeforeEach
    void start() {
        NodeMetrics metrics = new NodeMetrics();
        metrics.counter("objects.received", "objects received", received::get);
        metrics.gauge("series.open", "series coming in", () -> 3);
        metrics.states("jobs", "jobs", List.of(State.values()), () -> Map.of(State.READY, 2L));
        metrics.took("job", "model", "liver", Duration.ofSeconds(4));
        server = HealthServer.start(new WebSettings("127.0.0.1", 0), () -> parts, metrics::text);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theProcessIsAliveEvenIfAPartIsNotReady() throws Exception {
        parts.put("database", "no connection");

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void readyIsAnsweredWithThePartsAndTheirReasons() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("{\"ready\":true,\"parts\":{\"database\":\"ok\"}}");

        parts.put("disk", "1 GB free, 2 GB are kept free");

        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body())
                .isEqualTo(
                        "{\"ready\":false,\"parts\":{\"database\":\"ok\",\"disk\":\"1 GB free, 2 GB are kept free\"}}");
    }

    @Test
    void metricsShowCountersGaugesStatesAndDurations() throws Exception {
        received.set(200);

        assertThat(get("/metrics").body())
                .contains("segnode_objects_received_total 200.0")
                .contains("segnode_series_open 3.0")
                .contains("segnode_jobs{state=\"ready\"} 2.0")
                .contains("segnode_jobs{state=\"failed\"} 0.0")
                .contains("segnode_job_seconds_sum{model=\"liver\"} 4.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void nothingElseIsThere() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
