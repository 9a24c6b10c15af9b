package org.segnode.node.routes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.segnode.ledger.Delivery;

/** Holds the routes while they run. Made in one thread, then started. */
public final class Routes implements AutoCloseable {
    private static final int SHUTDOWN_SECONDS = 5;

    private final DefaultCamelContext context = new DefaultCamelContext();

    /** Prepares without starting, so that it can be done while other parts start. */
    public Routes() {
        context.disableJMX();
        context.setLoadTypeConverters(false);
        context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
        context.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
        context.build();
    }

    /** @param counter told of everything that is given up */
    public Routes deadLetters(Consumer<DeadLetter> counter) {
        return add(new DeadLetterRoute(counter));
    }

    /** @param poll pause between two looks */
    public Routes reception(ReceptionSteps steps, Duration poll) {
        return add(new ReceptionRoute(steps, poll));
    }

    /**
     * @param name of the work, as logs show it
     * @param due claims what is due
     * @param send sends it, and gives it back if it is given up
     * @param poll pause between two looks
     */
    public Routes delivery(
            String name, Supplier<List<Delivery>> due, Function<Delivery, Optional<Delivery>> send, Duration poll) {
        return add(new DeliveryRoute(name, due, send, poll));
    }

    /** @param name of the work, as logs show it */
    public Routes maintenance(String name, Runnable work, Duration period) {
        return add(new MaintenanceRoute(name, work, period));
    }

    public void start() {
        context.start();
    }

    public boolean running() {
        return context.isStarted();
    }

    /** Waits for what is under way, at most five seconds. */
    @Override
    public void close() {
        context.stop();
    }

    private Routes add(RouteBuilder route) {
        try {
            context.addRoutes(route);
            return this;
        } catch (Exception e) {
            throw new IllegalStateException("a route cannot be made: " + e.getMessage(), e);
        }
    }
}
