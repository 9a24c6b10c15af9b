package org.segnode.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Objects that contradict what is there under their UID, for a person to look at. The same one again is counted, not repeated. */
public final class Incidents {
    private final Database database;
    private final Clock clock;

    Incidents(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param difference tags, without values
     * @param fileName in the series' folder; with the series it tells contents apart
     */
    public void note(String seriesKey, String sopInstanceUid, String callingAet, String difference, String fileName) {
        String id = Text.digest(seriesKey + "\n" + fileName);
        Instant now = clock.instant();
        database.transaction(session -> {
            int known = session.createMutationQuery(
                            "update Incident set times = times + 1, lastSeen = :now where id = :id")
                    .setParameter("now", now)
                    .setParameter("id", id)
                    .executeUpdate();
            if (known == 0) {
                IncidentEntity entity = new IncidentEntity();
                entity.id = id;
                entity.seriesKey = seriesKey;
                entity.sopInstanceUid = sopInstanceUid;
                entity.callingAet = callingAet;
                entity.difference = Text.reason(difference);
                entity.fileName = fileName;
                entity.times = 1;
                entity.firstSeen = now;
                entity.lastSeen = now;
                session.insert(entity);
            }
            return known;
        });
    }

    /** The latest first. */
    public List<Incident> all() {
        return database.transaction(session ->
                session
                        .createSelectionQuery("from Incident order by lastSeen desc, id", IncidentEntity.class)
                        .list()
                        .stream()
                        .map(IncidentEntity::toRecord)
                        .toList());
    }
}
