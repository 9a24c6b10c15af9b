package org.segnode.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Where the ledger lies and how patient it is.
 *
 * @param url JDBC URL; H2 and PostgreSQL are known
 * @param user database user; empty for the embedded database
 * @param password of the user
 * @param clock decides leases, pauses and time stamps
 * @param jobLease a running job whose worker was silent for this long is taken up again
 * @param deliveryLease a delivery that was begun this long ago and has no answer is taken up again
 * @param jobs attempts and pauses of jobs
 * @param deliveries attempts and pauses of deliveries
 * @param destinations attempts and pauses of deliveries to destinations that have their own, by name
 */
public record LedgerConfiguration(
        String url,
        String user,
        String password,
        Clock clock,
        Duration jobLease,
        Duration deliveryLease,
        Retries jobs,
        Retries deliveries,
        Map<String, Retries> destinations) {
    private static final String EMBEDDED = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    public LedgerConfiguration {
        destinations = Map.copyOf(destinations);
        if (!url.startsWith(EMBEDDED) && !url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException(
                    "the ledger's database is " + EMBEDDED + "… or " + POSTGRESQL + "…, is " + url);
        }
        requirePositive("job lease", jobLease);
        requirePositive("delivery lease", deliveryLease);
    }

    /**
     * The embedded database {@code ledger.mv.db} in the data folder. {@code WRITE_DELAY=0}: what is committed survives a
     * kill of the process; H2's default loses up to half a second of commits. {@code retry:}: H2 closes a plain file
     * database for everybody when one thread is interrupted while it writes.
     */
    public static LedgerConfiguration embedded(Path dataFolder) {
        Path database = dataFolder.toAbsolutePath().resolve("ledger");
        if (database.toString().contains(";")) {
            throw new IllegalArgumentException("the embedded database's folder must not contain ';', is " + dataFolder);
        }
        return new LedgerConfiguration(
                EMBEDDED + "retry:" + database + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "",
                "",
                Clock.systemUTC(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                new Retries(3, Duration.ofSeconds(10), Duration.ofMinutes(10)),
                new Retries(20, Duration.ofSeconds(10), Duration.ofMinutes(30)),
                Map.of());
    }

    public LedgerConfiguration withClock(Clock other) {
        return new LedgerConfiguration(
                url, user, password, other, jobLease, deliveryLease, jobs, deliveries, destinations);
    }

    /** @param lease of a running job */
    public LedgerConfiguration withJobs(Duration lease, Retries retries) {
        return new LedgerConfiguration(
                url, user, password, clock, lease, deliveryLease, retries, deliveries, destinations);
    }

    /** @param lease of a delivery that was begun */
    public LedgerConfiguration withDeliveries(Duration lease, Retries retries) {
        return new LedgerConfiguration(url, user, password, clock, jobLease, lease, jobs, retries, destinations);
    }

    /** @param own attempts and pauses of deliveries to destinations that have their own, by name */
    public LedgerConfiguration withDestinations(Map<String, Retries> own) {
        return new LedgerConfiguration(url, user, password, clock, jobLease, deliveryLease, jobs, deliveries, own);
    }

    /** Attempts and pauses of deliveries to one destination. */
    Retries deliveriesTo(String destination) {
        return destinations.getOrDefault(destination, deliveries);
    }

    /** Whether no other process can have the database open, so that what runs in it at start was left by a dead one. */
    boolean isEmbedded() {
        return !url.startsWith(POSTGRESQL);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("the " + name + " is more than 0 s, is " + duration);
        }
    }

    @Override
    public String toString() {
        return url;
    }
}
