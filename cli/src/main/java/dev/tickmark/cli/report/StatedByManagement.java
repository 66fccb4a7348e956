package dev.tickmark.cli.report;

import dev.tickmark.catalog.declared.ScopeDeclaration;
import dev.tickmark.catalog.declared.ScopeDeclaration.Category;
import dev.tickmark.catalog.declared.ScopeDeclaration.Hipaa;
import dev.tickmark.catalog.declared.ScopeDeclaration.Role;
import dev.tickmark.catalog.declared.ScopeDeclaration.Soc2;
import dev.tickmark.catalog.declared.ScopeDeclaration.Subservice;
import dev.tickmark.catalog.declared.StatementOfApplicability;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.Pages.Fact;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.DecisionLine;
import dev.tickmark.cli.report.source.LinkedOutcomes;
import dev.tickmark.cli.report.source.StatementLine;
import dev.tickmark.evidence.Outcome;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What management states of the frameworks: scope, statement of applicability, addressable specifications. */
record StatedByManagement(Telling telling) {
    static final String STATEMENT = "Statement of applicability (ISO/IEC 27001:2022, 6.1.3 d)";
    static final String DECISIONS = "Addressable specifications (45 CFR 164.306(d)(3))";
    private static final String ISO = "iso27001-2022";

    void tell(Pages pages) throws IOException {
        pages.chapter(Telling.STATED);
        pages.paragraph(Text.of("This chapter is management's statement, and not a result. It comes from files that the"
                        + " organization maintains and that were copied into ")
                .and(Text.code("1-evidence/declared"))
                .and(
                        " when the run began. No test decides any of it, and nothing of it is inferred from a test. Outcomes"
                                + " of linked controls stand beside it as facts; the auditor concludes."));
        scope(pages);
        statement(pages);
        decisions(pages);
    }

    private void scope(Pages pages) throws IOException {
        pages.section("declared-scope", "Scope of the frameworks");
        Optional<ScopeDeclaration> scope = telling.run().declared().frameworks().scope();
        if (scope.isEmpty()) {
            pages.paragraph(
                    Text.of("No scope was declared: each criterion is shown as if it were asked of the organization."));
            return;
        }
        List<Fact> facts = new ArrayList<>();
        scope.get().soc2().ifPresent(soc2 -> soc2(facts, soc2));
        scope.get().hipaa().ifPresent(hipaa -> hipaa(facts, hipaa));
        if (!facts.isEmpty()) {
            pages.facts("As management declares", facts);
        }
        if (!scope.get().subservices().isEmpty()) {
            subservices(pages, scope.get().subservices());
        }
    }

    private static void soc2(List<Fact> facts, Soc2 soc2) {
        facts.add(new Fact(
                "SOC 2 categories",
                Text.strong(String.join(
                                ", ",
                                soc2.inScope().stream().map(Category::words).toList()))
                        .and(": " + soc2.word().printed())));
        soc2.outOfScope()
                .forEach((category, word) ->
                        facts.add(new Fact("Not included", category.words() + ": " + word.printed())));
    }

    private static void hipaa(List<Fact> facts, Hipaa hipaa) {
        facts.add(new Fact(
                "HIPAA roles",
                Text.strong(String.join(
                                ", ", hipaa.roles().stream().map(Role::words).toList()))
                        .and(": " + hipaa.word().printed())));
        hipaa.delegated()
                .forEach((criterion, word) ->
                        facts.add(new Fact("Taken on by contract", criterion + ": " + word.printed())));
    }

    private void subservices(Pages pages, List<Subservice> subservices) throws IOException {
        pages.table(new TableForm(
                Words.count(subservices.size(), "subservice organization", "subservice organizations"),
                List.of(
                        TableForm.words("Organization and services", 20),
                        TableForm.words("Method", 9),
                        TableForm.words("SOC 2 criteria", 11),
                        TableForm.words("Controls expected of it", 25),
                        TableForm.words("What stays here", 15),
                        TableForm.words("Report, and who declared it", 24))));
        for (Subservice each : subservices) {
            String report = each.report()
                    .map(reference -> reference.printed() + age(reference.to()) + ". ")
                    .orElse("No report is named. ");
            pages.row(List.of(
                    Text.strong(each.name()).and(": " + each.services()),
                    Text.of(each.method().words()),
                    Text.of(String.join(", ", each.criteria())),
                    Text.of(
                            each.complementaryControls().isEmpty()
                                    ? "-"
                                    : String.join(" ", each.complementaryControls())),
                    Text.of(each.remaining().isBlank() ? "nothing stated" : each.remaining()),
                    Text.of(report + each.word().printed())));
        }
        pages.endTable();
    }

    /** A report says nothing of the days after its own. */
    private String age(LocalDate to) {
        long days = ChronoUnit.DAYS.between(to, day());
        return days > 0 ? " (ended " + Words.count(days, "day", "days") + " before this run)" : "";
    }

    private LocalDate day() {
        return LocalDate.ofInstant(telling.run().head().asOf(), ZoneOffset.UTC);
    }

    private void statement(Pages pages) throws IOException {
        Optional<StatementOfApplicability> declared =
                telling.run().declared().frameworks().statement();
        List<StatementLine> lines = telling.run().statement();
        if (declared.isEmpty()) {
            if (telling.run().criteria().containsKey(ISO)) {
                pages.section("statement-of-applicability", STATEMENT);
                pages.paragraph(Text.of("No statement of applicability was declared with this run."));
            }
            return;
        }
        pages.section("statement-of-applicability", STATEMENT);
        StatementOfApplicability statement = declared.get();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Organization", statement.organization()));
        facts.add(new Fact("Scope", statement.scope()));
        facts.add(new Fact("Version", statement.version()));
        facts.add(new Fact("Approved", Text.strong("by " + statement.approver()).and(" on " + statement.approvedOn())));
        facts.add(new Fact("Maintained by", statement.owner()));
        facts.add(new Fact("Prepared by", Words.orNone(String.join(", ", statement.preparedBy()))));
        facts.add(new Fact("Annex A", annexA(lines)));
        pages.facts("As management states", facts);
        for (String observation : statement.observations(day())) {
            pages.bullet(Text.strong("Observation: ").and(observation));
        }
        pages.table(new TableForm(
                "Controls, as management states them; the last column alone is observed",
                List.of(
                        TableForm.words("Control", 22),
                        TableForm.words("Applies", 8),
                        TableForm.words("Implemented", 12),
                        TableForm.words("Justification", 26),
                        TableForm.words("Responsible, references, notes", 20),
                        TableForm.words("Outcomes of linked controls", 16))));
        for (StatementLine line : lines) {
            String from = line.beyondAnnexA() ? " (beyond Annex A, from: " + line.source() + ")" : "";
            pages.row(List.of(
                    Text.strong(line.id()).and("  " + line.title() + from),
                    line.applicable() ? Text.of("yes") : Text.strong("no"),
                    Text.of(implemented(line)),
                    Text.of(line.justification()),
                    Text.of(beside(line)),
                    Text.of(line.beyondAnnexA() ? "-" : outcomes(line.linked()))));
        }
        pages.endTable();
    }

    private static String annexA(List<StatementLine> lines) {
        List<StatementLine> annexA =
                lines.stream().filter(line -> !line.beyondAnnexA()).toList();
        List<StatementLine> applicable =
                annexA.stream().filter(StatementLine::applicable).toList();
        List<String> states = new ArrayList<>();
        for (String state : List.of("yes", "partly", "planned", "no")) {
            long count = applicable.stream()
                    .filter(line -> line.implemented().equals(state))
                    .count();
            states.add(count + " " + state);
        }
        int beyond = lines.size() - annexA.size();
        return Words.count(annexA.size(), "control", "controls") + " stated, " + applicable.size()
                + " applicable (implemented: " + String.join(", ", states) + "), "
                + (annexA.size() - applicable.size()) + " excluded"
                + (beyond == 0 ? "" : "; " + Words.count(beyond, "control", "controls") + " beyond Annex A");
    }

    private static String implemented(StatementLine line) {
        if (!line.applicable()) {
            return "-";
        }
        return line.implemented()
                + (line.plannedFor().isBlank() ? "" : ", for " + line.plannedFor())
                + (line.observation().isBlank() ? "" : ". " + line.observation());
    }

    private static String beside(StatementLine line) {
        List<String> parts = new ArrayList<>();
        for (String part : List.of(line.responsible(), line.references(), line.notes())) {
            if (!part.isBlank()) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? "-" : String.join("; ", parts);
    }

    private void decisions(Pages pages) throws IOException {
        List<DecisionLine> lines = telling.run().decisions();
        if (lines.isEmpty()) {
            return;
        }
        pages.section("hipaa-decisions", DECISIONS);
        List<DecisionLine> undecided =
                lines.stream().filter(DecisionLine::undecided).toList();
        pages.paragraph(Text.strong((lines.size() - undecided.size()) + " of " + lines.size()
                        + " addressable specifications are decided.")
                .and(
                        " Addressable leaves a choice of means and none of whether to decide: each is implemented, answered by"
                                + " an equivalent alternative, or documented as not reasonable and appropriate, from the risk"
                                + " analysis."
                                + telling.run()
                                        .declared()
                                        .frameworks()
                                        .decisions()
                                        .map(decisions -> " The decisions are maintained by " + decisions.owner() + ".")
                                        .orElse(" No decisions were declared with this run.")));
        if (!undecided.isEmpty()) {
            pages.notice(Text.strong("Undecided: ")
                    .and(String.join(
                                    "; ",
                                    undecided.stream()
                                            .map(line -> line.specification() + " " + line.title())
                                            .toList())
                            + "."));
        }
        if (undecided.size() == lines.size()) {
            return;
        }
        pages.table(new TableForm(
                "Decisions, as management states them; the last column alone is observed",
                List.of(
                        TableForm.words("Specification", 20),
                        TableForm.words("Decision", 14),
                        TableForm.words("How, or why not and what instead", 30),
                        TableForm.words("Decided, from which risk analysis, next review", 23),
                        TableForm.words("Outcomes of linked controls", 15))));
        for (DecisionLine line : lines) {
            pages.row(List.of(
                    Text.strong(line.specification()).and("  " + line.title()),
                    line.undecided() ? Text.strong("undecided") : Text.of(Words.code(line.decision())),
                    Text.of(grounds(line)),
                    Text.of(decided(line)),
                    Text.of(outcomes(line.linked()))));
        }
        pages.endTable();
    }

    private static String grounds(DecisionLine line) {
        List<String> parts = new ArrayList<>();
        add(parts, "", line.how());
        add(parts, "Why not as specified: ", line.why());
        add(parts, "Instead: ", line.alternative());
        add(parts, "Why no alternative: ", line.whyNoAlternative());
        add(parts, "", line.notes());
        return parts.isEmpty() ? "-" : String.join(" ", parts);
    }

    private static void add(List<String> parts, String label, String text) {
        if (!text.isBlank()) {
            parts.add(label + (text.endsWith(".") ? text : text + "."));
        }
    }

    private static String decided(DecisionLine line) {
        return line.undecided()
                ? "-"
                : line.decidedBy() + ", " + line.decidedOn() + "; " + line.riskAnalysis() + "; review by "
                        + line.reviewOn() + (line.observation().isBlank() ? "" : ". " + line.observation());
    }

    private static String outcomes(LinkedOutcomes linked) {
        List<String> words = new ArrayList<>();
        for (Outcome outcome : Numbers.ORDER) {
            Long count = linked.counts().get(outcome);
            if (count != null) {
                words.add(count + " " + outcome.printed());
            }
        }
        return words.isEmpty() ? "no control is linked" : String.join(", ", words);
    }
}
