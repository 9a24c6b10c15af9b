package org.segnode.node.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** The node's figures for Prometheus. Figures are asked for when they are looked at, so that counting costs nothing. */
public final class NodeMetrics {
    /** The registry itself refers to counters only weakly. */
    private final List<DoubleSupplier> counters = new ArrayList<>();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public NodeMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** A number that only grows; shown as {@code segnode_NAME_total}. */
    public void counter(String name, String help, DoubleSupplier value) {
        counters.add(value);
        FunctionCounter.builder("segnode." + name, value, DoubleSupplier::getAsDouble)
                .description(help)
                .register(registry);
    }

    /** A number that goes up and down; shown as {@code segnode_NAME}. */
    public void gauge(String name, String help, DoubleSupplier value) {
        Gauge.builder("segnode." + name, value::getAsDouble)
                .description(help)
                .strongReference(true)
                .register(registry);
    }

    /** One number for each state; shown as {@code segnode_NAME{state="..."}}. */
    public <S extends Enum<S>> void states(
            String name, String help, Collection<S> states, Supplier<Map<S, Long>> counts) {
        for (S state : states) {
            Gauge.builder("segnode." + name, () -> counts.get().getOrDefault(state, 0L))
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description(help)
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Adds one duration to {@code segnode_NAME_seconds}, told apart by one more word. */
    public void took(String name, String tag, String value, Duration duration) {
        Timer.builder("segnode." + name).tag(tag, value).register(registry).record(duration);
    }

    /** In the text format of Prometheus. */
    public String text() {
        return registry.scrape();
    }
}
