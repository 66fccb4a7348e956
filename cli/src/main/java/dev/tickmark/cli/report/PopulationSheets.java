package dev.tickmark.cli.report;

import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.Pages.Fact;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.PopulationLine;
import dev.tickmark.cli.report.source.RunReading;
import dev.tickmark.cli.report.source.Trail;
import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.run.Accuracy;
import dev.tickmark.evidence.run.DeclaredFile;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.table.TableDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sheet for each population: what an auditor asks of information produced by the entity. */
record PopulationSheets(Telling telling) {
    private static final int OPERATIONS_LISTED = 40;

    void tell(Pages pages) throws IOException, InterruptedException {
        pages.chapter(Telling.POPULATIONS);
        pages.paragraph(Text.of("Each population is a listing of every item of one kind in one scope as of an instant."
                + " Its sheet says where it came from, by which calls, how its completeness and accuracy were"
                + " measured, and where its rows and the recorded answers lie in the package. No population of this"
                + " run covers a period."));
        overview(pages);
        for (PopulationLine population : telling.run().populations()) {
            RunReading.stopIfAsked();
            sheet(pages, population, telling.run().evidence(population).orElse(null));
        }
    }

    private void overview(Pages pages) throws IOException {
        pages.table(new TableForm(
                Words.count(telling.run().populations().size(), "population", "populations"),
                List.of(
                        TableForm.words("Population", 27),
                        TableForm.words("Scope", 33),
                        TableForm.words("Verdict", 18),
                        TableForm.words("Basis", 10),
                        TableForm.number("Rows", 8),
                        TableForm.number("Open counts", 10))));
        for (PopulationLine population : telling.run().populations()) {
            Text verdict = Text.of(Words.verdict(population));
            pages.row(List.of(
                    Text.link(population.table(), population.anchor()),
                    Text.of(population.scopeId()),
                    population.verdict().whole() ? verdict : Text.strong(verdict.words()),
                    Text.of(Words.code(population.basis().name())),
                    Text.of(Long.toString(population.rows())),
                    Text.of(Long.toString(population.equationsOpen()))));
        }
        pages.endTable();
    }

    private void sheet(Pages pages, PopulationLine population, @Nullable Evidence evidence) throws IOException {
        pages.section(population.anchor(), population.table() + "  " + population.scopeId());
        Evidence.Table own = evidence == null
                ? null
                : evidence.tables().stream()
                        .filter(table -> table.table().equals(population.table()))
                        .findFirst()
                        .orElse(null);
        List<Fact> facts = new ArrayList<>();
        source(facts, population, evidence);
        telling.run().declaration(population).ifPresent(file -> declaration(facts, file));
        completeness(facts, population);
        if (evidence == null || own == null) {
            facts.add(new Fact("Accuracy", "not stated: the task left no evidence.json for this population"));
        } else {
            accuracy(facts, population, own.accuracy(), evidence);
            files(facts, population, own, evidence);
        }
        if (evidence != null) {
            calls(facts, evidence.operations());
            trails(facts, telling.run().trails(population, evidence));
        }
        pages.facts("", facts);
    }

    private void source(List<Fact> facts, PopulationLine population, @Nullable Evidence evidence) {
        if (telling.tables().has(population.table())) {
            TableDefinition table = telling.tables().table(population.table());
            facts.add(new Fact("Each row is", table.rowIs() + "; key: " + table.key()));
        }
        Text source = Text.of(
                        (evidence == null ? "" : "provider " + evidence.scope().provider() + ", ") + "account "
                                + population.account() + ", region " + population.region() + "; read by collector ")
                .and(Text.code(population.collector()))
                .and((evidence == null ? "" : " version " + evidence.collectorVersion()) + ", table version "
                        + population.tableVersion() + ", attempt " + population.attempt());
        String caller = evidence == null ? null : evidence.callerArn();
        facts.add(
                new Fact("Source", caller == null ? source : source.and(", as ").and(Text.code(caller))));
        facts.add(new Fact(
                "Observed as of",
                Text.strong(Words.orNone(population.asOf()))
                        .and(" (UTC); read from " + Words.orNone(population.startedAt()) + " to "
                                + Words.orNone(population.finishedAt())
                                + (population.clockOffsetMs().isBlank()
                                        ? ""
                                        : "; the source's clock minus ours: " + population.clockOffsetMs() + " ms"))));
    }

    private static void declaration(List<Fact> facts, DeclaredFile file) {
        facts.add(new Fact(
                "Declared",
                "exported by " + file.runBy() + " on " + file.runAt() + " (UTC) from system " + file.system()
                        + ", report \"" + file.report() + "\", filter: " + file.filter()
                        + "; row count that the system showed: "
                        + file.rowCount()));
        List<String> columns = new ArrayList<>();
        file.columns()
                .forEach((column, name) ->
                        columns.add(column.equals(name) ? column : column + " from \"" + name + "\""));
        facts.add(new Fact(
                "File",
                Text.code(file.recordedName().toString())
                        .and(", " + file.encoding() + ", dates as "
                                + file.dateFormat().orElse("yyyy-MM-dd")
                                + ", time zone " + file.timeZone() + "; columns taken: "
                                + String.join(", ", columns))));
    }

    private static void completeness(List<Fact> facts, PopulationLine population) {
        facts.add(new Fact(
                "Completeness",
                Text.strong(Words.verdict(population))
                        .and(population.denialKind().isBlank() ? "" : " (" + Words.code(population.denialKind()) + ")")
                        .and(": " + population.reason() + ". Basis: " + Words.of(population.basis()))));
        if (!population.remedy().isBlank()) {
            facts.add(new Fact("Remedy", population.remedy()));
        }
        facts.add(new Fact(
                "Counted against",
                population.equations().isEmpty()
                        ? "no second count is known for this population"
                        : String.join("; ", population.equations())));
        if (population.equationsOpen() + population.equationsNotEvaluated() > 0
                || !population.reconcilingItems().isEmpty()) {
            facts.add(new Fact(
                    "Counts that stay open",
                    population.equationsOpen()
                            + (population.equationsNotEvaluated() == 0
                                    ? ""
                                    : ", and " + population.equationsNotEvaluated()
                                            + " whose other number was not read")
                            + "; items that explain a difference, each Not evaluated itself: "
                            + (population.reconcilingItems().isEmpty()
                                    ? "none"
                                    : String.join(", ", population.reconcilingItems()))));
        }
    }

    private static void accuracy(List<Fact> facts, PopulationLine population, Accuracy accuracy, Evidence evidence) {
        boolean declared = population.basis() == Basis.DECLARED;
        facts.add(new Fact(
                "Accuracy",
                Words.count(accuracy.records(), "record", "records")
                        + (declared ? " in the file" : " in " + Words.count(population.pages(), "answer", "answers"))
                        + " = " + Words.count(accuracy.rows(), "row", "rows") + " + left out: "
                        + Words.counts(accuracy.leftOut())
                        + (accuracy.balanced() ? "" : " (the two sides do not agree)") + "; normaliser "
                        + Words.orNone(accuracy.normaliser()) + "; conversions: "
                        + Words.counts(accuracy.conversions())
                        + (evidence.cutFields().isEmpty() ? "; nothing was cut out" : "")));
        if (!evidence.counts().isEmpty()) {
            facts.add(new Fact("Counts of the source", Words.counts(evidence.counts())));
        }
        if (!evidence.cutFields().isEmpty()) {
            facts.add(new Fact(
                    declared ? "Columns cut out" : "Secrets cut out",
                    String.join(", ", evidence.cutFields()) + ", before anything was recorded"));
        }
    }

    private static void files(List<Fact> facts, PopulationLine population, Evidence.Table own, Evidence evidence) {
        String table = population.table();
        Text files = Text.of("in ")
                .and(Text.code(population.folder()))
                .and(": rows ")
                .and(Text.code(table + ".csv"))
                .and(", SHA-256 ")
                .and(Text.code(own.csvSha256()))
                .and("; the way from each row to its records ")
                .and(Text.code(table + ".lineage.csv"));
        Evidence.Recording recording = evidence.recording();
        facts.add(new Fact(
                "Files",
                recording == null
                        ? files.and("; no recording, nothing was exchanged")
                        : files.and("; recording ")
                                .and(Text.code(recording.file()))
                                .and(" of " + Words.count(recording.records(), "record", "records") + ", SHA-256 ")
                                .and(Text.code(recording.sha256()))));
    }

    private static void calls(List<Fact> facts, List<Evidence.Operation> operations) {
        if (operations.isEmpty()) {
            return;
        }
        Text calls = Text.of("");
        int listed = Math.min(OPERATIONS_LISTED, operations.size());
        for (Evidence.Operation operation : operations.subList(0, listed)) {
            String repeated = operation.attempts() == operation.calls()
                    ? ""
                    : " in " + Words.count(operation.attempts(), "attempt", "attempts");
            calls = calls.and(calls.spans().size() == 1 ? "" : "; ")
                    .and(Text.code(operation.service() + ":" + operation.operation()))
                    .and(operation.parameters().isBlank() ? "" : " (" + operation.parameters() + ")")
                    .and(" " + Words.count(operation.calls(), "call", "calls") + repeated)
                    .and(operation.errors().isEmpty() ? "" : ", errors " + Words.counts(operation.errors()));
        }
        String more = operations.size() == listed
                ? ""
                : "; " + (operations.size() - listed) + " more operations in evidence.json beside the rows";
        facts.add(new Fact("Calls of the task", calls.and(more)));
    }

    private static void trails(List<Fact> facts, List<Trail> trails) {
        for (Trail trail : trails) {
            Text way = Text.code(trail.rowKey());
            way = trail.record().isEmpty()
                    ? way.and(": see its lineage")
                    : way.and(": record ")
                            .and(Text.code(trail.record()))
                            .and(" at ")
                            .and(Text.code(trail.pointer()));
            if (!trail.requestId().isEmpty()) {
                way = way.and("; request id at the source ").and(Text.code(trail.requestId()));
            }
            if (!trail.consoleUrl().isEmpty()) {
                way = way.and("; to be seen at ").and(Text.code(trail.consoleUrl()));
            }
            facts.add(new Fact("Row to follow back", way));
        }
    }
}
