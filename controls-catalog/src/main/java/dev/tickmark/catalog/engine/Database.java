package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.TickmarkException;
import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * The populations of a run, read once into a database file; each test then gets a fresh database of its own that sees
 * them read-only, reaches no file and cannot change its settings.
 */
final class Database implements Closeable {
    private static final String SNAPSHOT = "evidence";

    private final Path file;
    private final Path spill;
    private final Limits limits;

    /**
     * @param scratch a folder of the run that is deleted afterwards
     */
    Database(Path scratch, Limits limits) {
        this.file = scratch.resolve("evidence.duckdb");
        this.spill = scratch.resolve("spill");
        this.limits = limits;
    }

    /** The settings that come first, before anything is read. */
    static List<String> settings(Limits limits) {
        return List.of(
                "set threads = 1",
                "set memory_limit = " + Sql.literal(limits.memory()),
                "set autoinstall_known_extensions = false",
                "set autoload_known_extensions = false",
                "set allow_community_extensions = false",
                "set TimeZone = 'UTC'");
    }

    /** The settings that come last, before the test. */
    static List<String> lock() {
        return List.of("set enable_external_access = false", "set lock_configuration = true");
    }

    /**
     * Loads tables.
     *
     * @param root where their files are
     * @param shuffle stirs the rows, to show that a test does not depend on their order
     * @throws TickmarkException NOT_VERIFIED where a file is not what the list of populations says
     */
    void load(Path root, Collection<TableFiles> tables, OptionalInt shuffle) {
        try (Connection connection = connect("jdbc:duckdb:" + file)) {
            for (TableFiles table : tables) {
                execute(connection, table.create());
                try {
                    for (String statement : table.fill(
                            path -> root.resolve(path).toAbsolutePath().toString())) {
                        execute(connection, statement);
                    }
                } catch (SQLException e) {
                    throw new TickmarkException(
                            TickmarkException.Kind.NOT_VERIFIED,
                            "The table " + table.table() + " cannot be read as its schema says: " + firstLine(e) + ".",
                            "Collect again: its CSV is not what was collected.",
                            e);
                }
                count(connection, table);
                if (shuffle.isPresent()) {
                    String name = Sql.name(table.table());
                    execute(
                            connection,
                            "create or replace table " + name + " as select * from " + name
                                    + " order by md5(concat(scope_id, '/', row_key, '/', " + shuffle.getAsInt() + "))");
                }
            }
            execute(connection, "checkpoint");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void count(Connection connection, TableFiles table) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select count(*) from " + Sql.name(table.table()));
                ResultSet result = statement.executeQuery()) {
            result.next();
            long rows = result.getLong(1);
            if (rows != table.rows()) {
                throw TickmarkException.notVerified(
                        "The table " + table.table() + " has " + rows + " rows, and completeness.csv says "
                                + table.rows() + ".",
                        "Collect again: a file of this run is not what was collected.");
            }
        }
    }

    /** A fresh, locked database that sees the loaded tables; the caller closes it. */
    Connection open() throws SQLException {
        Connection connection = connect("jdbc:duckdb:");
        try {
            execute(connection, "attach " + Sql.literal(file.toString()) + " as " + SNAPSHOT + " (read_only)");
            execute(connection, "use " + SNAPSHOT);
            for (String statement : lock()) {
                execute(connection, statement);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A table as another connection to the same database names it. */
    static String qualified(String table) {
        return SNAPSHOT + ".main." + Sql.name(table);
    }

    private Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        Connection connection = DriverManager.getConnection(url, properties);
        try {
            List<String> settings = new ArrayList<>(settings(limits));
            settings.add("set temp_directory = " + Sql.literal(spill.toString()));
            settings.add("set max_temp_directory_size = " + Sql.literal(limits.spill()));
            for (String statement : settings) {
                execute(connection, statement);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** By a prepared statement: the driver's plain statements lose the text of an error. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    static String firstLine(SQLException e) {
        String message = e.getMessage();
        return message == null ? "no reason given" : message.lines().findFirst().orElse("no reason given");
    }

    static List<String> lines(SQLException e) {
        String message = e.getMessage();
        return message == null ? Collections.emptyList() : message.lines().toList();
    }

    @Override
    public void close() {
        // every connection is closed by who opened it; the scratch folder goes as a whole
    }
}
