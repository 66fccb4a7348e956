package dev.tickmark.cli.report;

import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.declared.CriterionScope.State;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.ControlLine;
import dev.tickmark.cli.report.source.CriterionLine;
import dev.tickmark.evidence.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Every criterion of each framework, with the controls that are linked to it, and without a verdict. */
record CriteriaMatrix(Telling telling) {
    void tell(Pages pages) throws IOException {
        pages.chapter(Telling.CRITERIA);
        pages.paragraph(Text.of("A criterion gets no verdict here. Each line shows a control that is linked to it, how"
                + " strongly and why, what part of the criterion the control leaves open, and the control's outcome;"
                + " the auditor concludes. Numbers are the publishers', the short words are ours: refer to the"
                + " licensed standard for the text. Where the control reads none, no control of this catalog is linked"
                + " and all of the criterion is left open."
                + (telling.run().criteria().values().stream()
                                .flatMap(List::stream)
                                .anyMatch(line -> line.scope() != State.NOT_DECLARED)
                        ? " What is said of a criterion's scope is management's declaration, and no result."
                        : "")));
        if (telling.run().criteria().isEmpty()) {
            pages.paragraph(Text.of("No framework was selected for this run."));
        }
        new CoverageMap(telling).tell(pages);
        for (Map.Entry<String, List<CriterionLine>> each :
                telling.run().criteria().entrySet()) {
            framework(pages, each.getKey(), each.getValue());
        }
    }

    private void framework(Pages pages, String id, List<CriterionLine> lines) throws IOException {
        Optional<Framework> framework = telling.catalog().framework(id);
        pages.section(
                "framework-" + id,
                framework.map(each -> each.title() + ", " + each.edition()).orElse(id));
        long criteria = lines.stream().map(CriterionLine::criterion).distinct().count();
        long unlinked = lines.stream().filter(line -> line.control().isBlank()).count();
        pages.paragraph(Text.of(Words.count(criteria, "criterion", "criteria") + ", of which " + unlinked
                + " without a linked control; "
                + Words.count(lines.size() - unlinked, "link", "links") + ". " + asked(lines)
                + framework
                        .map(each -> each.notice() + (each.status().isBlank() ? "" : " " + each.status()))
                        .orElse("")));
        pages.table(new TableForm(
                "Criteria and linked controls",
                List.of(
                        TableForm.words("Criterion", 33),
                        TableForm.words("Control", 9),
                        TableForm.words("Link", 11),
                        TableForm.words("Why", 20),
                        TableForm.words("Not covered by it", 18),
                        TableForm.words("Control's outcome", 14))));
        String before = "";
        for (CriterionLine line : lines) {
            Text criterion = line.criterion().equals(before)
                    ? Text.of(line.criterion())
                    : Text.strong(line.criterion())
                            .and(title(framework, line.criterion()))
                            .and(scope(line));
            before = line.criterion();
            if (line.control().isBlank()) {
                pages.row(List.of(
                        criterion,
                        Text.of("none"),
                        Text.of("-"),
                        Text.of("-"),
                        Text.of(line.open() ? "all of it" : line.scope().words()),
                        Text.of("-")));
            } else {
                pages.row(List.of(
                        criterion,
                        control(line.control()),
                        Text.of(line.link().toLowerCase(Locale.ROOT)),
                        Text.of(line.reason()),
                        Text.of(line.notCovered()),
                        Text.of(printed(line.controlOutcome()))));
            }
        }
        pages.endTable();
    }

    /** How many criteria are not asked of the organization, where something is declared of that. */
    private static String asked(List<CriterionLine> lines) {
        Set<String> elsewhere = new TreeSet<>();
        Set<String> open = new TreeSet<>();
        for (CriterionLine line : lines) {
            if (line.scope().elsewhere()) {
                elsewhere.add(line.criterion());
            }
            if (line.open()) {
                open.add(line.criterion());
            }
        }
        return elsewhere.isEmpty()
                ? ""
                : "As management declares, " + elsewhere.size()
                        + " of them are not asked of the organization; of those that" + " are, " + open.size()
                        + (open.size() == 1 ? " is" : " are") + " without a linked control. ";
    }

    private static Text scope(CriterionLine line) {
        if (line.scope() == State.NOT_DECLARED
                || (line.scope() == State.IN_SCOPE && line.scopeReason().isBlank())) {
            return Text.of("");
        }
        Text said = Text.of("  ").and(Text.strong("Declared " + line.scope().words()));
        return switch (line.scope()) {
            // one word of management for many criteria, which stands in full once
            case CATEGORY_NOT_INCLUDED, NOT_THIS_ROLE ->
                said.and(": see ")
                        .and(Text.link("chapter 5", Telling.STATED.anchor()))
                        .and(".");
            default -> said.and(line.scopeReason().isBlank() ? "." : ": " + line.scopeReason());
        };
    }

    private static String title(Optional<Framework> framework, String number) {
        Optional<Criterion> criterion = framework.flatMap(each -> each.criterion(number));
        if (criterion.isEmpty()) {
            return "";
        }
        Criterion.Obligation obligation = criterion.get().obligation();
        List<String> marks = new ArrayList<>();
        if (obligation != Criterion.Obligation.NOT_STATED) {
            marks.add(Words.code(obligation.name()));
        }
        if (!criterion.get().role().isBlank()) {
            marks.add("duty of the " + criterion.get().role());
        }
        return "  " + criterion.get().title() + (marks.isEmpty() ? "" : " (" + String.join("; ", marks) + ")");
    }

    private Text control(String id) {
        boolean section = telling.run()
                .control(id)
                .filter(line ->
                        line.outcome() != Outcome.NOT_COLLECTED || line.items().all() > 0)
                .isPresent();
        return section ? Text.link(id, ControlLine.anchor(id)) : Text.of(id);
    }

    private static String printed(String code) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equals(code)) {
                return outcome.printed();
            }
        }
        return code.isBlank() ? "-" : code;
    }
}
