package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.ControlTest;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.yaml.Nearest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds every mistake in the tests of a catalog that can be found without a row, before anything is collected. */
final class TestCheck implements AutoCloseable {
    private final Map<String, TableDefinition> definitions;
    private final Gate gate = new Gate();
    private final Connection empty;
    private final Set<String> created = new TreeSet<>();

    TestCheck(Map<String, TableDefinition> definitions) {
        this.definitions = definitions;
        try {
            this.empty = DriverManager.getConnection("jdbc:duckdb:");
            Database.execute(empty, "set threads = 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Makes the tests of these controls ready; controls without a test are passed over.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming the control, the file and the line, for the first mistake
     */
    static List<ReadyTest> ready(
            Map<String, TableDefinition> definitions,
            Collection<Control> controls,
            Collection<ParameterOverride> overrides) {
        ParameterUse.refuseUnknown(controls, overrides);
        List<ReadyTest> ready = new ArrayList<>();
        try (TestCheck check = new TestCheck(definitions)) {
            for (Control control : controls) {
                check.one(control, overrides).ifPresent(ready::add);
            }
        }
        return Collections.unmodifiableList(ready);
    }

    /** Makes the test of one control ready, if it has one. */
    Optional<ReadyTest> one(Control control, Collection<ParameterOverride> overrides) {
        if (control.test().isEmpty()) {
            return Optional.empty();
        }
        ControlTest test = control.test().get();
        try {
            create(control);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Gate.Passed passed = gate.pass(control, test);
        List<ParameterUse> uses = ParameterUse.of(control, overrides);
        boolean observes = columns(empty, control, test, passed, uses).contains("observation");
        return Optional.of(new ReadyTest(control, test, passed.sql(), uses, observes));
    }

    @Override
    public void close() {
        gate.close();
        try {
            empty.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void create(Control control) throws SQLException {
        Set<String> tables = new TreeSet<>(control.evidence());
        tables.addAll(control.registers());
        tables.add(Populations.TABLE);
        for (String table : tables) {
            TableDefinition definition = definitions.get(table);
            if (definition == null) {
                throw TickmarkException.notUnderstood(
                        control.file() + ", key 'evidence': no table is called '" + table + "'.",
                        Nearest.of(table, definitions.keySet())
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Name a table that 'tickmark show tables' lists."));
            }
            if (created.add(table)) {
                Database.execute(empty, new TableFiles(table, definition.allColumns(), List.of()).create());
            }
        }
    }

    /** Compiles the query against empty tables, with its parameters, and gives the names of its columns. */
    private static List<String> columns(
            Connection empty, Control control, ControlTest test, Gate.Passed passed, List<ParameterUse> uses) {
        ReadyTest plain = new ReadyTest(control, test, passed.sql(), uses, false);
        List<String> columns = new ArrayList<>();
        try {
            // no row is asked for, so that nothing of the query is computed
            Database.execute(
                    empty,
                    "prepare " + ReadyTest.PREPARED + " as select * from (\n" + passed.sql()
                            + "\n) as tickmark_answer limit 0");
            try (PreparedStatement statement = empty.prepareStatement(plain.execute());
                    ResultSet result = statement.executeQuery()) {
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(result.getMetaData().getColumnName(i));
                }
            }
            Database.execute(empty, "deallocate " + ReadyTest.PREPARED);
        } catch (SQLException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD,
                    test.file() + line(e) + ": the test of " + control.id() + " cannot run: " + words(e) + ".",
                    "Correct the query; the tables' columns are shown by 'tickmark show tables'.",
                    e);
        }
        for (String needed : List.of("scope_id", "row_key", "outcome", "reason")) {
            if (Collections.frequency(columns, needed) != 1) {
                throw TickmarkException.notUnderstood(
                        test.file() + ": the test of " + control.id() + " gives no single column '" + needed + "', but "
                                + columns + ".",
                        "Select scope_id, row_key, outcome, reason and, if wanted, observation.");
            }
        }
        for (String given : columns) {
            if (!List.of("scope_id", "row_key", "outcome", "reason", "observation")
                    .contains(given)) {
                throw TickmarkException.notUnderstood(
                        test.file() + ": the test of " + control.id() + " gives a column '" + given
                                + "', which no finding has.",
                        "Select scope_id, row_key, outcome, reason and, if wanted, observation.");
            }
        }
        return columns;
    }

    /** The driver says {@code LINE 3:} and counts our own first line. */
    private static String line(SQLException e) {
        for (String line : Database.lines(e)) {
            if (line.matches("LINE [0-9]+:.*")) {
                int number = Integer.parseInt(line.substring(5, line.indexOf(':')));
                return ", line " + Math.max(1, number - 1);
            }
        }
        return "";
    }

    private static String words(SQLException e) {
        return Database.firstLine(e).replaceFirst("[.!]$", "");
    }
}
