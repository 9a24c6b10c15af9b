package org.segnode.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Which destinations may be sent to. One that cannot be reached is left alone for a growing pause, so that a queue of a
 * thousand does not knock a thousand times; one that a person has suspended is left alone until it is resumed.
 */
public final class Destinations {
    private final Database database;
    private final Clock clock;
    private final Function<String, Retries> retries;

    Destinations(Database database, Clock clock, Function<String, Retries> retries) {
        this.database = database;
        this.clock = clock;
        this.retries = retries;
    }

    /** Nothing is sent to it any more; what is under way ends. */
    public void suspend(String name, String reason) {
        change(name, entity -> {
            entity.suspended = true;
            entity.reason = Text.reason(reason);
        });
    }

    /** It is sent to again, at once, whether it was suspended or could not be reached. */
    public void resume(String name) {
        change(name, entity -> {
            entity.suspended = false;
            forgive(entity);
        });
    }

    /** It could not be reached: a pause, twice as long as the last, up to the destination's ceiling. */
    public void unreachable(String name, String reason) {
        change(name, entity -> {
            entity.failures++;
            entity.notBefore = clock.instant().plus(retries.apply(name).pauseAfter(entity.failures));
            if (!entity.suspended) {
                entity.reason = Text.reason(reason);
            }
        });
    }

    /** It has answered. */
    public void reached(String name) {
        boolean failed = status(name).filter(status -> status.failures() > 0).isPresent();
        if (failed) {
            change(name, Destinations::forgive);
        }
    }

    /** Empty if nothing was ever the matter with it. */
    public Optional<DestinationStatus> status(String name) {
        return database.transaction(session ->
                Optional.ofNullable(session.get(DestinationEntity.class, name)).map(DestinationEntity::toStatus));
    }

    /** Those that something was the matter with, by name. */
    public List<DestinationStatus> all() {
        return database.transaction(
                session -> session.createSelectionQuery("from Destination order by name", DestinationEntity.class)
                        .getResultStream()
                        .map(DestinationEntity::toStatus)
                        .toList());
    }

    /** Whether it is neither suspended nor in a pause. */
    public boolean mayBeSentTo(String name) {
        return database.transaction(session -> mayBeSentTo(session, name));
    }

    boolean mayBeSentTo(StatelessSession session, String name) {
        DestinationEntity entity = session.get(DestinationEntity.class, name);
        return entity == null || entity.mayBeSentTo(clock.instant());
    }

    private static void forgive(DestinationEntity entity) {
        entity.failures = 0;
        entity.notBefore = null;
        if (!entity.suspended) {
            entity.reason = null;
        }
    }

    private void change(String name, Consumer<DestinationEntity> change) {
        database.transaction(session -> {
            DestinationEntity known = session.get(DestinationEntity.class, name, LockMode.PESSIMISTIC_WRITE);
            Instant now = clock.instant();
            DestinationEntity entity = known == null ? DestinationEntity.of(name, now) : known;
            change.accept(entity);
            entity.changed = now;
            if (known == null) {
                session.insert(entity);
            } else {
                session.update(entity);
            }
            return entity.failures;
        });
    }
}
