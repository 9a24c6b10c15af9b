package org.segnode.node.routes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.segnode.ledger.Delivery;

/** Result → destination. Each destination has a route of its own, so that an absent one delays no other. */
public final class DeliveryRoute extends RouteBuilder {
    private static final String LOGGER = "org.segnode.node.routes.DeliveryRoute";

    private final List<String> destinations;
    private final Function<String, List<Delivery>> due;
    private final Function<Delivery, Optional<Delivery>> send;
    private final Duration poll;

    /**
     * @param due claims what is due for a destination
     * @param send sends it, and gives it back if it is given up
     */
    public DeliveryRoute(
            List<String> destinations,
            Function<String, List<Delivery>> due,
            Function<Delivery, Optional<Delivery>> send,
            Duration poll) {
        this.destinations = List.copyOf(destinations);
        this.due = due;
        this.send = send;
        this.poll = poll;
    }

    @Override
    public void configure() {
        onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.WARN, LOGGER, "delivery waits: ${exception.message}");
        for (int n = 0; n < destinations.size(); n++) {
            String destination = destinations.get(n);
            fromF("timer:delivery-%d?period=%d&delay=0", n, poll.toMillis())
                    .routeId("delivery to " + destination)
                    .setBody(exchange -> due.apply(destination))
                    .split(body())
                    .setBody(exchange -> send.apply(exchange.getMessage().getBody(Delivery.class))
                            .map(DeliveryRoute::letter)
                            .orElse(null))
                    .filter(body().isNotNull())
                    .to(DeadLetterRoute.DEAD_LETTERS);
        }
    }

    private static DeadLetter letter(Delivery delivery) {
        return new DeadLetter(delivery.toString(), delivery.reason());
    }
}
