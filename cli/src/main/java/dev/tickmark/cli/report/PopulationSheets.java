package dev.tickmark.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.Pages.Fact;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.PopulationLine;
import dev.tickmark.cli.report.source.RunReading;
import dev.tickmark.evidence.json.JsonObject;
import dev.tickmark.evidence.table.TableDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        String folder = "";
        JsonNode evidence = MissingNode.getInstance();
        for (PopulationLine population : telling.run().populations()) {
            RunReading.stopIfAsked();
            if (!population.folder().equals(folder)) {
                folder = population.folder();
                evidence = telling.run()
                        .evidence(population)
                        .map(JsonObject::node)
                        .map(JsonNode.class::cast)
                        .orElse(MissingNode.getInstance());
            }
            sheet(pages, population, evidence);
        }
    }

    private void overview(Pages pages) throws IOException {
        pages.table(new TableForm(
                Words.count(telling.run().populations().size(), "population", "populations"),
                List.of(
                        TableForm.words("Population", 34),
                        TableForm.words("Scope", 26),
                        TableForm.words("Verdict", 18),
                        TableForm.words("Basis", 10),
                        TableForm.number("Rows", 8),
                        TableForm.number("Open counts", 10))));
        for (PopulationLine population : telling.run().populations()) {
            Text verdict = Text.of(Words.of(population.verdict()));
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

    private void sheet(Pages pages, PopulationLine population, JsonNode evidence) throws IOException {
        pages.turnPage();
        pages.section(population.anchor(), population.table() + "  " + population.scopeId());
        JsonNode own = MissingNode.getInstance();
        for (JsonNode table : evidence.path("tables")) {
            if (table.path("table").asText().equals(population.table())) {
                own = table;
            }
        }
        List<Fact> facts = new ArrayList<>();
        source(facts, population, evidence);
        completeness(facts, population);
        accuracy(facts, own.path("accuracy"), evidence);
        integrity(facts, population, own, evidence);
        pages.facts("", facts);
        operations(pages, evidence.path("operations"));
        trace(pages, own.path("accuracy").path("trace"), population);
    }

    private void source(List<Fact> facts, PopulationLine population, JsonNode evidence) {
        if (telling.tables().has(population.table())) {
            TableDefinition table = telling.tables().table(population.table());
            facts.add(new Fact("Each row is", table.rowIs() + "; key: " + table.key()));
        }
        JsonNode scope = evidence.path("scope");
        facts.add(new Fact(
                "Source",
                "provider " + Words.orNone(scope.path("provider").asText("")) + ", account " + population.account()
                        + ", region " + population.region()));
        facts.add(new Fact(
                "Read by",
                Text.of("collector ")
                        .and(Text.code(population.collector()))
                        .and(" version "
                                + Words.orNone(
                                        evidence.path("collector_version").asText(""))
                                + ", table version " + population.tableVersion() + ", attempt "
                                + population.attempt())));
        facts.add(new Fact(
                "Caller", Text.code(Words.orNone(evidence.path("caller_arn").asText("")))));
        facts.add(new Fact("Observed as of", Words.orNone(population.asOf()) + " (UTC)"));
        facts.add(new Fact(
                "Read",
                Words.orNone(population.startedAt()) + " to " + Words.orNone(population.finishedAt())
                        + "; the source's clock minus ours: "
                        + (population.clockOffsetMs().isBlank() ? "not stated" : population.clockOffsetMs() + " ms")));
    }

    private static void completeness(List<Fact> facts, PopulationLine population) {
        Text verdict = Text.strong(Words.of(population.verdict()))
                .and(population.denialKind().isBlank() ? "" : " (" + Words.code(population.denialKind()) + ")")
                .and(": " + population.reason());
        facts.add(new Fact("Completeness", verdict));
        if (!population.remedy().isBlank()) {
            facts.add(new Fact("Remedy", population.remedy()));
        }
        facts.add(new Fact("Basis", Words.of(population.basis())));
        facts.add(new Fact(
                "Rows and pages",
                Words.count(population.rows(), "row", "rows") + " from "
                        + Words.count(population.pages(), "answer", "answers") + "; left out: "
                        + (population.leftOut().isBlank() ? "none" : population.leftOut())));
        facts.add(new Fact(
                "Counted against",
                population.equations().isEmpty()
                        ? "no second count is known for this population"
                        : String.join("; ", population.equations())));
        facts.add(new Fact(
                "Counts that stay open",
                population.equationsOpen()
                        + (population.equationsNotEvaluated() == 0
                                ? ""
                                : ", and " + population.equationsNotEvaluated() + " whose other number was not read")
                        + "; items that explain a difference, each Not evaluated itself: "
                        + (population.reconcilingItems().isEmpty()
                                ? "none"
                                : String.join(", ", population.reconcilingItems()))));
    }

    private static void accuracy(List<Fact> facts, JsonNode accuracy, JsonNode evidence) {
        if (accuracy.isMissingNode()) {
            facts.add(new Fact("Accuracy", "not stated: the task left no evidence.json for this population"));
            return;
        }
        facts.add(new Fact(
                "Accuracy",
                accuracy.path("records").asText() + " records in the answers = "
                        + accuracy.path("rows").asText() + " rows + left out: "
                        + members(accuracy.path("left_out"), "none") + "; normaliser "
                        + Words.orNone(accuracy.path("normaliser").asText("")) + "; conversions: "
                        + members(accuracy.path("conversions"), "none")));
        facts.add(new Fact("Numbers that the source states", members(evidence.path("counts"), "none")));
        List<String> cut = new ArrayList<>();
        evidence.path("cut_fields").forEach(field -> cut.add(field.isTextual() ? field.asText() : field.toString()));
        facts.add(new Fact("Secrets cut out before recording", cut.isEmpty() ? "none" : String.join(", ", cut)));
    }

    private static void integrity(List<Fact> facts, PopulationLine population, JsonNode own, JsonNode evidence) {
        String base = population.folder() + "/" + population.table();
        JsonNode recording = evidence.path("recording");
        facts.add(new Fact(
                "Rows, SHA-256",
                Text.code(base + ".csv")
                        .and(" ")
                        .and(Text.code(Words.orNone(own.path("csv_sha256").asText(""))))));
        facts.add(new Fact(
                "Recording, SHA-256",
                Text.code(population.folder() + "/" + recording.path("file").asText("raw.warc.gz"))
                        .and(" ")
                        .and(Text.code(Words.orNone(recording.path("sha256").asText(""))))
                        .and(", " + Words.orNone(recording.path("records").asText("")) + " records")));
        facts.add(new Fact(
                "Lineage",
                Text.code(base + ".lineage.csv").and(" leads from each row to the records that it came from")));
    }

    private static void operations(Pages pages, JsonNode operations) throws IOException {
        if (operations.isEmpty()) {
            return;
        }
        pages.table(new TableForm(
                Words.count(operations.size(), "operation", "operations") + " of the task that read it",
                List.of(
                        TableForm.words("Operation", 36),
                        TableForm.words("Parameters", 36),
                        TableForm.number("Calls", 8),
                        TableForm.number("Attempts", 9),
                        TableForm.words("Errors", 14))));
        int listed = 0;
        for (JsonNode operation : operations) {
            if (listed++ == OPERATIONS_LISTED) {
                break;
            }
            pages.row(List.of(
                    Text.code(operation.path("service").asText() + ":"
                            + operation.path("operation").asText()),
                    Text.of(members(operation.path("parameters"), "none")),
                    Text.of(operation.path("calls").asText("0")),
                    Text.of(operation.path("attempts").asText("0")),
                    Text.of(members(operation.path("errors"), "none"))));
        }
        pages.endTable();
        if (operations.size() > OPERATIONS_LISTED) {
            pages.paragraph(Text.of("The first " + OPERATIONS_LISTED + " of " + operations.size()
                    + "; all stand in evidence.json beside the rows."));
        }
    }

    private static void trace(Pages pages, JsonNode trace, PopulationLine population) throws IOException {
        if (trace.isEmpty()) {
            return;
        }
        pages.table(new TableForm(
                "Rows to compare with the source's own console",
                List.of(TableForm.words("Row", 35), TableForm.words("Where to see it", 65))));
        for (JsonNode row : trace) {
            pages.row(List.of(
                    Text.code(row.path("row_key").asText()),
                    Text.code(row.path("console_url").asText())));
        }
        pages.endTable();
        if (trace.size() < Math.min(2, population.rows())) {
            pages.paragraph(Text.of("The source has no page of its own for more rows."));
        }
    }

    /** An object as {@code name: value}, a list or a value as it is; the given word where it is empty. */
    private static String members(JsonNode node, String empty) {
        List<String> members = new ArrayList<>();
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                members.add(field.getKey() + ": " + plain(field.getValue()));
            }
        } else if (node.isArray()) {
            node.forEach(each -> members.add(plain(each)));
        } else if (!node.isMissingNode() && !node.isNull() && !node.asText().isBlank()) {
            members.add(node.asText());
        }
        return members.isEmpty() ? empty : String.join(", ", members);
    }

    private static String plain(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }
}
