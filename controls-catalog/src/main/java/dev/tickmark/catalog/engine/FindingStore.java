package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.csv.CsvWriter;
import java.io.Closeable;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Findings on their way to the CSV: in a database file, so that memory does not grow with them. */
final class FindingStore implements Closeable {
    private static final List<String> COLUMNS =
            Finding.COLUMNS.stream().map(column -> column.name()).toList();

    private final DuckDBConnection connection;
    private @Nullable DuckDBAppender appender;

    FindingStore(Database database, Path scratch) {
        try {
            connection = database.results(scratch.resolve("findings.duckdb")).unwrap(DuckDBConnection.class);
            Database.execute(connection, "create table finding (" + String.join(" varchar, ", COLUMNS) + " varchar)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(Finding finding) {
        try {
            if (appender == null) {
                appender = connection.createAppender("main", "finding");
            }
            appender.beginRow();
            appender.append(finding.controlId());
            appender.append(finding.testId());
            appender.append(String.valueOf(finding.testVersion()));
            appender.append(finding.mainTable());
            appender.append(finding.scopeId());
            appender.append(finding.accountId());
            appender.append(finding.region());
            appender.append(finding.rowKey());
            appender.append(finding.outcome().name());
            appender.append(finding.reason());
            appender.append(finding.observation());
            appender.append(finding.acceptanceId());
            appender.endRow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes back everything that a control said. */
    void forget(String controlId) {
        flush();
        try (PreparedStatement statement = connection.prepareStatement("delete from finding where control_id = ?")) {
            statement.setString(1, controlId);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * How often each outcome stands among a control's findings, and in how many scopes.
     *
     * @param scopesIncomplete scopes in which evidence of the control was not whole
     */
    record Tally(Map<Outcome, Long> outcomes, long scopes, long scopesIncomplete) {
        Tally {
            outcomes = new EnumMap<>(outcomes);
        }

        long count(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0L);
        }

        long items() {
            return outcomes.values().stream().mapToLong(Long::longValue).sum();
        }

        /** The worst outcome; a control without any finding was not evaluated. */
        Outcome worst() {
            for (Outcome outcome : Outcome.values()) {
                if (count(outcome) > 0) {
                    return outcome;
                }
            }
            return Outcome.NOT_EVALUATED;
        }
    }

    Tally tally(String controlId) {
        flush();
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        try (PreparedStatement statement = connection.prepareStatement(
                "select outcome, count(*) from finding where control_id = ? group by outcome")) {
            statement.setString(1, controlId);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    outcomes.put(Outcome.valueOf(result.getString(1)), result.getLong(2));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        long scopes = scopes("control_id = ?", controlId);
        return new Tally(
                outcomes,
                scopes,
                scopes(
                        "control_id = ? and outcome = 'NOT_EVALUATED' and starts_with(row_key, '"
                                + Population.marker("") + "')",
                        controlId));
    }

    private long scopes(String condition, String controlId) {
        try (PreparedStatement statement =
                connection.prepareStatement("select count(distinct scope_id) from finding where " + condition)) {
            statement.setString(1, controlId);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes all findings, sorted by scope, key and test in UTF-8 byte order. */
    void write(Path file) {
        flush();
        try (CsvWriter writer = new CsvWriter(file, "findings", Finding.COLUMNS);
                PreparedStatement statement = connection.prepareStatement("select * from finding"
                        + " order by scope_id, row_key, test_id, outcome, reason, observation, acceptance_id");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                List<String> row = new ArrayList<>(COLUMNS.size());
                for (int i = 1; i <= COLUMNS.size(); i++) {
                    row.add(result.getString(i));
                }
                writer.row(row);
            }
            writer.finish();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void flush() {
        DuckDBAppender open = appender;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            appender = null;
        }
    }

    @Override
    public void close() {
        flush();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
