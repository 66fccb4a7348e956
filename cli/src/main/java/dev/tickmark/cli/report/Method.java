package dev.tickmark.cli.report;

import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.TableForm.ColumnForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.evidence.run.RunFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How the numbers came about, what they cannot show, and how to check them without us. */
record Method(Telling telling) {
    private static final int DIGEST_SHOWN = 10;
    private static final int JARS_ABREAST = 3;

    void tell(Pages pages) throws IOException {
        pages.chapter(Telling.METHOD);
        method(pages);
        limits(pages);
        tool(pages);
        pages.chapter(Telling.VERIFY);
        verify(pages);
    }

    private static void method(Pages pages) throws IOException {
        pages.section("method-steps", "From the source's answers to this report");
        pages.bullet(Text.of("Calls that only read were made to the systems in scope; each request and answer was"
                + " recorded with its time, without credentials and with the secrets named on each sheet cut out."));
        pages.bullet(Text.of("From the recordings, each population was written as a table in a fixed order; the"
                + " lineage beside it leads from each row to the recorded answer."));
        pages.bullet(Text.of("A population is called complete where the source said that the last page was read and"
                + " the counts that are known agree. Complete means complete as answered to the identity that"
                + " asked."));
        pages.bullet(Text.of("Each test is one query over populations which gives one result for each row of its main"
                + " table. A population that is not whole adds Not evaluated for its scope; the results of the rows"
                + " that were read stand beside it."));
        pages.bullet(Text.of("A control's outcome is the worst of its results, in this order: Deviation noted, Not"
                + " evaluated, Accepted deviation, No deviation noted, Not applicable. Not collected stands outside"
                + " this order."));
        pages.bullet(
                Text.of("Ages are measured at the instant that the row was observed, and not when the test" + " ran."));
        pages.bullet(Text.of("Each number in this report can be counted again from ")
                .and(Text.code("2-findings/findings.csv"))
                .and(", ")
                .and(Text.code("controls.csv"))
                .and(", ")
                .and(Text.code("criteria-*.csv"))
                .and(" and ")
                .and(Text.code("1-evidence/completeness.csv"))
                .and("."));
    }

    private static void limits(Pages pages) throws IOException {
        pages.section("method-limits", "Limits");
        pages.bullet(Text.of("A recording shows what Tickmark wrote down, and not what the source answered. The"
                + " request ids in the recordings can be matched with the source's own audit log, and each call can"
                + " be repeated live."));
        pages.bullet(Text.of("The facts are those of one instant. They say nothing of the days before and after, and"
                + " nothing of how a control worked over a period."));
        pages.bullet(Text.of("What the caller's identity is not shown, a source may leave out without saying so. The"
                + " counts on each sheet, of the same system or independent of it, are the means against this."));
        pages.bullet(Text.of("A basis that reads declared rests on a person's statement of system, report and row"
                + " count; registers are the organization's own records."));
        pages.bullet(Text.of("Access key ids are masked in this report: the first and the last four characters are"
                + " shown. A character that no embedded typeface has is shown as its number in Unicode, such as"
                + " <U+4E2D>; so are invisible and direction characters."));
        pages.bullet(Text.of("Observations and results are facts stated by a tool on behalf of management. They are"
                + " no opinion, and take the place of none."));
    }

    private void tool(Pages pages) throws IOException {
        RunFacts.Tool tool = telling.run().head().tool();
        pages.section("method-tool", "What made this run");
        pages.paragraph(Text.of(Words.of(tool) + "; Java " + Words.orNone(tool.java()) + ". "
                + Words.count(tool.jars().size(), "library was", "libraries were")
                + " loaded; each is shown with the beginning of its SHA-256, and run.json has the whole of it."));
        if (tool.jars().isEmpty()) {
            return;
        }
        List<ColumnForm> columns = new ArrayList<>();
        for (int i = 0; i < JARS_ABREAST; i++) {
            columns.add(TableForm.words("Library", 21));
            columns.add(TableForm.words("SHA-256", 12));
        }
        pages.table(new TableForm("Loaded libraries", columns));
        int down = (tool.jars().size() + JARS_ABREAST - 1) / JARS_ABREAST;
        for (int i = 0; i < down; i++) {
            List<Text> row = new ArrayList<>();
            for (int at = i; row.size() < columns.size(); at += down) {
                boolean jar = at < tool.jars().size();
                row.add(Text.of(jar ? tool.jars().get(at).name().replaceFirst("\\.jar$", "") : ""));
                row.add(Text.code(jar ? beginning(tool.jars().get(at).sha256()) : ""));
            }
            pages.row(row);
        }
        pages.endTable();
    }

    private static String beginning(String digest) {
        return digest.substring(0, Math.min(DIGEST_SHOWN, digest.length()));
    }

    private void verify(Pages pages) throws IOException {
        String packageId = telling.options().packageId();
        if (packageId == null) {
            pages.paragraph(Text.of("This draft cannot be verified: it is not sealed. 'tickmark seal' puts the run into"
                    + " a signed package and writes this report again without the marking."));
            return;
        }
        pages.paragraph(Text.of("The package ")
                .and(Text.code(packageId + ".zip"))
                .and(" holds this report, the populations, the recordings, the tests and the results. ")
                .and(Text.code("VERIFY.txt"))
                .and(" in it has the commands for this very package, with stock tools, for a Unix shell and for"
                        + " PowerShell. In short:"));
        pages.bullet(Text.of("Unpack it and run ")
                .and(Text.code("sha256sum -c --strict --quiet SHA256SUMS"))
                .and("; compare the names of the files both ways, since this finds no added file."));
        pages.bullet(Text.of("Check the signature over that list: ")
                .and(Text.code("openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS"
                        + " -CAfile ca.pem -out /dev/null -signer who.pem"))
                .and("; ca.pem comes from your side and never out of the package."));
        pages.bullet(Text.of("Compare the signer's fingerprint with the one that you received on another way: ")
                .and(Text.code("openssl x509 -in who.pem -noout -subject -fingerprint -sha256"))
                .and("."));
        pages.bullet(Text.of("The time stamp, where there is one, is in ")
                .and(Text.code("SHA256SUMS.p7s.tsr"))
                .and(": ")
                .and(Text.code("openssl ts -verify -data SHA256SUMS.p7s -in SHA256SUMS.p7s.tsr -CAfile tsa-ca.pem"))
                .and("."));
        pages.bullet(Text.of("The signature inside this PDF is shown by any reader, and by ")
                .and(Text.code("pdfsig 3-report/report.pdf"))
                .and(": it must say that the signature is valid and that the total document is signed."));
        pages.bullet(Text.of("To perform a test again without Tickmark, run ")
                .and(Text.code("2-findings/tests/<control>.run.sql"))
                .and(" in DuckDB's own shell from the unpacked package. To do all of it again: ")
                .and(Text.code("tickmark verify " + packageId + ".zip --signer who.pem --reperform"))
                .and("."));
    }
}
