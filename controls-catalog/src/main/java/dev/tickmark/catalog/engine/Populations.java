package dev.tickmark.catalog.engine;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The populations of a run, as its {@code completeness.csv} lists them: these files are read, and no others. */
final class Populations {
    static final String TABLE = "tickmark_population";
    static final String RUNS = "tickmark_run";
    private static final String FILE = "1-evidence/completeness.csv";
    private static final String RUNS_FILE = "runs.csv";
    private static final String FOLDER = "1-evidence/[a-z0-9._-]{1,64}/[a-z0-9._-]{1,70}";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final Map<String, TableDefinition> definitions;
    private final List<Population> all;
    private final Map<String, List<Population>> byTable;
    private final Map<String, TableFiles> files = new ConcurrentHashMap<>();
    private final Map<String, List<Column>> schemas = new ConcurrentHashMap<>();
    private final long runs;

    private Populations(Path root, Map<String, TableDefinition> definitions, List<Population> all, long runs) {
        this.root = root;
        this.definitions = definitions;
        this.runs = runs;
        this.all = Collections.unmodifiableList(all);
        this.byTable = all.stream().collect(groupingBy(Population::table));
    }

    /**
     * Reads the list.
     *
     * @param root the run's folder, or that of an unpacked package
     */
    static Populations read(Path root, Map<String, TableDefinition> definitions) {
        List<Population> all = new ArrayList<>();
        try (CsvReader rows = CsvReader.open(root.resolve(FILE), columns(definitions, TABLE))) {
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                all.add(population(rows, row));
            }
        }
        return new Populations(root, definitions, all, runs(root, definitions));
    }

    /** Rows of {@code runs.csv}; -1 where it is not there. */
    private static long runs(Path root, Map<String, TableDefinition> definitions) {
        Path file = root.resolve(RUNS_FILE);
        if (!Files.exists(file)) {
            return -1;
        }
        long count = 0;
        try (CsvReader rows = CsvReader.open(file, columns(definitions, RUNS))) {
            while (rows.next() != null) {
                count++;
            }
        }
        return count;
    }

    private static Population population(CsvReader rows, List<String> row) {
        String folder = row.get(rows.indexOf("folder"));
        String table = row.get(rows.indexOf("table_name"));
        if (!folder.matches(FOLDER) || folder.contains("..") || !table.matches("[a-z][a-z0-9_]{0,62}")) {
            throw TickmarkException.notVerified(
                    FILE + ", line " + rows.line() + ", names a file outside the run: '" + folder + "'.",
                    "Take the file from the run or package that it came from, unchanged.");
        }
        String items = row.get(rows.indexOf("reconciling_items"));
        return new Population(
                row.get(rows.indexOf("scope_id")),
                row.get(rows.indexOf("account_id")),
                row.get(rows.indexOf("region")),
                row.get(rows.indexOf("as_of")),
                table,
                folder,
                verdict(rows, row.get(rows.indexOf("verdict"))),
                Long.parseLong(row.get(rows.indexOf("rows"))),
                row.get(rows.indexOf("reason")),
                row.get(rows.indexOf("remedy")),
                reconcilingItems(rows, items));
    }

    private static List<String> reconcilingItems(CsvReader rows, String text) {
        List<String> keys = new ArrayList<>();
        if (!text.isEmpty()) {
            try {
                for (JsonNode item : JSON.readTree(text)) {
                    keys.add(item.isTextual() ? item.asText() : item.path("key").asText());
                }
            } catch (JsonProcessingException e) {
                throw TickmarkException.notVerified(
                        FILE + ", line " + rows.line() + ", holds reconciling items that are no list.",
                        "Take the file from the run or package that it came from, unchanged.");
            }
        }
        return keys;
    }

    private static Verdict verdict(CsvReader rows, String text) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().equals(text)) {
                return verdict;
            }
        }
        throw TickmarkException.notVerified(
                FILE + ", line " + rows.line() + ", has the verdict '" + text + "', which is none.",
                "Take the file from the run or package that it came from, unchanged.");
    }

    /** Every population that was tried, in the order of the list. */
    List<Population> all() {
        return all;
    }

    /** The populations of one table; the two tables about the run itself are always read. */
    List<Population> of(String table) {
        return byTable.getOrDefault(table, List.of());
    }

    /** Whether a table needs no collector: the list itself and the list of runs. */
    boolean ofTheRunItself(String table) {
        return table.equals(TABLE) || (table.equals(RUNS) && runs >= 0);
    }

    /** Whether such a table holds no row. */
    boolean emptyOfTheRunItself(String table) {
        return (table.equals(TABLE) && all.isEmpty()) || (table.equals(RUNS) && runs == 0);
    }

    /** The table's columns and files; none where nobody declared or collected it. */
    TableFiles files(String table) {
        return files.computeIfAbsent(table, this::read);
    }

    private TableFiles read(String table) {
        List<TableFiles.Group> groups = new ArrayList<>();
        if (table.equals(TABLE)) {
            groups.add(new TableFiles.Group(columns(definitions, table), List.of(FILE), all.size()));
        } else if (table.equals(RUNS)) {
            if (runs >= 0) {
                groups.add(new TableFiles.Group(columns(definitions, table), List.of(RUNS_FILE), runs));
            }
        } else {
            groups.addAll(groups(of(table)));
        }
        List<Column> widest = groups.isEmpty() ? columns(definitions, table) : List.of();
        for (TableFiles.Group group : groups) {
            widest = group.columns().size() > widest.size() ? group.columns() : widest;
        }
        return new TableFiles(table, widest, groups);
    }

    /** Neighbours with the same columns are one group. */
    private List<TableFiles.Group> groups(List<Population> populations) {
        List<TableFiles.Group> groups = new ArrayList<>();
        List<Column> columns = List.of();
        List<String> paths = new ArrayList<>();
        long rows = 0;
        for (Population population : populations) {
            String path = population.folder() + "/" + population.table();
            List<Column> own = columns(path, population.table());
            if (!paths.isEmpty() && !own.equals(columns)) {
                groups.add(new TableFiles.Group(columns, paths, rows));
                paths = new ArrayList<>();
                rows = 0;
            }
            columns = own;
            paths.add(path + ".csv");
            rows += population.rows();
        }
        if (!paths.isEmpty()) {
            groups.add(new TableFiles.Group(columns, paths, rows));
        }
        return groups;
    }

    /** What the file beside a table says; most say the same, and are read as JSON once. */
    private List<Column> columns(String path, String table) {
        Path schema = root.resolve(path + ".schema.json");
        if (!Files.exists(schema)) {
            return columns(definitions, table);
        }
        try {
            byte[] bytes = Files.readAllBytes(schema);
            return schemas.computeIfAbsent(
                    new String(bytes, StandardCharsets.UTF_8),
                    text -> TableSchema.read(schema.toString(), bytes).columns());
        } catch (IOException e) {
            throw Disk.unreadable(schema, e);
        }
    }

    private static List<Column> columns(Map<String, TableDefinition> definitions, String table) {
        TableDefinition definition = definitions.get(table);
        if (definition == null) {
            throw new IllegalStateException("nobody defines the table " + table);
        }
        return definition.allColumns();
    }

    /** What is said of an empty but whole table. */
    static String emptyReason(String table, Outcome outcome, String reason) {
        String whole = table + " holds no row in this scope and was read to its end: " + outcome.printed()
                + ", as the control says of an empty population.";
        return reason.isEmpty() ? whole : whole + " " + reason;
    }
}
