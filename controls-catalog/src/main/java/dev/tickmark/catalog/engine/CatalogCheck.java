package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Control;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.TableDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tries every test of a catalog before anything is collected: over no rows, over made rows, and over the same rows in
 * another order.
 *
 * <p>One connection serves them all, since opening one costs more than what a query does with a few rows.
 */
public final class CatalogCheck {
    private static final String EMPTY = "main";
    private static final String MADE = "made";
    private static final String STIRRED = "stirred";
    /** What makes large queries fast takes longer than these small ones run; what keeps joins joins stays on. */
    private static final String PLANNING = "join_order,statistics_propagation,common_subexpressions,common_aggregate,"
            + "column_lifetime,unused_columns,compressed_materialization,duplicate_groups,reorder_filter,"
            + "top_n_window_elimination,build_side_probe_side,late_materialization,materialized_cte,sum_rewriter,"
            + "common_subplan,join_elimination,window_self_join,row_group_pruner,join_filter_pushdown";

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<String, TableDefinition> definitions;

    public CatalogCheck(Collection<TableDefinition> tables) {
        this.definitions = Collections.unmodifiableMap(new TreeMap<>(AssessmentRequest.byName(tables)));
    }

    /**
     * Every mistake in the tests of these controls, at most one a control, in the order of the controls; each names file
     * and, where there is one, line and key. Controls without a test are passed over.
     */
    public List<TickmarkException> mistakes(Collection<Control> controls, Collection<ParameterOverride> overrides) {
        List<TickmarkException> mistakes = new ArrayList<>();
        List<ReadyTest> ready = new ArrayList<>();
        try (TestCheck check = new TestCheck(definitions)) {
            for (Control control : controls) {
                try {
                    check.one(control, overrides).ifPresent(ready::add);
                } catch (TickmarkException e) {
                    mistakes.add(e);
                }
            }
        }
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:")) {
            Database.execute(database, "set threads = 1");
            Database.execute(database, "set disabled_optimizers = " + Sql.literal(PLANNING));
            fill(database, ready);
            Database.execute(database, "set enable_external_access = false");
            try (Trial trial = new Trial(database)) {
                for (ReadyTest test : ready) {
                    trial.of(test).ifPresent(mistakes::add);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        mistakes.sort((a, b) -> a.problem().compareTo(b.problem()));
        return Collections.unmodifiableList(mistakes);
    }

    private void fill(Connection database, List<ReadyTest> tests) throws SQLException {
        Map<String, List<ReadyTest>> readers = new TreeMap<>();
        for (ReadyTest test : tests) {
            test.tables()
                    .forEach(table -> readers.computeIfAbsent(table, none -> new ArrayList<>())
                            .add(test));
        }
        for (String schema : List.of(MADE, STIRRED)) {
            Database.execute(database, "create schema " + schema);
        }
        for (Map.Entry<String, List<ReadyTest>> reader : readers.entrySet()) {
            TableDefinition table = definitions.get(reader.getKey());
            if (table == null) {
                throw new IllegalStateException("nobody defines " + reader.getKey());
            }
            String create = new TableFiles(table.name(), table.allColumns(), List.of()).create();
            Database.execute(database, "use " + EMPTY);
            Database.execute(database, create);
            Database.execute(database, "use " + MADE);
            Database.execute(database, create);
            Database.execute(
                    database,
                    table.name().equals(Populations.TABLE)
                            ? MadeRows.populations(table, new TreeSet<>(readers.keySet()))
                            : new MadeRows(table, reader.getValue()).insert());
            Database.execute(
                    database,
                    "create table " + STIRRED + "." + Sql.name(table.name()) + " as select * from " + MADE + "."
                            + Sql.name(table.name()) + " order by md5(concat(row_key, scope_id))");
        }
    }

    /** The runs of one test after the other, each stopped at its limit. */
    private static final class Trial implements AutoCloseable {
        private final Connection database;
        private final Map<String, List<Matching.Item>> items = new TreeMap<>();
        private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tickmark-check-limit");
            thread.setDaemon(true);
            return thread;
        });

        Trial(Connection database) {
            this.database = database;
        }

        Optional<TickmarkException> of(ReadyTest test) {
            String what = "over no rows";
            try {
                Optional<String> wrong = run(test, EMPTY, new ArrayList<>());
                if (wrong.isPresent()) {
                    return Optional.of(mistake(test, "over tables without a row", wrong.get()));
                }
                what = "over made rows";
                List<Matching.Answer> inOrder = new ArrayList<>();
                wrong = run(test, MADE, inOrder);
                if (wrong.isPresent()) {
                    return Optional.of(mistake(test, what, wrong.get()));
                }
                List<Matching.Answer> stirred = new ArrayList<>();
                wrong = run(test, STIRRED, stirred);
                return wrong.isPresent() || !stirred.equals(inOrder) ? Optional.of(unsteady(test)) : Optional.empty();
            } catch (SQLException e) {
                return Optional.of(cannot(test, what, e));
            } catch (TickmarkException e) {
                return Optional.of(e);
            }
        }

        private Optional<String> run(ReadyTest test, String schema, List<Matching.Answer> answers) throws SQLException {
            Database.execute(database, "use " + schema);
            Database.execute(database, test.prepare());
            AtomicBoolean late = new AtomicBoolean();
            try (PreparedStatement query = database.prepareStatement(test.execute())) {
                ScheduledFuture<?> limit =
                        watch.schedule(() -> stop(late, query), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        answers.add(new Matching.Answer(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5)));
                    }
                } finally {
                    limit.cancel(false);
                }
            } catch (SQLException e) {
                if (late.get()) {
                    throw TickmarkException.notUnderstood(
                            test.test().file() + ": the test of "
                                    + test.control().id() + " took longer than " + LONGEST.toSeconds()
                                    + " seconds over " + MadeRows.ROWS + " rows a table.",
                            "Join on columns, and take series and cross joins out.");
                }
                throw e;
            } finally {
                Database.execute(database, "deallocate " + ReadyTest.PREPARED);
            }
            return match(test, schema, answers);
        }

        private static void stop(AtomicBoolean late, PreparedStatement query) {
            late.set(true);
            try {
                query.cancel();
            } catch (SQLException e) {
                // it ended in the same moment, which is what was wanted
            }
        }

        private Optional<String> match(ReadyTest test, String schema, List<Matching.Answer> answers)
                throws SQLException {
            var item = items(schema, test.test().mainTable()).iterator();
            var answer = answers.iterator();
            return new Matching()
                    .match(
                            () -> item.hasNext() ? item.next() : null,
                            () -> answer.hasNext() ? answer.next() : null,
                            (matched, by) -> {});
        }

        private List<Matching.Item> items(String schema, String table) throws SQLException {
            List<Matching.Item> known = items.get(schema + "." + table);
            if (known != null) {
                return known;
            }
            List<Matching.Item> read = new ArrayList<>();
            try (PreparedStatement keys = database.prepareStatement("select scope_id, account_id, region, row_key from "
                            + schema + "." + Sql.name(table) + " order by scope_id, row_key");
                    ResultSet rows = keys.executeQuery()) {
                while (rows.next()) {
                    read.add(new Matching.Item(
                            rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                }
            }
            items.put(schema + "." + table, read);
            return read;
        }

        private static TickmarkException mistake(ReadyTest test, String over, String complaint) {
            return TickmarkException.notUnderstood(
                    test.test().file() + ": " + over + ", the test of "
                            + test.control().id()
                            + " does not give one finding for each row of "
                            + test.test().mainTable() + ": " + complaint + ".",
                    "Begin from the main table, keep each of its rows with a left join, join by scope_id as well, and let"
                            + " the case end with 'NOT_EVALUATED'.");
        }

        private static TickmarkException unsteady(ReadyTest test) {
            return TickmarkException.notUnderstood(
                    test.test().file() + ": the test of " + test.control().id()
                            + " gives other findings when the rows come in another order.",
                    "Give every list and every window function an order that leaves no tie.");
        }

        private static TickmarkException cannot(ReadyTest test, String over, SQLException e) {
            return new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD,
                    test.test().file() + ": the test of " + test.control().id() + " cannot run " + over + ": "
                            + Database.firstLine(e).replaceFirst("[.!]$", "") + ".",
                    "Use try_cast() where a text may not be what it looks like, and mind empty cells.",
                    e);
        }

        @Override
        public void close() {
            watch.shutdownNow();
        }
    }
}
