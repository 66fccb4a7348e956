package dev.tickmark.cli.report;

import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.ControlLine;
import dev.tickmark.cli.report.source.Definition;
import dev.tickmark.cli.report.source.Definition.Threshold;
import dev.tickmark.evidence.Outcome;
import java.io.IOException;
import java.util.List;

/** Every threshold that a test used, and whose it is. */
record Thresholds(Telling telling) {
    private static final String DEFAULT = "built-in default, not the organisation's stated policy";

    void tell(Pages pages) throws IOException {
        pages.chapter(Telling.THRESHOLDS);
        pages.paragraph(Text.of("A test compares with these values. Until the organization's configuration names its"
                + " own value and the policy that it comes from, a threshold is a built-in default: a value that"
                + " others publish, and no statement of what this organization has decided."));
        pages.table(new TableForm(
                "Thresholds as the tests used them",
                List.of(
                        TableForm.words("Control", 10),
                        TableForm.words("Threshold", 22),
                        TableForm.words("Value", 14),
                        TableForm.words("Whose it is", 32),
                        TableForm.words("Source of the built-in value", 22))));
        for (ControlLine line : telling.run().controls()) {
            Definition control =
                    telling.run().definition(line.id(), telling.catalog()).orElse(null);
            if (line.outcome() == Outcome.NOT_COLLECTED || line.thresholds().isBlank()) {
                continue;
            }
            Text id = Text.link(line.id(), line.anchor());
            if (control == null) {
                pages.row(List.of(id, Text.of(line.thresholds()), Text.of(""), Text.of(""), Text.of("")));
                continue;
            }
            for (Threshold threshold : control.thresholds()) {
                row(pages, id, threshold);
            }
        }
        pages.endTable();
        new CatalogChanges(telling).tell(pages);
    }

    private static void row(Pages pages, Text id, Threshold threshold) throws IOException {
        String whose = DEFAULT;
        if (threshold.configured()) {
            whose = threshold.policy().isBlank()
                    ? "set in the configuration; no policy is named"
                    : "policy: " + threshold.policy();
        }
        String unit = threshold.unit().isBlank() ? "" : " " + threshold.unit();
        pages.row(List.of(
                id,
                Text.code(threshold.name()),
                Text.of(threshold.value() + unit),
                Text.of(whose),
                Text.of(threshold.origin() + (threshold.configured() ? ": " + threshold.builtIn() + unit : ""))));
    }
}
