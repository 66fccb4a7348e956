package dev.tickmark.cli.report;

import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.ChangeLine;
import java.io.IOException;
import java.util.List;

/** What the organisation's own catalog adds to the built-in one and changes in it. */
record CatalogChanges(Telling telling) {
    private static final int DIGEST_SHOWN = 16;

    void tell(Pages pages) throws IOException {
        pages.section("catalog-changes", "Changes to the built-in catalog");
        List<ChangeLine> changes = telling.run().changes();
        if (changes.isEmpty()) {
            pages.paragraph(
                    Text.of("None: every control, framework, test and link is the one that Tickmark comes with."));
            return;
        }
        pages.paragraph(Text.of("The organization has definitions of its own: these are added to the ones that Tickmark"
                        + " comes with, or take their place. The files are in ")
                .and(Text.code("1-evidence/declared/catalog"))
                .and(", as they were when the run began; what they take the place of is in ")
                .and(Text.code("2-findings/built-in"))
                .and(", and the same list with whole values and digests in ")
                .and(Text.code("2-findings/catalog-changes.csv"))
                .and("."));
        pages.table(new TableForm(
                "Changes to the built-in catalog",
                List.of(
                        TableForm.words("Definition", 13),
                        TableForm.words("Change", 9),
                        TableForm.words("Key", 18),
                        TableForm.words("Built-in value", 20),
                        TableForm.words("Value used", 20),
                        TableForm.words("File and beginning of its SHA-256", 20))));
        for (ChangeLine each : changes) {
            pages.row(List.of(
                    Text.of(each.id()),
                    Text.of(each.change()),
                    Text.code(each.key()),
                    Text.of(each.builtIn()),
                    Text.of(each.used()),
                    Text.code(each.file() + " " + beginning(each.sha256()))));
        }
        pages.endTable();
    }

    private static String beginning(String digest) {
        return digest.substring(0, Math.min(DIGEST_SHOWN, digest.length()));
    }
}
