package dev.tickmark.cli.report;

import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
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

/** Every criterion of each framework, with the controls that are linked to it, and without a verdict. */
record CriteriaMatrix(Telling telling) {
    void tell(Pages pages) throws IOException {
        pages.chapter(Telling.CRITERIA);
        pages.paragraph(Text.of("A criterion gets no verdict here. Each line shows a control that is linked to it, how"
                + " strongly and why, what part of the criterion the control leaves open, and the control's outcome;"
                + " the auditor concludes. Numbers are the publishers', the short words are ours: refer to the"
                + " licensed standard for the text. Where the control reads none, no control of this catalog is linked"
                + " and all of the criterion is left open."));
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
                + Words.count(lines.size() - unlinked, "link", "links") + ". "
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
                    : Text.strong(line.criterion()).and(title(framework, line.criterion()));
            before = line.criterion();
            if (line.control().isBlank()) {
                pages.row(List.of(
                        criterion, Text.of("none"), Text.of("-"), Text.of("-"), Text.of("all of it"), Text.of("-")));
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
