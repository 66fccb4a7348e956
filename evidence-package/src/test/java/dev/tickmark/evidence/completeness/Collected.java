package dev.tickmark.evidence.completeness;

import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.csv.CsvFacts;
import dev.tickmark.evidence.csv.SortedCsv;
import dev.tickmark.evidence.run.Accuracy;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.Publication;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.TableSchema;
import dev.tickmark.evidence.table.Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run whose tasks are published as collectors would publish them. */
final class Collected {
    static final Scope ACCOUNT = new Scope("aws", "111122223333", "global");
    static final Tables TABLES = Tables.builtIn();
    static final String AS_OF = "2026-11-23T02:00:00Z";

    final RunFolder run;

    Collected(Path out) {
        run = new OutputFolder(out).newRun(Clock.fixed(Instant.parse(AS_OF), ZoneOffset.UTC), () -> 1);
    }

    /** One table of a task; rows by column name. */
    record Rows(String table, @Nullable Verdict verdict, String asOf, List<Row> rows) {}

    /** Texts by column name. */
    record Row(Map<String, String> cells) {}

    /** A table that was read whole, at the run's as-of. */
    static Rows whole(String table, Row... rows) {
        return new Rows(table, rows.length == 0 ? Verdict.EMPTY_PROVEN : Verdict.COMPLETE, AS_OF, List.of(rows));
    }

    static Rows unread(String table, Verdict verdict) {
        return new Rows(table, verdict, AS_OF, List.of());
    }

    static Row row(String... namesAndTexts) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            row.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return new Row(row);
    }

    Collected task(String collector, Rows... tables) {
        return task(ACCOUNT, collector, 1, tables);
    }

    Collected task(Scope scope, String collector, int attempt, Rows... tables) {
        try (Publication publication = new Publication(run, run.task(scope, collector, attempt))) {
            List<Evidence.Table> written = new ArrayList<>();
            for (Rows rows : tables) {
                written.add(write(scope, rows, publication.folder()));
            }
            new Evidence(
                            collector,
                            1,
                            scope,
                            null,
                            Instant.parse(AS_OF),
                            Instant.parse(AS_OF).plusSeconds(3),
                            null,
                            List.of(),
                            List.of(),
                            null,
                            written,
                            Map.of())
                    .write(publication.folder());
            publication.publish();
        }
        return this;
    }

    private Evidence.Table write(Scope scope, Rows rows, Path folder) {
        TableDefinition table = TABLES.table(rows.table());
        TableSchema.of(table).write(folder.resolve(rows.table() + ".schema.json"));
        CsvFacts facts;
        try (SortedCsv csv = new SortedCsv(table, folder.resolve(rows.table() + ".csv"), run.scratch())) {
            for (Row named : rows.rows()) {
                Map<String, String> row = named.cells();
                @Nullable String[] cells = new String[table.columns().size()];
                row.forEach((column, text) -> {
                    if (!column.equals("row_key")) {
                        cells[table.indexOf(column)] = text;
                    }
                });
                List<@Nullable String> all = new ArrayList<>(List.of(
                        scope.id(),
                        scope.account(),
                        scope.region(),
                        rows.asOf(),
                        row.getOrDefault("row_key", String.join(".", row.values()))));
                all.addAll(Arrays.asList(cells));
                csv.add(all);
            }
            facts = csv.finish();
        }
        Verdict verdict = rows.verdict() == null ? Verdict.COMPLETE : rows.verdict();
        return new Evidence.Table(
                rows.table(),
                table.version(),
                new Completeness(
                        verdict,
                        Basis.SOURCE,
                        facts.rows(),
                        1,
                        verdict.whole() ? "last page seen" : "refused",
                        verdict.whole() ? "" : "Grant it.",
                        verdict == Verdict.DENIED ? DenialKind.NOT_STATED : null),
                Instant.parse(rows.asOf()),
                new Accuracy(facts.rows(), facts.rows(), Map.of(), rows.table() + " 1", Map.of(), List.of()),
                facts.sha256());
    }

    Evaluation evaluate() {
        return new Equations(TABLES).evaluate(run);
    }

    static PopulationRow population(Evaluation evaluation, String table) {
        return evaluation.rows().stream()
                .filter(row -> row.table().equals(table))
                .findFirst()
                .orElseThrow();
    }
}
