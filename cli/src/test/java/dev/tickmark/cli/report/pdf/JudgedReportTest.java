package dev.tickmark.cli.report.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.cli.report.page.Imprint;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.evidence.seal.key.DemoIdentity;
import dev.tickmark.evidence.seal.key.SigningKey;
import dev.tickmark.evidence.seal.pdf.PdfSeal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leaves a report, as rendered and as signed, in {@code target/judged} for the judges of the conformance module. */
class JudgedReportTest {
    private static final Path JUDGED = Path.of("target", "judged");
    private static final Instant AT = Instant.parse("2026-11-23T02:00:00Z");

    @TempDir
    Path folder;

    @Test
    void isSignedAndLeftForTheJudges() throws IOException {
        Path report = Files.createDirectories(JUDGED).resolve("report.pdf");
        Path signed = JUDGED.resolve("report-signed.pdf");
        Imprint imprint = new Imprint("Evidence of Example", "Tickmark, Example", "run 1", "DEMO", "Tickmark 0.1", AT);
        Pages.Chapter chapter = new Pages.Chapter("one", "1 Results");
        try (OutputStream out = Files.newOutputStream(report);
                Pages pages = new PdfPages(out, imprint)) {
            pages.title("Evidence", "of Example");
            pages.contents(List.of(chapter));
            pages.chapter(chapter);
            pages.paragraph(Text.of("Αλίκη, Ольга, Zoë ").and(Text.link("there", "one")));
            pages.table(new TableForm("Rows", List.of(TableForm.words("key", 2), TableForm.number("count", 1))));
            pages.row(List.of(Text.code("=cmd"), Text.of("1")));
            pages.endTable();
        }
        SigningKey key = DemoIdentity.open(folder, AT);

        PdfSeal.Result result = PdfSeal.sign(report, signed, key, AT, null);

        assertThat(result.level()).isEqualTo(PdfSeal.Level.B_B);
        assertThat(signed).exists();
    }
}
