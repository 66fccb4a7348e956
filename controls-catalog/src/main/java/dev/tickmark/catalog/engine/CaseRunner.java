package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.declared.Acceptance;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.catalog.declared.Item;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Runs a control's case, a folder with a few rows and the findings that are expected of them, through the real engine:
 * with the rows in order, and with the rows stirred.
 */
public final class CaseRunner {
    private static final String EXPECTED = "expected.csv";
    private static final int STIRRED = 1;

    private final Map<String, TableDefinition> tables;
    private final Map<String, List<ReadyTest>> ready = new ConcurrentHashMap<>();

    public CaseRunner(Map<String, TableDefinition> tables) {
        this.tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }

    /**
     * Runs one case.
     *
     * @param scratch an empty folder to work in
     * @return what differs from what was expected, in sentences; empty where nothing does
     * @throws IllegalArgumentException for a case that names a table or column which does not exist
     */
    public List<String> run(Control control, Path caseFolder, Path scratch) {
        return run(control, caseFolder, scratch, STIRRED);
    }

    /** The same with the rows in order, and then stirred as often as said. */
    List<String> run(Control control, Path caseFolder, Path scratch, int stirred) {
        Estate estate = estate(control, caseFolder);
        List<Map<String, String>> expected = read(caseFolder.resolve(EXPECTED));
        List<String> differences = new ArrayList<>();
        List<Map<String, String>> first = List.of();
        for (int i = 0; i <= stirred; i++) {
            Path root = scratch.resolve("run-" + i);
            estate.write(root);
            AssessmentRequest request = request(control, caseFolder, root);
            Assessment.run(request, i == 0 ? OptionalInt.empty() : OptionalInt.of(i), ready(control, request));
            List<Map<String, String>> findings = canonical(root.resolve("2-findings/findings.csv"), Finding.COLUMNS);
            if (i == 0) {
                first = findings;
                differences.addAll(differences(expected, findings, root));
            } else if (!findings.equals(first)) {
                differences.add("the findings are others when the rows come in another order");
            }
        }
        return Collections.unmodifiableList(differences);
    }

    /** A control has many cases, and its query is read and planned once for all that have the same thresholds. */
    private List<ReadyTest> ready(Control control, AssessmentRequest request) {
        String sql = control.test().map(test -> test.sql()).orElse("");
        return ready.computeIfAbsent(
                control.id() + "\0" + sql + "\0" + request.overrides(),
                key -> TestCheck.ready(tables, List.of(control), request.overrides()));
    }

    private AssessmentRequest request(Control control, Path caseFolder, Path root) {
        return new AssessmentRequest(
                root,
                root.resolve("2-findings"),
                Catalog.of(List.of(), List.of(control)),
                tables,
                List.of(),
                "example",
                Instant.parse(Estate.AS_OF),
                read(caseFolder.resolve("parameters.csv")).stream()
                        .map(row -> new ParameterOverride(
                                control.id(), cell(row, "name"), cell(row, "value"), cell(row, "policy")))
                        .toList(),
                Declared.nothing()
                        .accepting(read(caseFolder.resolve("acceptances.csv")).stream()
                                .map(row -> new Acceptance(
                                        cell(row, "acceptance_id"),
                                        control.id(),
                                        "alice",
                                        "bob",
                                        "accepted in this case",
                                        "none",
                                        LocalDate.EPOCH,
                                        LocalDate.parse(cell(row, "expires_on")),
                                        List.of(new Item(scope(control, row), "", cell(row, "row_key")))))
                                .toList()),
                Limits.usual());
    }

    private static String scope(Control control, Map<String, String> row) {
        String stated = cell(row, "scope_id");
        return stated.isEmpty() ? Estate.usualScope(control.test().orElseThrow().mainTable()) : stated;
    }

    private Estate estate(Control control, Path caseFolder) {
        Estate estate = new Estate(tables);
        try (Stream<Path> files = Files.list(caseFolder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                String table = name.replaceFirst("\\.csv$", "");
                if (!List.of(EXPECTED, "population.csv", "parameters.csv", "acceptances.csv")
                        .contains(name)) {
                    if (!tables.containsKey(table) || table.equals(Populations.TABLE)) {
                        throw new IllegalArgumentException(file + ": no table of a case is called " + table);
                    }
                    List<Map<String, String>> rows = read(file);
                    rows.forEach(row -> estate.row(table, row));
                    if (rows.isEmpty()) {
                        estate.populationIfAbsent(table, Estate.usualScope(table));
                    }
                }
            }
        } catch (IOException e) {
            throw Disk.unreadable(caseFolder, e);
        }
        for (String table : control.evidence()) {
            if (!estate.has(table) && !table.equals(Populations.TABLE)) {
                estate.populationIfAbsent(table, Estate.usualScope(table));
            }
        }
        for (Map<String, String> row : read(caseFolder.resolve("population.csv"))) {
            String table = cell(row, "table_name");
            if (cell(row, "verdict").equals("NONE")) {
                estate.without(table);
            } else {
                String scopeId = cell(row, "scope_id");
                estate.population(table, scopeId.isEmpty() ? Estate.usualScope(table) : scopeId, row);
            }
        }
        return estate;
    }

    private static List<String> differences(
            List<Map<String, String>> expected, List<Map<String, String>> findings, Path root) {
        List<String> differences = new ArrayList<>();
        List<Map<String, String>> rest = new ArrayList<>(findings);
        for (Map<String, String> wanted : expected) {
            String key = cell(wanted, "row_key");
            if (key.equals("*")) {
                String outcome = canonical(root.resolve("2-findings/controls.csv"), Results.CONTROLS).stream()
                        .map(row -> cell(row, "outcome"))
                        .findFirst()
                        .orElse("none");
                if (!outcome.equals(cell(wanted, "outcome"))) {
                    differences.add("the control is " + outcome + ", expected is " + cell(wanted, "outcome"));
                }
                continue;
            }
            List<Map<String, String>> found = rest.stream()
                    .filter(each -> cell(each, "row_key").equals(key))
                    .filter(each -> cell(wanted, "scope_id").isEmpty()
                            || cell(wanted, "scope_id").equals(cell(each, "scope_id")))
                    .toList();
            if (found.size() != 1) {
                differences.add("'" + key + "' has " + found.size() + " findings, expected is one");
            }
            if (!found.isEmpty()) {
                rest.remove(found.get(0));
                difference(wanted, found.get(0), differences);
            }
        }
        rest.forEach(each -> differences.add("'" + cell(each, "row_key") + "' in " + cell(each, "scope_id") + " is "
                + cell(each, "outcome") + " (" + cell(each, "reason") + "), and nothing is expected of it"));
        return differences;
    }

    private static void difference(Map<String, String> wanted, Map<String, String> found, List<String> differences) {
        String key = "'" + cell(wanted, "row_key") + "'";
        if (!cell(found, "outcome").equals(cell(wanted, "outcome"))) {
            differences.add(key + " is " + cell(found, "outcome") + " (" + cell(found, "reason") + "), expected is "
                    + cell(wanted, "outcome"));
        }
        for (String column : List.of("reason", "observation", "acceptance_id")) {
            if (!cell(found, column).contains(cell(wanted, column))) {
                differences.add(key + " has the " + column + " '" + cell(found, column) + "', which does not contain '"
                        + cell(wanted, column) + "'");
            }
        }
    }

    private static String cell(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    private static List<Map<String, String>> canonical(Path file, List<Column> columns) {
        List<Map<String, String>> rows = new ArrayList<>();
        try (CsvReader reader = CsvReader.open(file, columns)) {
            for (List<String> cells = reader.next(); cells != null; cells = reader.next()) {
                Map<String, String> row = new TreeMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.put(columns.get(i).name(), cells.get(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** The light form; a file that is not there has no rows. */
    private static List<Map<String, String>> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        CSVFormat light = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .setIgnoreEmptyLines(true)
                .get();
        List<Map<String, String>> rows = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            for (CSVRecord record : light.parse(reader)) {
                if (!record.isConsistent()) {
                    throw new IllegalArgumentException(file + ": row " + record.getRecordNumber() + " has "
                            + record.size() + " cells, and its header has another number");
                }
                rows.add(new TreeMap<>(record.toMap()));
            }
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
        return rows;
    }
}
