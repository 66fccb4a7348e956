package dev.tickmark.cli.report;

import dev.tickmark.catalog.declared.FrameworkDeclarations;
import dev.tickmark.cli.report.page.Chart;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.Pages.Fact;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.DecisionLine;
import dev.tickmark.cli.report.source.RunLine;
import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.run.RunFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The first pages: completeness first, then who, what, when, and every run since the last package. */
record Cover(Telling telling) {
    private static final int SCOPES_LISTED = 6;
    private static final int RUNS_LISTED = 8;

    void tell(Pages pages) throws IOException {
        RunFacts head = telling.run().head();
        pages.title("Evidence report", head.organization());
        completeness(pages);
        results(pages);
        marking(pages);
        facts(pages, head);
        runs(pages);
        pages.turnPage();
        outcomes(pages);
        pages.contents(Telling.CHAPTERS);
    }

    private void completeness(Pages pages) throws IOException {
        Numbers numbers = telling.numbers();
        long missing = numbers.populations() - numbers.whole();
        Text text = Text.strong("Completeness: ");
        if (numbers.populations() == 0) {
            text = text.and("no population was read.");
        } else if (missing == 0) {
            text = text.and("all " + Words.count(numbers.populations(), "population was", "populations were")
                    + " read whole, as answered to the identity that asked.");
        } else {
            text = text.and(numbers.whole() + " of " + Words.count(numbers.populations(), "population", "populations")
                            + " were read whole; ")
                    .and(Text.strong(missing + (missing == 1 ? " was not" : " were not")))
                    .and(". What was not read is reported as Not evaluated and never as No deviation noted: see ")
                    .and(Text.link("chapter 1", Telling.NOT_READ.anchor()))
                    .and(".");
        }
        long declared = telling.run().populations().stream()
                .filter(each -> each.basis() == Basis.DECLARED)
                .count();
        if (declared > 0) {
            text = text.and(" Of all populations, " + declared + (declared == 1 ? " rests" : " rest")
                    + " on the declaration of a person, and not on the source.");
        }
        pages.notice(text);
    }

    private void results(Pages pages) throws IOException {
        Numbers numbers = telling.numbers();
        List<String> outcomes = new ArrayList<>();
        for (Outcome outcome : Numbers.ORDER) {
            if (numbers.controls(outcome) > 0) {
                outcomes.add(numbers.controls(outcome) + " " + outcome.printed());
            }
        }
        int controls = telling.run().controls().size();
        pages.notice(Text.strong("Outcomes: ")
                .and(Words.count(controls, "control", "controls")
                        + (controls == 0 ? "" : ": " + String.join(", ", outcomes)) + ". See ")
                .and(Text.link("chapter 3", Telling.RESULTS.anchor()))
                .and("."));
    }

    private void marking(Pages pages) throws IOException {
        switch (telling.options().marking()) {
            case DRAFT ->
                pages.notice(
                        Text.strong("Draft. ")
                                .and(
                                        "This report is not sealed: nothing shows who made it, when, or whether it was changed since."));
            case DEMO ->
                pages.notice(Text.strong("Demo identity. ")
                        .and(
                                "The package of this report is signed with a key made for demonstration, which nobody should"
                                        + " trust: it shows that nothing was changed, and not by whom it was made."));
            case NONE -> {}
        }
    }

    private void facts(Pages pages, RunFacts head) throws IOException {
        String packageId = telling.options().packageId();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Organization", head.organization()));
        facts.add(new Fact("Scope", scope(head)));
        facts.add(new Fact(
                "Observed as of",
                Text.strong(head.asOf().toString())
                        .and(" (UTC). Facts are stated as observed at this instant or at the instant beside them.")));
        facts.add(new Fact("Frameworks", frameworks(head)));
        String stated = stated();
        if (!stated.isEmpty()) {
            facts.add(new Fact(
                    "Stated by management",
                    Text.of(stated + ". Not tested: see ")
                            .and(Text.link("chapter 5", Telling.STATED.anchor()))
                            .and(".")));
        }
        facts.add(new Fact("Run", Text.code(head.runId())));
        facts.add(new Fact("Package", packageId == null ? Text.of("none: not sealed") : Text.code(packageId)));
        if (packageId != null) {
            facts.add(new Fact(
                    "Time stamp",
                    Text.of("in ")
                            .and(Text.code("SHA256SUMS.p7s.tsr"))
                            .and(" of the package; without that file the package has none")));
        }
        facts.add(new Fact("Made by", Words.of(head.tool())));
        facts.add(new Fact("Operator", Words.orNone(head.operator())));
        facts.add(new Fact("Configuration, SHA-256", Text.code(Words.orNone(head.configurationSha256()))));
        pages.facts("This report", facts);
    }

    private static String scope(RunFacts head) {
        List<Scope> in = head.scopes().stream()
                .filter(RunFacts.ScopeFact::inScope)
                .map(RunFacts.ScopeFact::scope)
                .toList();
        int out = head.scopes().size() - in.size();
        List<String> listed = new ArrayList<>();
        for (Scope scope : in.subList(0, Math.min(in.size(), SCOPES_LISTED))) {
            listed.add(scope.provider() + " " + scope.account() + " " + scope.region());
        }
        String more = in.size() > SCOPES_LISTED ? " and " + (in.size() - SCOPES_LISTED) + " more in run.json" : "";
        String excluded = out == 0 ? "" : "; " + Words.count(out, "scope is", "scopes are") + " declared out of scope";
        int tables = head.exclusions().size();
        excluded += tables == 0 ? "" : "; " + Words.count(tables, "table is", "tables are") + " declared out of scope";
        return Words.count(in.size(), "scope", "scopes") + ": " + String.join(", ", listed) + more + excluded;
    }

    private String stated() {
        FrameworkDeclarations declared = telling.run().declared().frameworks();
        List<String> parts = new ArrayList<>();
        declared.scope().ifPresent(scope -> parts.add("scope of the frameworks"));
        declared.statement()
                .ifPresent(statement -> parts.add("statement of applicability " + statement.version() + ", approved on "
                        + statement.approvedOn()));
        List<DecisionLine> decisions = telling.run().decisions();
        if (declared.decisions().isPresent()) {
            long decided = decisions.stream().filter(line -> !line.undecided()).count();
            parts.add(decided + " of " + decisions.size() + " addressable HIPAA specifications decided");
        }
        return String.join("; ", parts);
    }

    private String frameworks(RunFacts head) {
        List<String> titles = new ArrayList<>();
        for (String id : head.frameworks()) {
            titles.add(telling.catalog()
                    .framework(id)
                    .map(framework -> framework.title() + " (" + framework.edition() + ")")
                    .orElse(id));
        }
        return titles.isEmpty() ? "none selected" : String.join("; ", titles);
    }

    private void runs(Pages pages) throws IOException {
        List<RunLine> runs = telling.run().runs();
        String caption = runs.isEmpty()
                ? "Runs since the last package: not stated, the run folder holds no runs.csv"
                : "Runs since the last package: every run of this output folder, so that none is left out";
        pages.table(new TableForm(
                caption,
                List.of(
                        TableForm.words("Run, by its start (UTC)", 36),
                        TableForm.words("State", 37),
                        TableForm.number("Populations", 12),
                        TableForm.number("Not whole", 11),
                        TableForm.number("Tasks failed", 12))));
        for (RunLine run : runs.subList(Math.max(0, runs.size() - RUNS_LISTED), runs.size())) {
            Text state = Text.of(run.state());
            pages.row(List.of(
                    run.runId().equals(telling.run().head().runId())
                            ? Text.code(run.runId()).and(" (this run)")
                            : Text.code(run.runId()),
                    run.packageId().isEmpty() ? state : state.and(": ").and(Text.code(run.packageId())),
                    Text.of(run.populations().isBlank() ? "-" : run.populations()),
                    Text.of(run.populationsIncomplete().isBlank() ? "-" : run.populationsIncomplete()),
                    Text.of(run.tasksFailed().isBlank() ? "-" : run.tasksFailed())));
        }
        pages.endTable();
        if (runs.size() > RUNS_LISTED) {
            pages.paragraph(Text.of("The last " + RUNS_LISTED + " of " + runs.size() + " runs; all stand in ")
                    .and(Text.code("runs.csv"))
                    .and("."));
        }
    }

    private void outcomes(Pages pages) throws IOException {
        Numbers numbers = telling.numbers();
        List<Chart.Pattern> patterns = List.of(
                Chart.Pattern.SOLID,
                Chart.Pattern.DIAGONALS,
                Chart.Pattern.CROSSES,
                Chart.Pattern.BLANK,
                Chart.Pattern.DOTS,
                Chart.Pattern.LINES);
        List<Chart.Series> series = new ArrayList<>();
        List<TableForm.ColumnForm> columns = new ArrayList<>();
        columns.add(TableForm.words("Control family", 16));
        for (int i = 0; i < patterns.size(); i++) {
            Outcome outcome = Numbers.ORDER.get(i);
            series.add(new Chart.Series(outcome.printed(), patterns.get(i)));
            columns.add(TableForm.number(outcome.printed(), 14));
        }
        List<Chart.Bar> bars = new ArrayList<>();
        for (String family : numbers.families().keySet()) {
            bars.add(new Chart.Bar(family, numbers.family(family)));
        }
        pages.chart(new Chart("Outcomes of controls, by control family", "controls", series, bars));
        pages.table(new TableForm("The same numbers", columns));
        for (Chart.Bar bar : bars) {
            pages.row(row(Text.of(bar.label()), bar.counts()));
        }
        List<Long> all = new ArrayList<>();
        List<Long> items = new ArrayList<>();
        for (Outcome outcome : Numbers.ORDER) {
            all.add(numbers.controls(outcome));
            items.add(numbers.items(outcome));
        }
        pages.row(row(Text.strong("All controls"), all));
        List<Text> results = new ArrayList<>(row(Text.strong("Results of items"), items));
        results.set(results.size() - 1, Text.of("-"));
        pages.row(results);
        pages.endTable();
    }

    private static List<Text> row(Text label, List<Long> counts) {
        List<Text> cells = new ArrayList<>();
        cells.add(label);
        counts.forEach(count -> cells.add(Text.of(Long.toString(count))));
        return cells;
    }
}
