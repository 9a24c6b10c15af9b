package org.segnode.node.routes;

import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.segnode.TemporaryException;

/** Closed series → is it a volume, which rule → jobs; study by study, when a study is quiet. */
final class ReceptionRoute extends RouteBuilder {
    private static final String STUDIES = "direct:quiet-studies";
    private static final String LOGGER = "org.segnode.node.routes.ReceptionRoute";

    private final ReceptionSteps steps;
    private final Duration poll;

    ReceptionRoute(ReceptionSteps steps, Duration poll) {
        this.steps = steps;
        this.poll = poll;
    }

    @Override
    public void configure() {
        onException(TemporaryException.class)
                .handled(true)
                .log(LoggingLevel.WARN, LOGGER, "reception waits: ${exception.message}");
        onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.ERROR, LOGGER, "reception failed: ${exception.stacktrace}");
        fromF("timer:reception?period=%d&delay=0", poll.toMillis())
                .routeId("closing")
                .process(exchange -> steps.closeQuiet().run())
                .setBody(exchange -> steps.quietStudies().get())
                .split(body())
                .to(STUDIES);
        from(STUDIES)
                .routeId("reception")
                .onException(TemporaryException.class)
                .handled(true)
                .log(LoggingLevel.WARN, LOGGER, "study ${body} waits: ${exception.message}")
                .end()
                .onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.ERROR, LOGGER, "study ${body}: ${exception.stacktrace}")
                .process(this::giveUp)
                .to(DeadLetterRoute.DEAD_LETTERS)
                .end()
                .process(exchange -> steps.decide().accept(study(exchange)));
    }

    private void giveUp(Exchange exchange) {
        String reason = "the program failed: " + exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String study = study(exchange);
        steps.giveUp().accept(study, reason);
        exchange.getMessage().setBody(new DeadLetter("study " + study, reason));
    }

    private static String study(Exchange exchange) {
        return Objects.requireNonNull(exchange.getMessage().getBody(String.class));
    }
}
