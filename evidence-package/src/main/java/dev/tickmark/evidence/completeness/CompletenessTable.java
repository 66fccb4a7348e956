package dev.tickmark.evidence.completeness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.csv.CsvFacts;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.csv.SortedCsv;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code completeness.csv}, the table {@code tickmark_population}: it alone says what was read of what. */
public final class CompletenessTable {
    private static final int LEADING = TableDefinition.LEADING.size();

    private final TableDefinition table;

    public CompletenessTable(Tables tables) {
        this.table = tables.table("tickmark_population");
    }

    /** Writes the file, whole or not at all, over an earlier one of the same run. */
    public CsvFacts write(RunFolder run, List<PopulationRow> rows) {
        Path unpublished = run.evidence().resolve(Disk.UNPUBLISHED + "completeness.csv");
        try {
            Files.createDirectories(run.evidence());
            Disk.deleteTree(unpublished);
            CsvFacts written;
            try (SortedCsv csv = new SortedCsv(table, unpublished, run.scratch())) {
                rows.forEach(row -> csv.add(cells(row)));
                written = csv.finish();
            }
            Disk.replace(unpublished, run.completeness());
            return written;
        } catch (IOException e) {
            throw Disk.unwritable(run.completeness(), e);
        }
    }

    /** The rows in the order of their keys. */
    public List<PopulationRow> read(RunFolder run) {
        try (CsvReader reader = CsvReader.open(run.completeness(), table.allColumns())) {
            return read(run.completeness().toString(), reader);
        }
    }

    /**
     * Reads the bytes of a {@code completeness.csv}.
     *
     * @param name what messages call the file
     */
    public List<PopulationRow> read(String name, byte[] bytes) {
        try (CsvReader reader = new CsvReader(new ByteArrayInputStream(bytes), name, table.allColumns())) {
            return read(name, reader);
        }
    }

    private List<PopulationRow> read(String name, CsvReader reader) {
        List<PopulationRow> rows = new ArrayList<>();
        for (List<String> cells = reader.next(); cells != null; cells = reader.next()) {
            try {
                rows.add(row(name, cells));
            } catch (IllegalArgumentException | DateTimeException e) {
                throw TickmarkException.notVerified(
                        "'" + name + "' is no table as Tickmark writes it: line " + reader.line() + ": "
                                + e.getMessage() + ".",
                        "Take the file from the run or package that it came from, unchanged.");
            }
        }
        return rows;
    }

    private static List<@Nullable String> cells(PopulationRow row) {
        Completeness completeness = row.completeness();
        DenialKind denial = completeness.denial();
        List<@Nullable String> cells = new ArrayList<>(
                List.of(row.scopeId(), row.account(), row.region(), row.asOf().toString(), row.rowKey()));
        cells.add(row.table());
        cells.add(Integer.toString(row.tableVersion()));
        cells.add(row.collector());
        cells.add(row.folder());
        cells.add(Integer.toString(row.attempt()));
        cells.add(completeness.verdict().name());
        cells.add(completeness.basis().name());
        cells.add(Long.toString(completeness.rows()));
        cells.add(Integer.toString(completeness.pages()));
        cells.add(Long.toString(row.leftOut()));
        cells.add(row.startedAt().toString());
        cells.add(row.finishedAt().toString());
        cells.add(row.clockOffsetMs() == null ? null : row.clockOffsetMs().toString());
        cells.add(row.equations());
        cells.add(Integer.toString(row.equationsOpen()));
        cells.add(list(row.reconcilingItems()));
        cells.add(denial == null ? null : denial.name());
        cells.add(completeness.reason());
        cells.add(completeness.remedy());
        cells.add(Integer.toString(row.equationsNotEvaluated()));
        return cells;
    }

    private PopulationRow row(String name, List<String> cells) {
        String denial = cell(cells, "denial_kind");
        Completeness completeness = new Completeness(
                Verdict.valueOf(cell(cells, "verdict")),
                Basis.valueOf(cell(cells, "basis")),
                Long.parseLong(cell(cells, "rows")),
                Integer.parseInt(cell(cells, "pages")),
                cell(cells, "reason"),
                cell(cells, "remedy"),
                denial.isEmpty() ? null : DenialKind.valueOf(denial));
        String offset = cell(cells, "clock_offset_ms");
        PopulationRow row = new PopulationRow(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                Instant.parse(cells.get(3)),
                cell(cells, "table_name"),
                Integer.parseInt(cell(cells, "table_version")),
                cell(cells, "collector"),
                cell(cells, "folder"),
                Integer.parseInt(cell(cells, "attempt")),
                completeness,
                Long.parseLong(cell(cells, "left_out")),
                Instant.parse(cell(cells, "started_at")),
                Instant.parse(cell(cells, "finished_at")),
                offset.isEmpty() ? null : (Long) Long.parseLong(offset),
                cell(cells, "equations"),
                Integer.parseInt(cell(cells, "equations_open")),
                Integer.parseInt(cell(cells, "equations_not_evaluated")),
                texts(name, cell(cells, "reconciling_items")));
        if (!row.rowKey().equals(cells.get(4))) {
            throw new IllegalArgumentException("row_key is not " + row.rowKey());
        }
        return row;
    }

    private String cell(List<String> cells, String column) {
        return cells.get(LEADING + table.indexOf(column));
    }

    private static String list(List<String> texts) {
        if (texts.isEmpty()) {
            return "";
        }
        ArrayNode array = Json.object().putArray("items");
        texts.forEach(array::add);
        return Json.line(array);
    }

    private static List<String> texts(String name, String list) {
        return list.isEmpty()
                ? List.of()
                : Json.read(name, ("{\"items\":" + list + "}").getBytes(StandardCharsets.UTF_8))
                        .texts("items");
    }
}
