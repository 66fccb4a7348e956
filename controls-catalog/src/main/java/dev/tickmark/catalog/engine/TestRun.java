package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.TickmarkException;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Runs tests, each in a fresh and locked database, stopped at its limits. */
final class TestRun implements Closeable {
    private final Database database;
    private final Limits limits;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tickmark-test-limit");
        thread.setDaemon(true);
        return thread;
    });

    TestRun(Database database, Limits limits) {
        this.database = database;
        this.limits = limits;
    }

    /**
     * Runs one test.
     *
     * @param matched is given each item with its outcome; to be undone where a reason is returned
     * @return why the test says nothing, where it does not: a limit, or findings that are not one for each item
     * @throws TickmarkException NOT_UNDERSTOOD where the query cannot run over this evidence
     */
    Optional<String> run(ReadyTest ready, BiConsumer<Matching.Item, Matching.Answer> matched) {
        AtomicBoolean late = new AtomicBoolean();
        try (Connection connection = database.open();
                Connection second = connection.unwrap(DuckDBConnection.class).duplicate()) {
            Database.execute(connection, ready.prepare());
            try (PreparedStatement query = connection.prepareStatement(ready.execute());
                    PreparedStatement keys = second.prepareStatement(keys(ready))) {
                ScheduledFuture<?> limit = watch.schedule(
                        () -> stop(late, query, keys), limits.time().toMillis(), TimeUnit.MILLISECONDS);
                try (ResultSet answers = query.executeQuery();
                        ResultSet items = keys.executeQuery()) {
                    Optional<String> complaint =
                            new Matching().match(() -> item(items), () -> answer(answers), matched);
                    return late.get() ? Optional.of(tooLate()) : complaint.map(what -> broken(ready, what));
                } finally {
                    limit.cancel(false);
                }
            }
        } catch (SQLException e) {
            if (late.get()) {
                return Optional.of(tooLate());
            }
            if (Database.firstLine(e).contains("Out of Memory Error")) {
                return Optional.of("The test needed more than " + limits.memory() + " of memory and " + limits.spill()
                        + " of disk, and was stopped.");
            }
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD,
                    ready.test().file() + ": the test of " + ready.control().id() + " cannot run over this evidence: "
                            + Database.firstLine(e) + ".",
                    "Correct the query, with try_cast() where a text may not be what it looks like.",
                    e);
        }
    }

    private static String keys(ReadyTest ready) {
        return "select scope_id, account_id, region, row_key from "
                + Database.qualified(ready.test().mainTable()) + " order by scope_id, row_key";
    }

    private static void stop(AtomicBoolean late, Statement... statements) {
        late.set(true);
        for (Statement statement : statements) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // it ended in the same moment, which is what was wanted
            }
        }
    }

    private String tooLate() {
        return "The test took longer than " + limits.time().toSeconds() + " seconds and was stopped.";
    }

    private static String broken(ReadyTest ready, String what) {
        return "The test did not give exactly one finding for each row of "
                + ready.test().mainTable() + ": " + what + ". Correct its query.";
    }

    private static Matching.@Nullable Item item(ResultSet rows) throws SQLException {
        return rows.next()
                ? new Matching.Item(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4))
                : null;
    }

    private static Matching.@Nullable Answer answer(ResultSet rows) throws SQLException {
        return rows.next()
                ? new Matching.Answer(
                        rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5))
                : null;
    }

    /** The outcome that a matched answer was found to have. */
    static Outcome outcome(Matching.Answer answer) {
        return Matching.outcome(answer).orElseThrow();
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
