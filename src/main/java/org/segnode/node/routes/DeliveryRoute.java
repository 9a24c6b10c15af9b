package org.segnode.node.routes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.segnode.ledger.Delivery;

/** Result → destination. Each destination has a route of its own, so that an absent one delays no other. */
final class DeliveryRoute extends RouteBuilder {
    private static final String LOGGER = "org.segnode.node.routes.DeliveryRoute";

    private final String name;
    private final Supplier<List<Delivery>> due;
    private final Function<Delivery, Optional<Delivery>> send;
    private final Duration poll;

    /**
     * @param name of the work, unlike every other's
     * @param due claims what is due
     * @param send sends it, and gives it back if it is given up
     */
    DeliveryRoute(
            String name, Supplier<List<Delivery>> due, Function<Delivery, Optional<Delivery>> send, Duration poll) {
        this.name = name;
        this.due = due;
        this.send = send;
        this.poll = poll;
    }

    @Override
    public void configure() {
        onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.WARN, LOGGER, name + " waits: ${exception.message}");
        fromF("timer:%s?period=%d&delay=0", URLEncoder.encode(name, StandardCharsets.UTF_8), poll.toMillis())
                .routeId(name)
                .setBody(exchange -> due.get())
                .split(body())
                .process(this::sendOne)
                .filter(body().isInstanceOf(DeadLetter.class))
                .to(DeadLetterRoute.DEAD_LETTERS);
    }

    private void sendOne(Exchange exchange) {
        Delivery delivery = Objects.requireNonNull(exchange.getMessage().getBody(Delivery.class));
        send.apply(delivery).ifPresent(givenUp -> exchange.getMessage().setBody(letter(givenUp)));
    }

    private static DeadLetter letter(Delivery delivery) {
        return new DeadLetter(delivery.toString(), delivery.reason());
    }
}
