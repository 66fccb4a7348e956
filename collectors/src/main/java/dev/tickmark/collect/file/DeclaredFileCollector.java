package dev.tickmark.collect.file;

import dev.tickmark.collect.Cells;
import dev.tickmark.collect.Collector;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RecordedFile;
import dev.tickmark.collect.Source;
import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.run.DeclaredFile;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one declared file into its table, one row a line.
 *
 * <p>A line that cannot be read is named and makes the population PARTIAL. The second count is the number of rows that
 * the system showed to the person who exported it, so the basis is {@link Basis#DECLARED}.
 */
public final class DeclaredFileCollector implements Collector {
    /** The provider of the scopes of declared files. */
    public static final String PROVIDER = "declared";

    private static final int NAMED_LINES = 10;
    private static final String EFFECTIVE_AT = "_effective_at";

    private final DeclaredFile file;
    private final TableDefinition table;

    public DeclaredFileCollector(DeclaredFile file, TableDefinition table) {
        this.file = file;
        this.table = table;
    }

    /** The scope of everything that one system's files declare. */
    public static Scope scope(DeclaredFile file) {
        return new Scope(PROVIDER, file.system(), "global");
    }

    /**
     * Whether the file is there, has a header with every mapped column, and is text; said before anything is collected.
     *
     * @throws TickmarkException FIX_FIRST or NOT_UNDERSTOOD
     */
    public static void check(DeclaredFile file) {
        try {
            Extract.of(Files.readAllBytes(file.path()), file);
        } catch (IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "'" + file.path() + "', which 'sources.files' names for " + file.table() + ", cannot be read.",
                    "Put the export there, or take the entry out of the configuration.",
                    e);
        }
    }

    @Override
    public Source source() {
        return new Source("file-" + table.name().replace('_', '-'), 1, PROVIDER, List.of(table.name()), List.of());
    }

    @Override
    public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
        evidence.population(table.name(), rows -> {
            RecordedFile recorded = connections.file(
                    file.path(), bytes -> Extract.of(bytes, file).text().getBytes(StandardCharsets.UTF_8));
            rows.basis(Basis.DECLARED);
            rows.asOf(file.runAt());
            read(recorded, rows);
            rows.endOfPage(true);
        });
        evidence.count("rows of '" + file.report() + "' that " + file.system() + " showed", file.rowCount());
    }

    private void read(RecordedFile recorded, PopulationWriter rows) {
        List<String> problems = new ArrayList<>();
        Map<String, String> lineOfKey = new TreeMap<>();
        long lines = 0;
        try (var reader = new InputStreamReader(recorded.open(), StandardCharsets.UTF_8);
                var parser = Extract.FORM.parse(reader)) {
            for (CSVRecord row : parser) {
                lines++;
                String line = "line " + row.get(Extract.LINE);
                String problem = row.get(Extract.PROBLEM);
                if (problem.isEmpty()) {
                    try {
                        Map<String, String> cells = cells(row, rows);
                        String key = key(cells);
                        String earlier = lineOfKey.putIfAbsent(key, line);
                        if (earlier != null) {
                            throw new UnreadableRow("the same " + table.key() + " as " + earlier);
                        }
                        rows.row(recorded.at(line), key, filled(cells));
                        continue;
                    } catch (UnreadableRow e) {
                        problem = e.what;
                    }
                }
                problems.add(line + ": " + problem);
                rows.leftOut("not readable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        judge(lines, problems, rows);
    }

    private void judge(long lines, List<String> problems, PopulationWriter rows) {
        if (!problems.isEmpty()) {
            String named = String.join("; ", problems.subList(0, Math.min(NAMED_LINES, problems.size())));
            String more = problems.size() > NAMED_LINES ? "; and " + (problems.size() - NAMED_LINES) + " more" : "";
            rows.verdict(
                    Verdict.PARTIAL,
                    problems.size() + " of " + lines + " rows of the file are not readable: " + named + more,
                    "Mend these lines in " + file.system() + ", export '" + file.report()
                            + "' again and collect again.");
        } else if (lines != file.rowCount()) {
            rows.verdict(
                    Verdict.PARTIAL,
                    "the file has " + lines + " rows where " + file.runBy() + " declares that " + file.system()
                            + " showed " + file.rowCount(),
                    "Export '" + file.report()
                            + "' again, compare its row count with the system's, and correct 'row_count'.");
        }
    }

    private Map<String, String> cells(CSVRecord row, PopulationWriter rows) {
        Map<String, String> cells = new TreeMap<>();
        file.columns().forEach((name, column) -> {
            String text = row.get(column);
            if (!text.isEmpty()) {
                cells.put(name, converted(table.columns().get(table.indexOf(name)), text, rows));
            }
        });
        for (Column column : table.columns()) {
            if (column.name().endsWith(EFFECTIVE_AT) && !cells.containsKey(column.name())) {
                String date = cells.get(column.name().replace(EFFECTIVE_AT, "_date"));
                if (date != null) {
                    cells.put(column.name(), endOfDay(date, cells.get("time_zone")));
                    rows.converted("date to the end of its day");
                }
            }
        }
        return cells;
    }

    private String converted(Column column, String text, PopulationWriter rows) {
        try {
            return switch (column.type()) {
                case TEXT, JSON -> text;
                case INTEGER -> Long.toString(Long.parseLong(text));
                case BOOLEAN -> bool(text, rows);
                case DATE -> date(text, rows).toString();
                case INSTANT -> instant(text, rows).toString();
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new UnreadableRow(
                    "'" + text + "' is not a " + column.type().frictionless() + " for " + column.name());
        }
    }

    private static String bool(String text, PopulationWriter rows) {
        String lower = text.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "true", "false" -> lower;
            case "yes", "no" -> {
                rows.converted("yes and no to true and false");
                yield Boolean.toString(lower.equals("yes"));
            }
            default -> throw new UnreadableRow("'" + text + "' is not true, false, yes or no");
        };
    }

    private LocalDate date(String text, PopulationWriter rows) {
        if (file.dateFormat().isEmpty()) {
            return LocalDate.parse(text);
        }
        rows.converted("date format to ISO 8601");
        String strict = file.dateFormat().get().replace("yyyy", "uuuu");
        return LocalDate.parse(
                text, DateTimeFormatter.ofPattern(strict, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT));
    }

    private Instant instant(String text, PopulationWriter rows) {
        if (text.contains("T")) {
            return OffsetDateTime.parse(text).toInstant();
        }
        rows.converted("date to the end of its day");
        return Instant.parse(endOfDay(date(text, rows).toString(), null));
    }

    /** A date without time ends at 24:00 in the worker's zone, or in the file's. */
    private String endOfDay(String date, @Nullable String rowZone) {
        try {
            ZoneId zone = ZoneId.of(rowZone == null ? file.timeZone() : rowZone);
            return LocalDate.parse(date)
                    .plusDays(1)
                    .atStartOfDay(zone)
                    .toInstant()
                    .toString();
        } catch (DateTimeException e) {
            throw new UnreadableRow("'" + rowZone + "' is not a time zone");
        }
    }

    private static Cells filled(Map<String, String> byColumn) {
        Cells cells = Cells.none();
        byColumn.forEach(cells::and);
        return cells;
    }

    /** The table's key is the names of its columns, joined by {@code +}. */
    private String key(Map<String, String> cells) {
        List<String> parts = new ArrayList<>();
        for (String column : table.key().split("\\+", -1)) {
            parts.add(cells.getOrDefault(column.strip(), ""));
        }
        if (parts.stream().allMatch(String::isEmpty)) {
            throw new UnreadableRow(table.key() + " is empty");
        }
        return String.join("/", parts);
    }

    /** Ends the reading of one row, with what is wrong with it. */
    private static final class UnreadableRow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String what;

        UnreadableRow(String what) {
            super(what, null, false, false);
            this.what = what;
        }
    }
}
