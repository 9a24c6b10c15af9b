package org.segnode.node.routes;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Holds the routes while they run. */
public final class Routes implements AutoCloseable {
    private static final int SHUTDOWN_SECONDS = 5;

    private final DefaultCamelContext context = new DefaultCamelContext();

    /** Prepares without starting, so that it can be done while other parts start. */
    public Routes() {
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
        context.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
        context.getCamelContextExtension().setEventNotificationApplicable(false);
        context.build();
    }

    public void start(List<RouteBuilder> routes) {
        try {
            for (RouteBuilder route : routes) {
                context.addRoutes(route);
            }
            context.start();
        } catch (Exception e) {
            throw new IllegalStateException("the routes cannot be started: " + e.getMessage(), e);
        }
    }

    public boolean running() {
        return context.isStarted();
    }

    /** Waits for what is under way, at most five seconds. */
    @Override
    public void close() {
        context.stop();
    }
}
