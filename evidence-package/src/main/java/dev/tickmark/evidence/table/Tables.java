package dev.tickmark.evidence.table;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables that Tickmark knows, in the order of their names: {@code tables/index.txt} lists them. */
public final class Tables {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final Set<String> TABLE_KEYS =
            Set.of("table", "version", "title", "row_is", "key", "source", "columns", "equations");
    private static final Set<String> COLUMN_KEYS =
            Set.of("name", "type", "unit", "description", "sentinels", "sensitivity");
    private static final Set<String> EQUATION_KEYS = Set.of(
            "where",
            "distinct",
            "with",
            "table",
            "column",
            "other_where",
            "plus",
            "second_count",
            "key_column",
            "reconcile_created");

    private final Map<String, TableDefinition> byName;

    private Tables(Map<String, TableDefinition> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** The built-in tables. */
    public static Tables builtIn() {
        Map<String, TableDefinition> byName = new TreeMap<>();
        for (String name : text("tables/index.txt").lines().toList()) {
            if (!name.isBlank()) {
                TableDefinition table = parse("tables/" + name + ".yaml", text("tables/" + name + ".yaml"));
                if (!table.name().equals(name)) {
                    throw new IllegalStateException("tables/" + name + ".yaml defines " + table.name());
                }
                byName.put(name, table);
            }
        }
        return new Tables(byName);
    }

    public Collection<TableDefinition> all() {
        return byName.values();
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    public TableDefinition table(String name) {
        TableDefinition table = byName.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no table is called " + name);
        }
        return table;
    }

    static TableDefinition parse(String file, String yaml) {
        try {
            JsonNode node = YAML.readTree(yaml);
            onlyKeys(file, node, TABLE_KEYS);
            List<Column> columns = new ArrayList<>();
            Set<String> names = new TreeSet<>();
            TableDefinition.LEADING.forEach(column -> names.add(column.name()));
            for (JsonNode column : node.path("columns")) {
                onlyKeys(file, column, COLUMN_KEYS);
                Column parsed = column(column);
                if (!names.add(parsed.name())) {
                    throw new IllegalArgumentException("column " + parsed.name() + " stands twice");
                }
                columns.add(parsed);
            }
            List<EquationRule> equations = new ArrayList<>();
            for (JsonNode equation : node.path("equations")) {
                onlyKeys(file, equation, EQUATION_KEYS);
                equations.add(equation(equation));
            }
            return new TableDefinition(
                    required(node, "table"),
                    node.path("version").asInt(),
                    required(node, "title"),
                    required(node, "row_is"),
                    required(node, "key"),
                    required(node, "source"),
                    columns,
                    equations);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    private static Column column(JsonNode node) {
        List<String> sentinels = new ArrayList<>();
        node.path("sentinels").forEach(sentinel -> sentinels.add(sentinel.asText()));
        return new Column(
                required(node, "name"),
                ColumnType.valueOf(required(node, "type").toUpperCase(Locale.ROOT)),
                node.path("unit").asText(""),
                required(node, "description"),
                sentinels,
                Column.Sensitivity.valueOf(
                        node.path("sensitivity").asText("none").toUpperCase(Locale.ROOT)));
    }

    private static EquationRule equation(JsonNode node) {
        return new EquationRule(
                optional(node, "where"),
                optional(node, "distinct"),
                optional(node, "with"),
                required(node, "table"),
                optional(node, "column"),
                optional(node, "other_where"),
                optional(node, "plus"),
                EquationRule.SecondCount.valueOf(required(node, "second_count").toUpperCase(Locale.ROOT)),
                optional(node, "key_column"),
                optional(node, "reconcile_created"));
    }

    private static String required(JsonNode node, String key) {
        String text = optional(node, key);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(key + " is missing in " + node);
        }
        return text;
    }

    private static @Nullable String optional(JsonNode node, String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static void onlyKeys(String file, JsonNode node, Set<String> allowed) {
        node.fieldNames().forEachRemaining(key -> {
            if (!allowed.contains(key)) {
                throw new IllegalArgumentException("unknown key " + key + " in " + file);
            }
        });
    }

    private static String text(String resource) {
        try (InputStream in = Tables.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
