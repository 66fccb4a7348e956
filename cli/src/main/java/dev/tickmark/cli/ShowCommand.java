package dev.tickmark.cli;

import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.csv.LineageCsv;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.yaml.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks into a run: what was read, what was found, and where a row came from. */
@Command(
        name = "show",
        description = {
            "Look into a run: 'show runs', 'show tables', 'show table NAME', 'show findings', 'show raw "
                    + "TABLE ROW'.",
            "",
            "Without --run it is the newest run below --out."
        })
final class ShowCommand extends Verb {
    ShowCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        if (spec != null) {
            console.document(spec.commandLine().getUsageMessage());
        }
        return Exit.DONE;
    }

    /** What each kind of view shares: which run, and reading its files. */
    abstract static class View extends Verb {
        @Mixin
        final Place place = new Place();

        @Option(names = "--run", paramLabel = "RUN", description = "The run's id or folder (default: the newest).")
        @Nullable
        String named;

        private @Nullable Tables tables;

        View(Host host) {
            super(host);
        }

        /** Read when they are asked for: every start makes every verb, also for {@code --help}. */
        Tables tables() {
            if (tables == null) {
                tables = Tables.builtIn();
            }
            return tables;
        }

        OutputFolder output() {
            Configuration configuration = place.configuration(host);
            return place.output(host, configuration);
        }

        RunFolder chosen() {
            return Place.run(host, output(), named);
        }

        /** Hands over each row of a canonical table. */
        static void rows(Path file, List<Column> columns, Consumer<Row> each) {
            try (CsvReader reader = CsvReader.open(file, columns)) {
                for (List<String> cells = reader.next(); cells != null; cells = reader.next()) {
                    each.accept(new Row(columns, cells));
                }
            }
        }

        List<Row> populations(RunFolder run) {
            if (!Files.isRegularFile(run.completeness())) {
                throw TickmarkException.notUnderstood(
                        "The collection of run '" + run.id() + "' has not ended.",
                        "Continue it with 'tickmark run --resume'.");
            }
            List<Row> rows = new ArrayList<>();
            rows(run.completeness(), tables().table("tickmark_population").allColumns(), rows::add);
            return rows;
        }
    }

    /** The cells of a row by column. */
    record Row(List<Column> columns, List<String> cells) {
        String cell(String column) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equals(column)) {
                    return cells.get(i);
                }
            }
            throw new IllegalArgumentException("no column " + column);
        }
    }

    /** Every run of the output folder. */
    @Command(name = "runs", description = "List the runs, the oldest first.")
    static final class Runs extends View {
        Runs(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            OutputFolder output = output();
            for (RunFolder run : output.allRuns()) {
                String state = !Files.exists(run.completeness())
                        ? "not collected to its end"
                        : Files.exists(run.report())
                                ? "reported"
                                : Files.exists(run.findings()) ? "assessed" : "collected";
                console.result(run.id() + "  " + state);
            }
            return Exit.DONE;
        }
    }

    /** Every population of a run with its verdict. */
    @Command(name = "tables", description = "List the populations of a run with their verdicts and equations.")
    static final class TableList extends View {
        TableList(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            for (Row row : populations(chosen())) {
                console.result(String.format(
                        Locale.ROOT,
                        "%-12s %7s rows  %s  %s",
                        row.cell("verdict"),
                        row.cell("rows"),
                        row.cell("scope_id"),
                        row.cell("table_name")));
                if (!row.cell("equations").isEmpty()) {
                    console.result("             " + row.cell("equations"));
                }
                if (!row.cell("remedy").isEmpty()) {
                    console.result("             " + row.cell("reason"));
                    console.result("             " + row.cell("remedy"));
                }
            }
            return Exit.DONE;
        }
    }

    /** One table's rows. */
    @Command(name = "table", description = "Print a table of a run, one block a row; the file itself is CSV.")
    static final class OneTable extends View {
        @Parameters(paramLabel = "TABLE", description = "The table's name, as 'show tables' prints it.")
        private String table = "";

        OneTable(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            RunFolder run = chosen();
            TableDefinition definition = defined(tables(), table);
            for (Row population : populations(run)) {
                if (population.cell("table_name").equals(table)) {
                    Path file = run.resolve(population.cell("folder") + "/" + table + ".csv");
                    console.result("# " + run.relative(file));
                    rows(file, definition.allColumns(), row -> print(console, row));
                }
            }
            return Exit.DONE;
        }

        private static void print(Console console, Row row) {
            console.result("");
            for (Column column : row.columns()) {
                String cell = row.cell(column.name());
                if (!cell.isEmpty()) {
                    console.result(String.format(Locale.ROOT, "%-28s %s", column.name(), cell));
                }
            }
        }
    }

    static TableDefinition defined(Tables tables, String table) {
        if (!tables.has(table)) {
            List<String> names =
                    tables.all().stream().map(TableDefinition::name).toList();
            throw TickmarkException.notUnderstood(
                    "No table is called '" + table + "'.",
                    Nearest.of(table, names)
                            .map(name -> "Did you mean '" + name + "'?")
                            .orElse("'tickmark show tables' lists them."));
        }
        return tables.table(table);
    }

    /** The findings of a run. */
    @Command(name = "findings", description = "Print findings; by default those that deviate or were not evaluated.")
    static final class Findings extends View {
        private static final List<String> COLUMNS = List.of(
                "control_id",
                "test_id",
                "test_version",
                "main_table",
                "scope_id",
                "account_id",
                "region",
                "row_key",
                "outcome",
                "reason",
                "observation",
                "acceptance_id");

        @Option(names = "--control", paramLabel = "ID", description = "Of this control only, such as IAM-006.")
        private @Nullable String control;

        @Option(
                names = "--outcome",
                paramLabel = "OUTCOME",
                split = ",",
                description = "With these outcomes: ${COMPLETION-CANDIDATES} (default: FAIL,NOT_EVALUATED).")
        private List<Outcome> outcomes = List.of(Outcome.FAIL, Outcome.NOT_EVALUATED);

        Findings(Host host) {
            super(host);
        }

        /** The columns of {@code findings.csv}. */
        static List<Column> columns() {
            return COLUMNS.stream().map(Findings::text).toList();
        }

        @Override
        Exit run(Console console) {
            RunFolder run = chosen();
            if (!Files.isRegularFile(run.findingsCsv())) {
                throw TickmarkException.notUnderstood(
                        "Run '" + run.id() + "' is not assessed yet.", "Do so with 'tickmark assess'.");
            }
            TreeSet<String> wanted = new TreeSet<>();
            outcomes.forEach(outcome -> wanted.add(outcome.name()));
            List<Column> columns = columns();
            rows(run.findingsCsv(), columns, row -> {
                boolean asked = control == null || control.equals(row.cell("control_id"));
                if (asked && wanted.contains(row.cell("outcome"))) {
                    console.result(row.cell("control_id") + "  " + row.cell("outcome") + "  " + row.cell("row_key"));
                    console.result("         " + row.cell("reason"));
                }
            });
            return Exit.DONE;
        }

        private static Column text(String name) {
            ColumnType type = name.equals("test_version") ? ColumnType.INTEGER : ColumnType.TEXT;
            return new Column(name, type, "", name, List.of(), Column.Sensitivity.NONE);
        }
    }

    /** The way back from a row to the raw answer. */
    @Command(name = "raw", description = "Print which record of the recording a row came from, and where in it.")
    static final class Raw extends View {
        @Parameters(index = "0", paramLabel = "TABLE", description = "The table's name.")
        private String table = "";

        @Parameters(index = "1", paramLabel = "ROW", description = "The row's row_key.")
        private String key = "";

        Raw(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            RunFolder run = chosen();
            defined(tables(), table);
            int[] found = {0};
            for (Row population : populations(run)) {
                if (population.cell("table_name").equals(table)) {
                    String folder = population.cell("folder");
                    rows(run.resolve(folder + "/" + table + ".lineage.csv"), LineageCsv.COLUMNS, row -> {
                        if (row.cell("row_key").equals(key)) {
                            found[0]++;
                            console.result(folder + "/raw.warc.gz");
                            console.result("  record  " + row.cell("record"));
                            console.result("  place   " + row.cell("pointer"));
                            console.result("  columns " + row.cell("columns"));
                        }
                    });
                }
            }
            if (found[0] == 0) {
                throw TickmarkException.notUnderstood(
                        "Table '" + table + "' of run '" + run.id() + "' has no row '" + key + "'.",
                        "'tickmark show table " + table + "' prints the rows with their row_key.");
            }
            return Exit.DONE;
        }
    }
}
