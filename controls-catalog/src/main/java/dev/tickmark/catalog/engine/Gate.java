package dev.tickmark.catalog.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.ControlTest;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.yaml.Nearest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a test's query as the database's own parser reads it, and lets it pass only if it is one {@code select} whose
 * every part is known: tables among the control's evidence, functions on the list, no clock, no chance, no recursion.
 *
 * <p>The database's lock-down stops files and settings; it does not stop {@code now()}, a second statement or a table
 * that was replaced. What this class does not know, it refuses.
 */
final class Gate implements AutoCloseable {
    private static final Set<String> NODES = Set.of("SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE");
    private static final Set<String> SOURCES =
            Set.of("BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY");
    private static final Set<String> EXPRESSIONS = Set.of(
            "COLUMN_REF",
            "CONSTANT",
            "FUNCTION",
            "OPERATOR",
            "COMPARISON",
            "CONJUNCTION",
            "BETWEEN",
            "CASE",
            "CAST",
            "SUBQUERY",
            "STAR",
            "PARAMETER",
            "WINDOW",
            "LAMBDA",
            "COLLATE",
            "POSITIONAL_REFERENCE");
    private static final Set<String> JOINS = Set.of("REGULAR", "NATURAL", "CROSS", "ASOF");
    private static final int LONGEST_SERIES = 100_000;
    /** One row per population that was tried; every test may read it. */
    private static final String POPULATION = "tickmark_population";

    private final ObjectMapper json = new ObjectMapper();
    private final Connection database;

    Gate() {
        try {
            database = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A query that may run.
     *
     * @param sql without a final semicolon
     * @param parameters the names behind {@code $}, each of which the control declares
     */
    record Passed(String sql, Set<String> parameters) {
        Passed {
            parameters = Collections.unmodifiableSet(new TreeSet<>(parameters));
        }
    }

    /**
     * Checks the query and its parameters against the control.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming the control, the file and, where there is one, the line
     */
    Passed pass(Control control, ControlTest test) {
        String sql = Sql.single(test.file(), test.sql());
        JsonNode tree = parse(control, test, sql);
        Set<String> tables = new TreeSet<>(control.evidence());
        tables.addAll(control.registers());
        tables.add(POPULATION);
        Walk walk = new Walk(control, test, sql, tables);
        walk.query(tree, new TreeSet<>());
        List<String> declared =
                control.parameters().stream().map(each -> each.name()).toList();
        for (String used : walk.parameters) {
            if (!declared.contains(used)) {
                throw walk.refused(
                        sql.indexOf("$" + used),
                        "the parameter $" + used + " is not declared",
                        Nearest.of(used, declared)
                                .map(near -> "Did you mean '$" + near + "'?")
                                .orElse("Add it under 'parameters' in " + control.file() + "."));
            }
        }
        for (String name : declared) {
            if (!walk.parameters.contains(name)) {
                throw TickmarkException.notUnderstood(
                        control.file() + ", key 'parameters." + name + "': the query of " + control.id()
                                + " does not use $" + name + ".",
                        "Use it in " + test.file() + ", or take it out.");
            }
        }
        return new Passed(sql, walk.parameters);
    }

    private JsonNode parse(Control control, ControlTest test, String sql) {
        try (PreparedStatement statement = database.prepareStatement("select json_serialize_sql(?::varchar)")) {
            statement.setString(1, sql);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                JsonNode answer = json.readTree(result.getString(1));
                if (answer.path("error").asBoolean(true)) {
                    throw refused(
                            control,
                            test,
                            sql,
                            answer.path("position").asInt(-1),
                            "it is not one select: "
                                    + firstLine(answer.path("error_message").asText("")),
                            "Write a single select, or with … select.");
                }
                JsonNode statements = answer.path("statements");
                if (statements.size() != 1) {
                    throw refused(
                            control,
                            test,
                            sql,
                            -1,
                            "it holds " + statements.size() + " statements",
                            "Write one select.");
                }
                return statements.get(0).path("node");
            }
        } catch (SQLException e) {
            throw refused(
                    control, test, sql, -1, "it is not one select: " + Database.firstLine(e), "Write one select.");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    private static TickmarkException refused(
            Control control, ControlTest test, String sql, int position, String problem, String remedy) {
        String line = position < 0 || position > sql.length()
                ? ""
                : ", line "
                        + (1
                                + sql.substring(0, position)
                                        .chars()
                                        .filter(c -> c == '\n')
                                        .count());
        return TickmarkException.notUnderstood(
                test.file() + line + ": the test of " + control.id() + " is refused, since " + problem + ".", remedy);
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One way through one query's tree. */
    private static final class Walk {
        private final Control control;
        private final ControlTest test;
        private final String sql;
        private final Set<String> tables;
        private final Set<String> parameters = new TreeSet<>();

        Walk(Control control, ControlTest test, String sql, Set<String> tables) {
            this.control = control;
            this.test = test;
            this.sql = sql;
            this.tables = tables;
        }

        TickmarkException refused(int position, String problem, String remedy) {
            return Gate.refused(control, test, sql, position, problem, remedy);
        }

        TickmarkException refused(JsonNode node, String problem, String remedy) {
            long position = node.path("query_location").asLong(-1);
            return refused(position > sql.length() ? -1 : (int) position, problem, remedy);
        }

        /** A select, a union of selects, or a select with names before it; {@code known} are the names it may use. */
        void query(JsonNode node, Set<String> known) {
            String type = node.path("type").asText();
            if (type.equals("RECURSIVE_CTE_NODE")) {
                throw refused(node, "it is recursive", "Write it without 'recursive'.");
            }
            if (!NODES.contains(type)) {
                throw refused(node, "it holds a part of the kind " + type, "Write a plain select.");
            }
            Set<String> names = new TreeSet<>(known);
            for (JsonNode entry : node.path("cte_map").path("map")) {
                String name = lower(entry.path("key"));
                if (tables.contains(name)) {
                    throw refused(node, "it replaces the table " + name, "Give the 'with' part another name.");
                }
                query(entry.path("value").path("query").path("node"), names);
                names.add(name);
            }
            node.properties().forEach(field -> {
                if (!field.getKey().equals("cte_map")) {
                    part(field.getValue(), names);
                }
            });
            if (type.equals("SELECT_NODE") && !node.path("sample").isNull()) {
                throw refused(node, "it takes a sample", "Test every row.");
            }
        }

        private void part(JsonNode node, Set<String> names) {
            if (node.isArray()) {
                node.forEach(each -> part(each, names));
                return;
            }
            if (!node.isObject()) {
                return;
            }
            String type = node.path("type").asText();
            if (node.has("cte_map")) {
                query(node, names);
                return;
            }
            if (node.has("class")) {
                expression(node);
            } else if (node.has("sample")) {
                source(node, type, names);
                if (type.equals("TABLE_FUNCTION")) {
                    part(node.path("function").path("children"), names);
                    return;
                }
            } else if (type.equals("LIMIT_MODIFIER") || type.equals("LIMIT_PERCENT_MODIFIER")) {
                throw refused(node, "it has a limit", "Test every row; for the newest of a kind use row_number().");
            } else if (type.equals("DISTINCT_MODIFIER")
                    && !node.path("distinct_on_targets").isEmpty()) {
                throw refused(node, "it uses 'distinct on'", "Use row_number() over (partition by … order by …).");
            }
            node.properties().forEach(field -> part(field.getValue(), names));
        }

        private void source(JsonNode node, String type, Set<String> names) {
            if (!SOURCES.contains(type)) {
                throw refused(node, "it reads from a " + type, "Read from tables, joins and selects.");
            }
            if (!node.path("sample").isNull()) {
                throw refused(node, "it takes a sample", "Test every row.");
            }
            switch (type) {
                case "BASE_TABLE" -> table(node, names);
                case "TABLE_FUNCTION" -> tableFunction(node.path("function"));
                case "JOIN" -> {
                    if (!JOINS.contains(node.path("ref_type").asText())) {
                        throw refused(node, "it joins by the order of rows", "Join on columns that both tables have.");
                    }
                }
                default -> {
                    // what is inside is looked at like everything else
                }
            }
        }

        private void table(JsonNode node, Set<String> names) {
            String name = lower(node.path("table_name"));
            boolean plain = node.path("schema_name").asText().isEmpty()
                    && node.path("catalog_name").asText().isEmpty()
                    && node.path("at_clause").isNull();
            if (plain && (names.contains(name) || tables.contains(name))) {
                return;
            }
            throw refused(
                    node,
                    "it reads '" + name + "', which is not evidence of " + control.id(),
                    Nearest.of(name, tables)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Add it under 'evidence' or 'registers' in " + control.file() + "."));
        }

        private void tableFunction(JsonNode function) {
            String name = lower(function.path("function_name"));
            if (!Functions.allowedTable(name)) {
                throw refused(function, "it calls the table function " + name, "Read from tables and from unnest().");
            }
            if (!name.equals("unnest")) {
                for (JsonNode argument : function.path("children")) {
                    JsonNode value = argument.path("value").path("value");
                    if (!argument.path("class").asText().equals("CONSTANT")
                            || !value.isIntegralNumber()
                            || Math.abs(value.asLong()) > LONGEST_SERIES) {
                        throw refused(
                                function,
                                "a series has a bound that is no whole number up to " + LONGEST_SERIES,
                                "Write its bounds as such numbers.");
                    }
                }
            }
        }

        private void expression(JsonNode node) {
            String kind = node.path("class").asText();
            if (!EXPRESSIONS.contains(kind)) {
                throw refused(node, "it holds an expression of the kind " + kind, "Write it with known functions.");
            }
            switch (kind) {
                case "FUNCTION" -> function(node);
                case "WINDOW" -> window(node);
                case "PARAMETER" -> {
                    String name = node.path("identifier").asText();
                    if (!name.matches("[a-z][a-z0-9_]*")) {
                        throw refused(node, "it has a parameter without a name", "Write parameters as $max_age_days.");
                    }
                    parameters.add(name);
                }
                case "COLUMN_REF" -> {
                    String name = lower(node.path("column_names").path(0));
                    if (node.path("column_names").size() == 1 && Functions.dependsOnTheDay(name)) {
                        throw refused(
                                node, name + " is another one on another day", "Measure from the row's own as_of.");
                    }
                }
                default -> {
                    // what is inside is looked at like everything else
                }
            }
        }

        private void function(JsonNode node) {
            String name = lower(node.path("function_name"));
            boolean table = node.path("schema").asText().isEmpty()
                    || node.path("schema").asText().equals("main");
            if (!Functions.allowed(name)
                    || !table
                    || !node.path("catalog").asText().isEmpty()) {
                throw refused(
                        node,
                        "the function " + name + " is not on the list of those that a test may use",
                        "Use a function that gives the same for the same rows on every day and machine.");
            }
            if (Functions.ordered(name) && node.path("order_bys").path("orders").isEmpty()) {
                throw refused(
                        node,
                        name + " has no order of its own",
                        "Write " + name + "(x order by x), so that it has one.");
            }
        }

        private void window(JsonNode node) {
            String name = lower(node.path("function_name"));
            if (!Functions.allowed(name)) {
                throw refused(
                        node,
                        "the function " + name + " is not on the list of those that a test may use",
                        "Use a function that gives the same for the same rows on every day and machine.");
            }
            if ((Functions.orderedWindow(name) || Functions.ordered(name))
                    && node.path("orders").isEmpty()) {
                throw refused(node, name + " has no order", "Write over (partition by … order by …).");
            }
        }

        private static String lower(JsonNode node) {
            return node.asText().toLowerCase(Locale.ROOT);
        }
    }
}
