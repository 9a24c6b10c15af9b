package org.segnode.node.routes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** What has to be done now and then: old files go, and what a dead worker left is taken up again. */
final class MaintenanceRoute extends RouteBuilder {
    private static final String LOGGER = "org.segnode.node.routes.MaintenanceRoute";

    private final String name;
    private final Runnable work;
    private final Duration period;

    /** @param name of the work, as logs and route ids show it */
    MaintenanceRoute(String name, Runnable work, Duration period) {
        this.name = name;
        this.work = work;
        this.period = period;
    }

    @Override
    public void configure() {
        onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.WARN, LOGGER, name + " waits: ${exception.message}");
        fromF(
                        "timer:%s?period=%d&delay=%d",
                        URLEncoder.encode(name, StandardCharsets.UTF_8), period.toMillis(), period.toMillis())
                .routeId(name)
                .process(exchange -> work.run());
    }
}
