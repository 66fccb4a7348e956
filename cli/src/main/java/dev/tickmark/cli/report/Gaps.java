package dev.tickmark.cli.report;

import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.ControlLine;
import dev.tickmark.cli.report.source.Definition;
import dev.tickmark.cli.report.source.PopulationLine;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.run.RunFacts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What was tried and not read, what nobody tried to collect, and what was declared out of scope. */
record Gaps(Telling telling) {
    void tell(Pages pages) throws IOException {
        pages.chapter(Telling.NOT_READ);
        notRead(pages);
        pages.chapter(Telling.NOT_COLLECTED);
        notCollected(pages);
        exclusions(pages);
        new ManualEvidence(telling).tell(pages);
    }

    private void notRead(Pages pages) throws IOException {
        List<PopulationLine> gaps = telling.run().notWhole();
        if (gaps.isEmpty()) {
            pages.paragraph(Text.of("Nothing: each population that was asked for was read whole, as answered to the"
                    + " identity that asked."));
            return;
        }
        pages.paragraph(Text.of("A read was tried and did not give the whole population. Controls that rest on it are"
                + " Not evaluated for that scope, beside what the rows that were read show."));
        pages.table(new TableForm(
                Words.count(gaps.size(), "population", "populations") + " not read whole",
                List.of(
                        TableForm.words("Population", 19),
                        TableForm.words("Scope", 18),
                        TableForm.words("Verdict", 12),
                        TableForm.number("Rows read", 8),
                        TableForm.words("Why", 30),
                        TableForm.words("Remedy", 30))));
        for (PopulationLine gap : gaps) {
            String kind = gap.denialKind().isBlank() ? "" : " (" + Words.code(gap.denialKind()) + ")";
            pages.row(List.of(
                    Text.link(gap.table(), gap.anchor()),
                    Text.of(gap.scopeId()),
                    Text.strong(Words.verdict(gap)).and(kind),
                    Text.of(Long.toString(gap.rows())),
                    Text.of(gap.reason()),
                    Text.of(gap.remedy())));
        }
        pages.endTable();
    }

    private void notCollected(Pages pages) throws IOException {
        List<ControlLine> gaps = telling.run().controls().stream()
                .filter(control -> control.outcome() == Outcome.NOT_COLLECTED)
                .toList();
        if (gaps.isEmpty()) {
            pages.paragraph(Text.of("Evidence was collected for every control of the selection."));
            return;
        }
        pages.paragraph(Text.of("For these controls no source is configured and no document is attached: a gap in"
                + " coverage, of which this report says nothing else."));
        pages.table(new TableForm(
                Words.count(gaps.size(), "control", "controls") + " without evidence in this run",
                List.of(
                        TableForm.words("Control", 10),
                        TableForm.words("Title", 34),
                        TableForm.words("Gathered", 14),
                        TableForm.words("Evidence it needs", 42))));
        for (ControlLine gap : gaps) {
            Optional<Definition> control = telling.run().definition(gap.id(), telling.catalog());
            pages.row(List.of(
                    Text.of(gap.id()),
                    Text.of(gap.title()),
                    Text.of(control.map(Definition::gathering).orElse("not stated")),
                    Text.of(control.map(Gaps::needed).orElse("not stated"))));
        }
        pages.endTable();
    }

    private static String needed(Definition control) {
        if (!control.evidenceNeeded().isBlank()) {
            return control.evidenceNeeded();
        }
        return control.tables().isEmpty() ? "a document" : String.join(", ", control.tables());
    }

    private void exclusions(Pages pages) throws IOException {
        RunFacts facts = telling.run().head();
        List<RunFacts.ScopeFact> scopes =
                facts.scopes().stream().filter(scope -> !scope.inScope()).toList();
        pages.heading("Declared exclusions");
        if (scopes.isEmpty() && facts.exclusions().isEmpty()) {
            pages.paragraph(Text.of("The organization has declared no scope and no table out of scope."));
            return;
        }
        pages.paragraph(Text.of("What follows was left out by the organization's decision. It was not read, no number"
                + " in this report counts it, and nothing is stated of it; whether it may be left out is the"
                + " auditor's to judge."));
        if (!scopes.isEmpty()) {
            exclusionTable(pages, "Scope", Words.count(scopes.size(), "scope", "scopes"));
            for (RunFacts.ScopeFact scope : scopes) {
                exclusion(pages, scope.scope().id(), scope.reason(), scope.owner(), scope.date());
            }
            pages.endTable();
        }
        if (!facts.exclusions().isEmpty()) {
            exclusionTable(pages, "Table", Words.count(facts.exclusions().size(), "table", "tables"));
            for (RunFacts.Exclusion table : facts.exclusions()) {
                exclusion(pages, table.table(), table.reason(), table.owner(), table.date());
            }
            pages.endTable();
        }
    }

    private static void exclusionTable(Pages pages, String what, String counted) throws IOException {
        pages.table(new TableForm(
                counted + " declared out of scope by the organization",
                List.of(
                        TableForm.words(what, 30),
                        TableForm.words("Reason", 38),
                        TableForm.words("Declared by", 19),
                        TableForm.words("Date", 13))));
    }

    private static void exclusion(Pages pages, String what, String reason, String owner, String date)
            throws IOException {
        pages.row(List.of(Text.of(what), Text.of(reason), Text.of(Words.orNone(owner)), Text.of(Words.orNone(date))));
    }
}
