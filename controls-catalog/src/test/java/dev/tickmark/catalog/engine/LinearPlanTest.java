package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A test that compares every row of a table with every row of another takes hours over an estate where it took
 * milliseconds over a sample. No plan of a built-in test does so.
 */
class LinearPlanTest {
    private static final Map<String, TableDefinition> TABLES =
            AssessmentRequest.byName(Tables.builtIn().all());

    @Test
    void noBuiltInTestJoinsEveryRowWithEveryRow() throws SQLException {
        List<String> quadratic = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            for (TableDefinition table : TABLES.values()) {
                Database.execute(connection, new TableFiles(table.name(), table.allColumns(), List.of()).create());
                rows(connection, table);
            }
            // GOV-008 compares runs with the first one, a single row
            List<Control> controls = Catalog.builtIn().controls().stream()
                    .filter(control -> !control.id().equals("GOV-008"))
                    .toList();
            for (ReadyTest test : TestCheck.ready(TABLES, controls, List.of())) {
                Database.execute(connection, test.prepare());
                String plan = plan(connection, "explain " + test.execute());
                Database.execute(connection, "deallocate " + ReadyTest.PREPARED);
                if (plan.contains("NESTED_LOOP_JOIN") || plan.contains("BLOCKWISE_NL_JOIN")) {
                    quadratic.add(test.control().id());
                }
            }
        }

        assertThat(quadratic).isEmpty();
    }

    /** Some thousand rows, so that the planner takes the table for one that matters. */
    private static void rows(Connection connection, TableDefinition table) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (Column column : table.allColumns()) {
            cells.add(
                    switch (column.type()) {
                        case TEXT -> "concat('x', range)";
                        case JSON -> "'[]'";
                        case INTEGER -> "range";
                        case BOOLEAN -> "range % 2 = 0";
                        case INSTANT -> "timestamp '2026-11-23 02:00:00' - to_hours(range)";
                        case DATE -> "date '2026-11-23' - cast(range % 700 as integer)";
                    });
        }
        Database.execute(
                connection,
                "insert into " + Sql.name(table.name()) + " select " + String.join(", ", cells) + " from range(5000)");
    }

    private static String plan(Connection connection, String sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                plan.append(result.getString(2));
            }
        }
        return plan.toString();
    }
}
