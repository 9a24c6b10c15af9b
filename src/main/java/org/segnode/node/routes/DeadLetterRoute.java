package org.segnode.node.routes;

import java.util.function.Consumer;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** Where everything that is given up arrives: one line in the log, and whoever counts is told. The ledger has the reason. */
final class DeadLetterRoute extends RouteBuilder {
    static final String DEAD_LETTERS = "direct:dead-letters";

    private final Consumer<DeadLetter> counter;

    DeadLetterRoute(Consumer<DeadLetter> counter) {
        this.counter = counter;
    }

    @Override
    public void configure() {
        from(DEAD_LETTERS)
                .routeId("dead-letters")
                .log(
                        LoggingLevel.ERROR,
                        "org.segnode.node.routes.DeadLetterRoute",
                        "${body.what}: given up: ${body.reason}")
                .process(exchange -> counter.accept(exchange.getMessage().getBody(DeadLetter.class)));
    }
}
