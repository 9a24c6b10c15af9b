package org.segnode.ledger;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.hibernate.LockMode;

/** Series that were refused and of which nobody outside has been told yet. */
public final class RefusedSeries {
    private final Database database;
    private final Clock clock;

    RefusedSeries(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Those refused longest ago first. */
    public List<SeriesRow> due(int most) {
        return database.transaction(session -> session.createSelectionQuery(
                        "from Series where refusalDue = true order by changed, seriesKey", SeriesEntity.class)
                .setMaxResults(most)
                .getResultStream()
                .map(SeriesEntity::toRow)
                .toList());
    }

    /**
     * Queues the objects that tell of a refusal, once.
     *
     * @param objects by destination; empty if nobody is told
     * @return false if the series was opened again meanwhile
     */
    public boolean told(SeriesRow row, Map<String, List<StoredResult>> objects) {
        return database.transaction(session -> {
            SeriesEntity entity = session.get(SeriesEntity.class, row.seriesKey(), LockMode.PESSIMISTIC_WRITE);
            if (entity == null || !entity.refusalDue || entity.revision != row.revision()) {
                return false;
            }
            entity.refusalDue = false;
            session.update(entity);
            objects.forEach((destination, files) -> files.forEach(file -> session.insert(
                    DeliveryEntity.of(DeliveryKind.REFUSAL, row.seriesKey(), destination, file, clock.instant()))));
            return true;
        });
    }
}
