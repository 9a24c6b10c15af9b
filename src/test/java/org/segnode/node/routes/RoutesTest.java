package org.segnode.node.routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.segnode.TemporaryException;
import org.segnode.ledger.Delivery;
import org.segnode.ledger.DeliveryKind;
import org.segnode.ledger.DeliveryState;
import org.segnode.ledger.StoredResult;

class RoutesTest {
    private static final Duration POLL = Duration.ofMillis(20);

    private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    private final List<String> decided = new CopyOnWriteArrayList<>();
    private final List<String> givenUp = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Routes routes = new Routes().deadLetters(letters::add);

    @AfterEach
    void stop() {
        routes.close();
    }

    @Test
    void receptionClosesWhatIsQuietAndHasEachQuietStudyDecided() {
        AtomicBoolean closed = new AtomicBoolean();
        reception(
                () -> closed.set(true),
                () -> closed.get() && decided.isEmpty() ? List.of("1.1", "1.2") : List.of(),
                decided::add);

        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(decided).containsExactly("1.1", "1.2"));
        assertThat(letters).isEmpty();
    }

    @Test
    void aStudyThatCannotBeDecidedNowIsTriedAgainAndDelaysNoOther() {
        AtomicInteger tries = new AtomicInteger();
        reception(() -> {}, () -> decided.contains("1.1") ? List.of() : List.of("1.1", "1.2"), study -> {
            if (study.equals("1.1") && tries.incrementAndGet() < 3) {
                throw new TemporaryException("the database is gone");
            }
            decided.add(study);
        });

        await().atMost(5, SECONDS).until(() -> decided.contains("1.1"));
        assertThat(decided).startsWith("1.2", "1.2").endsWith("1.1", "1.2");
        assertThat(givenUp).isEmpty();
    }

    @Test
    void aStudyThatMakesTheProgramFailIsGivenUpWithTheReasonAndBecomesADeadLetter() {
        reception(() -> {}, () -> givenUp.isEmpty() ? List.of("1.1") : List.of(), study -> {
            throw new IllegalStateException("slices are upside down");
        });

        await().atMost(5, SECONDS).until(() -> !letters.isEmpty());
        assertThat(givenUp.get(0)).startsWith("1.1: the program failed").contains("slices are upside down");
        assertThat(letters.get(0).what()).isEqualTo("study 1.1");
    }

    @Test
    void aFailureOfTheCollectorDoesNotStopTheRoute() {
        AtomicInteger looks = new AtomicInteger();
        reception(
                () -> {
                    if (looks.incrementAndGet() < 3) {
                        throw new IllegalStateException("once in a while");
                    }
                },
                () -> decided.isEmpty() ? List.of("1.1") : List.of(),
                decided::add);

        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(decided).containsExactly("1.1"));
    }

    @Test
    void whatIsDueIsSentInOrderAndWhatIsGivenUpBecomesADeadLetter() {
        delivery("pacs", once(delivery(1), delivery(2)), delivery -> {
            sent.add(delivery.destination() + " " + delivery.id());
            return delivery.id() == 2 ? Optional.of(delivery) : Optional.empty();
        });

        await().atMost(5, SECONDS).until(() -> !letters.isEmpty());
        assertThat(sent).containsExactly("pacs 1", "pacs 2");
        assertThat(letters).containsExactly(new DeadLetter("delivery 2 of job 7 to pacs", "no such SOP class"));
    }

    @Test
    void anAbsentDestinationDelaysNoOther() throws InterruptedException {
        CountDownLatch absent = new CountDownLatch(1);
        routes.delivery(
                "absent",
                once(delivery(1)),
                delivery -> {
                    try {
                        absent.await(10, SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Optional.empty();
                },
                POLL);
        delivery("pacs", once(delivery(2)), delivery -> {
            sent.add("pacs " + delivery.id());
            return Optional.empty();
        });

        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(sent).containsExactly("pacs 2"));
        absent.countDown();
    }

    @Test
    void deliveryGoesOnAfterTheDatabaseWasGone() {
        AtomicInteger looks = new AtomicInteger();
        Supplier<List<Delivery>> due = once(delivery(1));
        delivery(
                "pacs",
                () -> {
                    if (looks.incrementAndGet() < 3) {
                        throw new TemporaryException("the database is gone");
                    }
                    return due.get();
                },
                delivery -> {
                    sent.add("pacs " + delivery.id());
                    return Optional.empty();
                });

        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(sent).containsExactly("pacs 1"));
    }

    @Test
    void maintenanceRunsAgainAndAgainEvenIfItFails() {
        AtomicInteger runs = new AtomicInteger();
        routes.maintenance(
                        "retention",
                        () -> {
                            runs.incrementAndGet();
                            throw new TemporaryException("the disk is slow");
                        },
                        POLL)
                .start();

        await().atMost(5, SECONDS).until(() -> runs.get() > 2);
        assertThat(routes.running()).isTrue();
    }

    private void reception(Runnable closeQuiet, Supplier<List<String>> quietStudies, Consumer<String> decide) {
        routes.reception(
                        new ReceptionSteps(
                                closeQuiet,
                                quietStudies,
                                decide,
                                (study, reason) -> givenUp.add(study + ": " + reason)),
                        POLL)
                .start();
    }

    private void delivery(String name, Supplier<List<Delivery>> due, Function<Delivery, Optional<Delivery>> send) {
        routes.delivery(name, due, send, POLL).start();
    }

    private static Supplier<List<Delivery>> once(Delivery... deliveries) {
        AtomicBoolean claimed = new AtomicBoolean();
        return () -> claimed.getAndSet(true) ? List.of() : List.of(deliveries);
    }

    private static Delivery delivery(long id) {
        return new Delivery(
                id,
                DeliveryKind.RESULT,
                "0".repeat(32),
                7,
                "pacs",
                new StoredResult("a.dcm", "1.2.840.10008.5.1.4.1.1.66.4", "1.2"),
                DeliveryState.FAILED,
                1,
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                "no such SOP class");
    }
}
