package dev.tickmark.cli.report.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import dev.tickmark.cli.report.page.Chart;
import dev.tickmark.cli.report.page.Imprint;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PdfPagesTest {
    @Test
    void theSamePagesGiveTheSameBytes() throws IOException {
        assertThat(sample("one")).isEqualTo(sample("one"));
    }

    @Test
    void aCharacterThatNoTypefaceHasIsShownByItsNumberAndNoneIsLost() throws IOException {
        String text = text(sample("\u4E2D\u202Eevil\n \u0395\u03BB \u0416"));

        assertThat(text).contains("<U+4E2D><U+202E>evil<U+000A> \u0395\u03BB \u0416");
    }

    @Test
    void anAccessKeyIdIsMasked() throws IOException {
        assertThat(text(sample("key AKIAIOSFODNN7EXAMPLE")))
                .contains("AKIA...MPLE")
                .doesNotContain("OSFODNN");
    }

    @Test
    void everyPageCarriesTheMarking() throws IOException {
        PdfReader marked = new PdfReader(sample("x"));
        PdfReader plain = new PdfReader(sample("x", null));

        assertThat(marked.getNumberOfPages()).isGreaterThan(2).isEqualTo(plain.getNumberOfPages());
        for (int page = 1; page <= marked.getNumberOfPages(); page++) {
            assertThat(marked.getPageContent(page).length).isGreaterThan(plain.getPageContent(page).length);
        }
    }

    private static String text(byte[] pdf) throws IOException {
        PdfReader reader = new PdfReader(pdf);
        StringBuilder text = new StringBuilder();
        for (int page = 1; page <= reader.getNumberOfPages(); page++) {
            text.append(new PdfTextExtractor(reader).getTextFromPage(page));
        }
        return text.toString();
    }

    private static byte[] sample(String words) throws IOException {
        return sample(words, "DRAFT");
    }

    private static byte[] sample(String words, @Nullable String marking) throws IOException {
        Imprint imprint = new Imprint(
                "Evidence of Example",
                "Tickmark, Example",
                "run 1",
                marking,
                "Tickmark 0.1",
                Instant.parse("2026-11-23T02:00:00Z"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Pages.Chapter chapter = new Pages.Chapter("one", "1 Results");
        try (Pages pages = new PdfPages(out, imprint)) {
            pages.title("Evidence", "of Example");
            pages.contents(List.of(chapter));
            pages.notice(Text.of("Nothing was read."));
            pages.chart(new Chart(
                    "Outcomes",
                    "controls",
                    List.of(
                            new Chart.Series("Deviation noted", Chart.Pattern.SOLID),
                            new Chart.Series("Not evaluated", Chart.Pattern.DIAGONALS),
                            new Chart.Series("No deviation noted", Chart.Pattern.DOTS)),
                    List.of(new Chart.Bar("iam", List.of(2L, 1L, 5L)), new Chart.Bar("mfa", List.of(0L, 3L, 1L)))));
            pages.chapter(chapter);
            pages.section("s", "Section");
            pages.paragraph(Text.of(words).and(Text.link("there", "one")));
            pages.bullet(Text.of("a bullet"));
            pages.facts("Facts", List.of(new Pages.Fact("label", "value")));
            pages.table(new TableForm("Rows", List.of(TableForm.words("key", 2), TableForm.number("count", 1))));
            for (int i = 0; i < 80; i++) {
                pages.row(List.of(Text.code("arn:aws:iam::111122223333:user/" + i), Text.of(Integer.toString(i))));
            }
            pages.endTable();
        }
        return out.toByteArray();
    }
}
