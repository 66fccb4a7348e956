package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.csv.SortedCsv;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A run folder made from a few rows, as cases and tests need one. */
final class Estate {
    static final String AS_OF = "2026-11-23T02:00:00Z";

    private final Map<String, TableDefinition> tables;
    private final Map<String, List<Map<String, String>>> rows = new TreeMap<>();
    private final Map<String, Map<String, String>> populations = new TreeMap<>();

    Estate(Map<String, TableDefinition> tables) {
        this.tables = tables;
    }

    /** Where a table's rows are from unless they say it. */
    static String usualScope(String table) {
        if (table.equals(Populations.RUNS)) {
            return "tickmark";
        }
        return table.startsWith("aws_") ? "aws_111122223333_global" : "declared_files_global";
    }

    /** A row; leading columns that are left out are filled, others are empty. */
    Estate row(String table, Map<String, String> cells) {
        Map<String, String> row = new TreeMap<>(cells);
        row.putIfAbsent("scope_id", usualScope(table));
        rows.computeIfAbsent(table + "@" + row.get("scope_id"), key -> new ArrayList<>())
                .add(row);
        populationIfAbsent(table, row.getOrDefault("scope_id", ""));
        return this;
    }

    /** A population that was read whole, with the rows given, unless something else is said of it. */
    Estate populationIfAbsent(String table, String scopeId) {
        populations.computeIfAbsent(table + "@" + scopeId, key -> new TreeMap<>());
        return this;
    }

    /** What {@code completeness.csv} says, column by column. */
    Estate population(String table, String scopeId, Map<String, String> cells) {
        populations.put(table + "@" + scopeId, new TreeMap<>(cells));
        return this;
    }

    /** Nobody tried to read it, whatever rows were given. */
    Estate without(String table) {
        populations.keySet().removeIf(key -> key.startsWith(table + "@"));
        rows.keySet().removeIf(key -> key.startsWith(table + "@"));
        return this;
    }

    boolean has(String table) {
        return populations.keySet().stream().anyMatch(key -> key.startsWith(table + "@"));
    }

    /** Writes {@code 1-evidence} and, where there are rows of it, {@code runs.csv}. */
    void write(Path root) {
        try {
            Path evidence = Files.createDirectories(root.resolve("1-evidence"));
            TableDefinition list = tables.getOrDefault(Populations.TABLE, tables.get(Populations.TABLE));
            if (list == null) {
                throw new IllegalStateException("nobody defines " + Populations.TABLE);
            }
            try (SortedCsv csv = new SortedCsv(list, evidence.resolve("completeness.csv"), root.resolve(scratch()))) {
                for (Map.Entry<String, Map<String, String>> population : populations.entrySet()) {
                    String table =
                            population.getKey().substring(0, population.getKey().indexOf('@'));
                    String scopeId = population.getKey().substring(table.length() + 1);
                    List<Map<String, String>> own = rows.getOrDefault(population.getKey(), List.of());
                    if (table.equals(Populations.RUNS)) {
                        table(table, own, root.resolve("runs.csv"), root);
                    } else {
                        String folder = "1-evidence/" + scopeId + "/estate";
                        Files.createDirectories(root.resolve(folder));
                        table(table, own, root.resolve(folder).resolve(table + ".csv"), root);
                        csv.add(cells(list, line(table, scopeId, folder, own.size(), population.getValue())));
                    }
                }
                csv.finish();
            }
            Disk.deleteTree(root.resolve(scratch()));
        } catch (IOException e) {
            throw Disk.unwritable(root, e);
        }
    }

    private static String scratch() {
        return Disk.UNPUBLISHED + "estate";
    }

    private void table(String name, List<Map<String, String>> own, Path file, Path root) {
        TableDefinition table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no table is called " + name);
        }
        try (SortedCsv csv = new SortedCsv(table, file, root.resolve(scratch()))) {
            own.forEach(row -> csv.add(cells(table, row)));
            csv.finish();
        }
    }

    private static Map<String, String> line(
            String table, String scopeId, String folder, int rows, Map<String, String> said) {
        Map<String, String> line = new TreeMap<>(said);
        boolean empty = rows == 0;
        line.put("scope_id", scopeId);
        line.put("row_key", scopeId + "/" + table);
        line.put("table_name", table);
        line.put("folder", folder);
        line.put("rows", String.valueOf(rows));
        line.putIfAbsent("attempt", "1");
        line.putIfAbsent("verdict", empty ? "EMPTY_PROVEN" : "COMPLETE");
        line.putIfAbsent("basis", "SOURCE");
        line.putIfAbsent("reason", empty ? "the last page holds nothing" : "the last page was read");
        boolean whole = Set.of("COMPLETE", "EMPTY_PROVEN", "DISABLED").contains(line.get("verdict"));
        line.putIfAbsent("remedy", whole ? "" : "grant what is missing");
        line.putIfAbsent("equations_open", "0");
        return line;
    }

    private static List<String> cells(TableDefinition table, Map<String, String> row) {
        Map<String, String> filled = new TreeMap<>(row);
        String scopeId = filled.getOrDefault("scope_id", "");
        String[] parts = scopeId.split("_", -1);
        filled.putIfAbsent("account_id", parts.length > 1 ? parts[1] : scopeId);
        filled.putIfAbsent("region", parts.length > 2 ? parts[parts.length - 1] : "global");
        filled.putIfAbsent("as_of", AS_OF);
        List<String> cells = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        table.allColumns().forEach(column -> {
            cells.add(filled.getOrDefault(column.name(), ""));
            names.add(column.name());
        });
        for (String name : row.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(table.name() + " has no column " + name);
            }
        }
        return cells;
    }
}
