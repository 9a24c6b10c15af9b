package org.segnode.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hibernate.StatelessSession;

/**
 * What was refused at the door, before it belonged to a series. Who offers the same again and again fills one row; new ones
 * are no longer taken when there are {@value #MOST}, so that a hostile peer cannot fill the disk.
 */
public final class Refusals {
    private static final long MOST = 10_000;

    private final Database database;
    private final Clock clock;

    Refusals(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param reason in plain words, without patient data */
    public void note(String callingAet, String reason) {
        String id = Text.digest(callingAet + "\n" + reason);
        Instant now = clock.instant();
        database.transaction(session -> {
            int known = session.createMutationQuery(
                            "update Refusal set times = times + 1, lastSeen = :now where id = :id")
                    .setParameter("now", now)
                    .setParameter("id", id)
                    .executeUpdate();
            if (known == 0 && count(session) < MOST) {
                session.insert(first(id, callingAet, reason, now));
            }
            return known;
        });
    }

    /** The latest first. */
    public List<Refusal> all() {
        return database.transaction(session ->
                session
                        .createSelectionQuery("from Refusal order by lastSeen desc, id", RefusalEntity.class)
                        .list()
                        .stream()
                        .map(RefusalEntity::toRecord)
                        .toList());
    }

    private static long count(StatelessSession session) {
        return session.createSelectionQuery("select count(*) from Refusal", Long.class)
                .getSingleResult();
    }

    private static RefusalEntity first(String id, String callingAet, String reason, Instant now) {
        RefusalEntity entity = new RefusalEntity();
        entity.id = id;
        entity.callingAet = callingAet;
        entity.reason = Text.reason(reason);
        entity.times = 1;
        entity.firstSeen = now;
        entity.lastSeen = now;
        return entity;
    }
}
