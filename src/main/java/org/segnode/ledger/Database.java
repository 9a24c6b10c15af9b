package org.segnode.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.BatchSettings;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.cfg.QuerySettings;
import org.segnode.TemporaryException;

/** The connection pool, the schema and the mapping. Every piece of work is one transaction. */
final class Database implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 8;
    private static final int ALREADY_OPEN = 90020; // H2, ErrorCode.DATABASE_ALREADY_OPEN_1

    private final HikariDataSource connections;
    private final SessionFactory sessions;

    private Database(HikariDataSource connections, SessionFactory sessions) {
        this.connections = connections;
        this.sessions = sessions;
    }

    /** @throws TemporaryException if the database cannot be reached, is in use, or is of a newer version of this program */
    static Database open(LedgerConfiguration configuration) {
        HikariDataSource connections = connect(configuration);
        CompletableFuture<Void> schema = CompletableFuture.runAsync(() -> migrate(connections)); // a third of the time
        try {
            SessionFactory sessions = map(connections);
            schema.whenComplete((done, failure) -> {
                        if (failure != null) {
                            sessions.close();
                        }
                    })
                    .join();
            return new Database(connections, sessions);
        } catch (RuntimeException failure) {
            schema.exceptionally(late -> null).join();
            connections.close();
            throw cannotOpen(configuration, failure);
        }
    }

    /**
     * Runs in one transaction, which is rolled back if it throws.
     *
     * @throws TemporaryException around whatever the database complains of
     */
    <T> T transaction(Function<StatelessSession, T> work) {
        if (sessions.isClosed()) {
            throw new TemporaryException("the ledger is closed");
        }
        try {
            return sessions.fromStatelessTransaction(work);
        } catch (PersistenceException failure) {
            throw new TemporaryException("the ledger does not answer: " + reason(failure), failure);
        }
    }

    @Override
    public void close() {
        sessions.close();
        connections.close();
    }

    private static HikariDataSource connect(LedgerConfiguration configuration) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ledger");
        pool.setJdbcUrl(configuration.url());
        pool.setUsername(configuration.user());
        pool.setPassword(configuration.password());
        pool.setMaximumPoolSize(MOST_CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setAutoCommit(false);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        try {
            return new HikariDataSource(pool);
        } catch (RuntimeException failure) {
            throw cannotOpen(configuration, failure);
        }
    }

    private static void migrate(DataSource connections) {
        Flyway.configure()
                .dataSource(connections)
                .locations("classpath:db/migration")
                .ignoreMigrationPatterns(new String[0]) // a schema of the future is refused
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private static SessionFactory map(DataSource connections) {
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder()
                .applySetting(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, connections)
                .applySetting(JdbcSettings.LOG_JDBC_ERRORS, false) // thrown, and told by whoever catches
                .applySetting(JdbcSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
                .applySetting(MappingSettings.PREFERRED_INSTANT_JDBC_TYPE, "TIMESTAMP_UTC")
                .applySetting(BatchSettings.STATEMENT_BATCH_SIZE, 0)
                .applySetting(QuerySettings.QUERY_STARTUP_CHECKING, false)
                .build();
        return new MetadataSources(registry)
                .addAnnotatedClasses(
                        SeriesEntity.class,
                        JobEntity.class,
                        JobInputEntity.class,
                        DeliveryEntity.class,
                        CommitmentEntity.class,
                        DestinationEntity.class,
                        RefusalEntity.class,
                        IncidentEntity.class)
                .buildMetadata()
                .buildSessionFactory();
    }

    private static TemporaryException cannotOpen(LedgerConfiguration configuration, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == ALREADY_OPEN) {
                return new TemporaryException(
                        "the ledger " + configuration + " is in use by another process: does the node run?", failure);
            }
            if (cause instanceof FlywayValidateException invalid) {
                String what = String.valueOf(invalid.getMessage())
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElse("");
                return new TemporaryException(
                        "the ledger " + configuration
                                + " was written by a newer version of segnode, or its schema was changed: " + what,
                        failure);
            }
        }
        return new TemporaryException("the ledger " + configuration + " cannot be opened: " + reason(failure), failure);
    }

    /** First line of the innermost message: the database's own words. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = String.valueOf(innermost.getMessage());
        return message.strip().lines().findFirst().orElse(innermost.getClass().getSimpleName());
    }
}
