package org.segnode.ledger;

import java.time.Clock;

/** The node's memory in its database. Safe for several threads; with PostgreSQL also for several nodes. */
public final class Ledger implements AutoCloseable {
    private final Database database;
    private final SeriesLedger series;
    private final JobQueue jobs;
    private final Deliveries deliveries;
    private final Commitments commitments;
    private final Replacements replacements;
    private final Destinations destinations;
    private final RefusedSeries refusedSeries;
    private final Refusals refusals;
    private final Incidents incidents;

    private Ledger(Database database, LedgerConfiguration configuration) {
        Clock clock = configuration.clock();
        this.database = database;
        this.series = new SeriesLedger(database, clock);
        this.jobs = new JobQueue(database, clock, configuration.jobLease(), configuration.jobs());
        this.destinations = new Destinations(database, clock, configuration::deliveriesTo);
        this.deliveries = new Deliveries(
                database, clock, configuration.deliveryLease(), configuration::deliveriesTo, destinations);
        this.commitments = new Commitments(database, clock, configuration::deliveriesTo);
        this.replacements = new Replacements(database, clock);
        this.refusedSeries = new RefusedSeries(database, clock);
        this.refusals = new Refusals(database, clock);
        this.incidents = new Incidents(database, clock);
    }

    /**
     * Opens the database, brings its schema up to date, and takes up again what a dead process left running: with the
     * embedded database everything, as no other process can have it open; else what has outlived its lease.
     *
     * @throws org.segnode.TemporaryException if the database cannot be reached or is in use
     */
    public static Ledger open(LedgerConfiguration configuration) {
        Ledger ledger = new Ledger(Database.open(configuration), configuration);
        if (configuration.isEmbedded()) {
            ledger.jobs.returnAbandoned();
            ledger.deliveries.returnAbandoned();
        } else {
            ledger.jobs.returnExpired();
            ledger.deliveries.returnExpired();
        }
        return ledger;
    }

    public SeriesLedger series() {
        return series;
    }

    public JobQueue jobs() {
        return jobs;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public Commitments commitments() {
        return commitments;
    }

    public Replacements replacements() {
        return replacements;
    }

    public Destinations destinations() {
        return destinations;
    }

    public RefusedSeries refusedSeries() {
        return refusedSeries;
    }

    public Refusals refusals() {
        return refusals;
    }

    public Incidents incidents() {
        return incidents;
    }

    /** Whether the database answers. */
    public boolean isAlive() {
        try {
            database.transaction(session ->
                    session.createNativeQuery("select 1", Integer.class).getSingleResult());
            return true;
        } catch (org.segnode.TemporaryException failure) {
            return false;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
