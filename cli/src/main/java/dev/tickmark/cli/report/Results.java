package dev.tickmark.cli.report;

import dev.tickmark.catalog.declared.Response;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.Pages.Fact;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.AcceptanceLine;
import dev.tickmark.cli.report.source.ControlLine;
import dev.tickmark.cli.report.source.Definition;
import dev.tickmark.cli.report.source.FindingLine;
import dev.tickmark.cli.report.source.Items;
import dev.tickmark.cli.report.source.PopulationLine;
import dev.tickmark.cli.report.source.RunReading;
import dev.tickmark.evidence.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line for each control, then one section for each that has evidence: the items that deviate, by name. */
record Results(Telling telling) {
    private static final String FINDINGS = "2-findings/findings.csv";
    private static final String RUNS = "tickmark_run";
    private static final int POPULATIONS_LISTED = 8;
    private static final String RESPONSE = "Management response (not tested)";

    void tell(Pages pages) throws IOException, InterruptedException {
        pages.chapter(Telling.RESULTS);
        overview(pages);
        for (ControlLine control : telling.run().controls()) {
            RunReading.stopIfAsked();
            if (control.outcome() != Outcome.NOT_COLLECTED || control.items().all() > 0) {
                control(pages, control);
            }
        }
    }

    private void overview(Pages pages) throws IOException {
        pages.paragraph(Text.of("A control's outcome is the worst of the results of its items, in this order: ")
                .and("Deviation noted, Not evaluated, Accepted deviation, No deviation noted, Not applicable.")
                .and(" It says what the test saw in the populations, and concludes nothing."));
        pages.table(new TableForm(
                Words.count(telling.run().controls().size(), "control", "controls"),
                List.of(
                        TableForm.words("Control", 9),
                        TableForm.words("Title", 28),
                        TableForm.words("Outcome", 16),
                        TableForm.number("Results", 9),
                        TableForm.number("Deviation", 10),
                        TableForm.number("Not eval.", 9),
                        TableForm.number("Accepted", 10),
                        TableForm.number("No dev.", 8),
                        TableForm.number("Not appl.", 9))));
        for (ControlLine control : telling.run().controls()) {
            Items items = control.items();
            boolean section = control.outcome() != Outcome.NOT_COLLECTED || items.all() > 0;
            pages.row(List.of(
                    section ? Text.link(control.id(), control.anchor()) : Text.of(control.id()),
                    Text.of(control.title()),
                    outcome(control.outcome()),
                    number(items.all()),
                    number(items.count(Outcome.FAIL)),
                    number(items.count(Outcome.NOT_EVALUATED)),
                    number(items.count(Outcome.ACCEPTED)),
                    number(items.count(Outcome.PASS)),
                    number(items.count(Outcome.NOT_APPLICABLE))));
        }
        pages.endTable();
    }

    private void control(Pages pages, ControlLine line) throws IOException {
        pages.section(line.anchor(), line.id() + "  " + line.title());
        Items items = line.items();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Outcome", outcome(line.outcome())));
        facts.add(new Fact("Results", counts(items)));
        Definition control =
                telling.run().definition(line.id(), telling.catalog()).orElse(null);
        if (control != null) {
            facts.add(new Fact("Objective", control.objective()));
        }
        facts.add(new Fact(
                "Scopes",
                Words.count(line.scopes(), "scope", "scopes")
                        + (line.scopesIncomplete() == 0
                                ? ", with whole evidence"
                                : ", of which " + line.scopesIncomplete() + " with evidence that is not whole")));
        facts.add(new Fact("Evidence as of", asOf(line, control)));
        facts.add(new Fact("Thresholds", line.thresholds().isBlank() ? "none" : line.thresholds()));
        if (control != null) {
            facts.add(new Fact("Populations", populations(control)));
            facts.add(new Fact("Test", test(line.id(), control)));
            facts.add(new Fact("Does not cover", control.notCovered().isBlank() ? "not stated" : control.notCovered()));
            if (line.outcome() == Outcome.FAIL) {
                facts.add(new Fact("Remediation", control.remediation()));
            }
        }
        for (Response response : telling.run().declared().responses()) {
            if (response.controlId().equals(line.id())
                    && response.item().isEmpty()
                    && items.count(Outcome.FAIL) + items.count(Outcome.ACCEPTED) > 0) {
                facts.add(new Fact(RESPONSE, ManualEvidence.response(response)));
            }
        }
        pages.facts("", facts);
        list(
                pages,
                line.id(),
                items.listed(Outcome.FAIL),
                items.count(Outcome.FAIL),
                "item that deviates",
                "items that deviate");
        list(
                pages,
                line.id(),
                items.listed(Outcome.NOT_EVALUATED),
                items.count(Outcome.NOT_EVALUATED),
                "item not evaluated",
                "items not evaluated");
        list(
                pages,
                line.id(),
                items.listed(Outcome.ACCEPTED),
                items.count(Outcome.ACCEPTED),
                "item with an accepted deviation",
                "items with an accepted deviation");
        acceptances(pages, line.id());
        new ManualEvidence(telling).documents(pages, line.id());
        list(
                pages,
                line.id(),
                items.observed(),
                items.observations(),
                "item without a deviation, with an observation",
                "items without a deviation, with an observation");
    }

    private void list(Pages pages, String controlId, List<FindingLine> listed, long all, String one, String many)
            throws IOException {
        if (all == 0) {
            return;
        }
        boolean observed = listed.stream()
                .anyMatch(each ->
                        !each.observation().isBlank() || !each.acceptanceId().isBlank());
        String scope = oneScope(listed, all);
        List<Response> responses = telling.run().declared().responses().stream()
                .filter(each ->
                        each.controlId().equals(controlId) && each.item().isPresent())
                .toList();
        boolean answered =
                listed.stream().anyMatch(each -> response(each, responses).isPresent());
        List<TableForm.ColumnForm> columns = new ArrayList<>();
        columns.add(TableForm.words("Item", 31));
        if (scope.isEmpty()) {
            columns.add(TableForm.words("Scope", 21));
        }
        columns.add(TableForm.words("Reason", 44));
        if (observed) {
            columns.add(TableForm.words("Observation", 24));
        }
        if (answered) {
            columns.add(TableForm.words(RESPONSE, 26));
        }
        pages.table(new TableForm(Words.count(all, one, many) + scope, columns));
        for (FindingLine finding : listed) {
            List<Text> cells = new ArrayList<>();
            cells.add(Text.code(finding.rowKey()));
            if (scope.isEmpty()) {
                cells.add(Text.of(finding.scopeId()));
            }
            cells.add(Text.of(finding.reason()));
            if (observed) {
                cells.add(observation(finding));
            }
            if (answered) {
                cells.add(Text.of(response(finding, responses)
                        .map(ManualEvidence::response)
                        .orElse("")));
            }
            pages.row(cells);
        }
        pages.endTable();
        if (listed.size() < all) {
            pages.paragraph(Text.of("The first " + listed.size() + " of " + all + "; all stand in ")
                    .and(Text.code(FINDINGS))
                    .and("."));
        }
    }

    private static Optional<Response> response(FindingLine finding, List<Response> responses) {
        boolean deviates = finding.outcome() == Outcome.FAIL || finding.outcome() == Outcome.ACCEPTED;
        return responses.stream()
                .filter(each -> deviates && each.speaksOf(finding.scopeId(), finding.accountId(), finding.rowKey()))
                .findFirst();
    }

    /** The scope that all items share, for the caption: a column of its own would say the same in each row. */
    private static String oneScope(List<FindingLine> listed, long all) {
        long scopes =
                listed.stream().map(FindingLine::scopeId).distinct().limit(2).count();
        return scopes == 1 && listed.size() == all ? ", in " + listed.get(0).scopeId() : "";
    }

    private static Text observation(FindingLine finding) {
        Text observation = Text.of(finding.observation());
        return finding.acceptanceId().isBlank()
                ? observation
                : observation
                        .and(finding.observation().isBlank() ? "acceptance " : "; acceptance ")
                        .and(Text.code(finding.acceptanceId()));
    }

    private void acceptances(Pages pages, String controlId) throws IOException {
        List<AcceptanceLine> acceptances = telling.run().acceptances(controlId);
        if (acceptances.isEmpty()) {
            return;
        }
        boolean stated = acceptances.stream().anyMatch(each -> !each.state().isEmpty());
        pages.table(new TableForm(
                Words.count(acceptances.size(), "approved deviation", "approved deviations")
                        + " that the organization declares",
                List.of(
                        TableForm.words("Acceptance", 12),
                        TableForm.words("Item", 18),
                        TableForm.words("Asked for by", 13),
                        TableForm.words("Approved by", 13),
                        TableForm.words("Reason", 18),
                        TableForm.words("Done instead", 16),
                        TableForm.words(stated ? "Last day, and in this run" : "Last day", stated ? 15 : 10))));
        for (AcceptanceLine each : acceptances.subList(0, Math.min(acceptances.size(), Items.OTHERS_LISTED))) {
            pages.row(List.of(
                    Text.code(each.id()),
                    Text.code(each.rowKey()),
                    Text.of(each.requester()),
                    Text.of(each.approver()),
                    Text.of(each.reason()),
                    Text.of(Words.orNone(each.compensatingControl())),
                    Text.of(each.expiresOn())
                            .and(each.state().isEmpty() ? "" : ", " + ManualEvidence.state(each.state()))));
        }
        pages.endTable();
        if (acceptances.size() > Items.OTHERS_LISTED) {
            pages.paragraph(
                    Text.of("The first " + Items.OTHERS_LISTED + " of " + acceptances.size() + "; all stand in ")
                            .and(Text.code("2-findings/acceptances.csv"))
                            .and("."));
        }
    }

    private Text populations(Definition control) {
        if (control.tables().contains(RUNS)) {
            return Text.of("the run's own record: ").and(Text.code("runs.csv"));
        }
        Text text = Text.of("");
        int listed = 0;
        int all = 0;
        List<String> tables = control.tables();
        for (PopulationLine population : telling.run().populations()) {
            if (tables.contains(population.table())) {
                all++;
                if (listed < POPULATIONS_LISTED) {
                    listed++;
                    text = text.and(listed == 1 ? "" : ", ")
                            .and(Text.link(population.rowKey(), population.anchor()))
                            .and(population.verdict().whole() ? "" : " (" + Words.verdict(population) + ")");
                }
            }
        }
        if (tables.isEmpty()) {
            return Text.of("none: the evidence is a document");
        }
        if (all == 0) {
            return Text.of("none was read; the control needs " + String.join(", ", tables));
        }
        return all > listed ? text.and(" and " + (all - listed) + " more in chapter 6") : text;
    }

    private static Text test(String id, Definition control) {
        if (control.mainTable().isBlank()) {
            return Text.of("none: the evidence is a document");
        }
        return Text.code("2-findings/tests/" + id + ".sql")
                .and(", version " + control.testVersion() + ", one result for each row of ")
                .and(Text.code(control.mainTable()));
    }

    private static String counts(Items items) {
        List<String> words = new ArrayList<>();
        for (Outcome outcome : Numbers.ORDER) {
            if (items.count(outcome) > 0) {
                words.add(items.count(outcome) + " " + outcome.printed());
            }
        }
        return words.isEmpty() ? "none" : Words.count(items.all(), "result: ", "results: ") + String.join(", ", words);
    }

    private String asOf(ControlLine line, @Nullable Definition control) {
        if (line.asOfMin().isBlank()) {
            boolean own = control != null && control.tables().contains(RUNS);
            return own ? "the run's own instant, " + telling.run().head().asOf() : "not stated";
        }
        return line.asOfMin().equals(line.asOfMax()) ? line.asOfMin() : line.asOfMin() + " to " + line.asOfMax();
    }

    static Text outcome(Outcome outcome) {
        boolean strong = outcome == Outcome.FAIL || outcome == Outcome.NOT_EVALUATED;
        return strong ? Text.strong(outcome.printed()) : Text.of(outcome.printed());
    }

    private static Text number(long number) {
        return Text.of(Long.toString(number));
    }
}
