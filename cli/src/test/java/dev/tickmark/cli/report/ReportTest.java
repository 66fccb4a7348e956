package dev.tickmark.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final ReportOptions DEMO = new ReportOptions(Marking.DEMO, "mueller-2026-11-23T02-00-00Z-7f3a");

    @TempDir
    private Path folder;

    private final Report report = new Report(RunFolderFixture.catalog(), Tables.builtIn());

    @Test
    void theSameRunGivesTheSameBytesInAnyZoneAndLocale() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, DEMO, folder.resolve("one"));
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/Adak"));
            assertThat(report.differing(run, DEMO, folder.resolve("two"), folder.resolve("one")))
                    .isEmpty();
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void aChangedReportIsNamed() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        Path one = folder.resolve("one");
        report.write(run, DEMO, one);
        Files.writeString(
                one.resolve("index.html"),
                Files.readString(one.resolve("index.html")).replace("Deviation", "deviation"));
        byte[] pdf = Files.readAllBytes(one.resolve("report.pdf"));
        Files.write(
                one.resolve("report.pdf"),
                "\n% a signature follows".getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.APPEND);

        assertThat(report.differing(run, DEMO, folder.resolve("two"), one)).containsExactly("index.html");

        pdf[pdf.length / 2] ^= 1;
        Files.write(one.resolve("report.pdf"), pdf);
        assertThat(report.differing(run, DEMO, folder.resolve("two"), one)).containsExactly("index.html", "report.pdf");
    }

    @Test
    void whatWasNotReadStandsOnTheFirstPageAndInEveryForm() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        PdfReader pdf = new PdfReader(folder.resolve("r/report.pdf").toString());
        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1).replaceAll("\\s+", " "))
                .contains("4 of 6 populations were read whole; 2 were not");
        assertThat(text())
                .contains(
                        "iam:ListAccessKeys is denied",
                        "Grant iam:ListAccessKeys",
                        "777788889999",
                        "sandbox without customer data");
        assertThat(html()).contains("4 of 6 populations were read whole", "Grant iam:ListAccessKeys");
        assertThat(Files.readString(folder.resolve("r/summary.json")))
                .contains("\"not_whole\": 2", "\"evidence_missing\": true");
    }

    @Test
    void whatTheRunCouldLookAtIsSeenOnOnePage() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        assertThat(text()).contains("Coverage of this run", "by a test", "no linked control");
        assertThat(html()).containsPattern("<span class=\"tile level-0\">CC6.1 <small>\\d+/\\d+</small></span>");
    }

    @Test
    void noItemOfASourceCanHideReorderOrRunAnything() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        assertThat(text())
                .contains(
                        "=cmd",
                        "+ops",
                        "<U+4E2D><U+6587><U+540D>",
                        "invoice<U+202E>gpj.exe",
                        "\u0395\u03bb\u03ad\u03bd\u03b7",
                        "\u0416\u0430\u043d\u043d\u0430",
                        "<U+0645>");
        assertThat(html())
                .contains(
                        "invoice&lt;U+202E&gt;gpj.exe",
                        "&lt;b&gt;bold&lt;/b&gt;&amp;amp;",
                        "<bdi>\u05d3\u05d5\u05d3 \u05db\u05d4\u05df</bdi>",
                        "\u4e2d\u6587\u540d")
                .doesNotContain("\u202e", "<b>", "<script", " style=", "src=", "http-equiv=\"refresh\"");
    }

    @Test
    void whatIsLongerThanItsCellOrItsPageGoesOnWithItsHeadings() throws Exception {
        Path run = RunFolderFixture.write(folder, 900);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        assertThat(text().replace(" ", "")).contains(RunFolderFixture.LONG_KEY);
        assertThat(text()).contains("the last of very many words", "end of the reason");
        PdfReader pdf = new PdfReader(folder.resolve("r/report.pdf").toString());
        for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
            String words = new PdfTextExtractor(pdf).getTextFromPage(page).replaceAll("\\s+", " ");
            if (words.contains("key of service-")) {
                assertThat(words).contains("Item Scope Reason");
            }
        }
    }

    @Test
    void accessKeyIdsAreMaskedInPrint() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        assertThat(text() + html() + Files.readString(folder.resolve("r/summary.json")))
                .contains("AKIA...MPLE")
                .doesNotContain(RunFolderFixture.KEY);
    }

    @Test
    void everyLinkLeadsSomewhereAndNoAnchorStandsTwice() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        List<String> anchors = all("id=\"([a-z0-9-]+)\"", html());
        assertThat(anchors).doesNotHaveDuplicates();
        assertThat(new HashSet<>(anchors)).containsAll(all("href=\"#([^\"]+)\"", html()));
        assertThat(html()).doesNotContainPattern("href=\"[^#]");
    }

    @Test
    void theCoverIsOnePageHoweverManyRunsThereWere() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        Path runs = run.resolve("runs.csv");
        StringBuilder lines = new StringBuilder(Files.readString(runs));
        for (int i = 10; i < 30; i++) {
            String id = "2026-11-24T02-00-00Z-70" + i;
            lines.append("tickmark,mueller,global,2026-11-23T02:00:00Z,")
                    .append(id)
                    .append(",run,")
                    .append(id);
            lines.append(",2026-11-24T02:00:00Z,2026-11-24T02:01:00Z,sealed,6,2,0,mueller-und-soehne-gmbh-");
            lines.append(id).append(",,7\r\n");
        }
        Files.writeString(runs, lines);
        report.write(run, DEMO, folder.resolve("r"));

        PdfReader pdf = new PdfReader(folder.resolve("r/report.pdf").toString());
        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1)).contains("The last 8 of 22 runs");
        assertThat(new PdfTextExtractor(pdf).getTextFromPage(2)).contains("Contents");
    }

    @Test
    void aLongListIsCutWithItsCountAndItsPath() throws Exception {
        Path run = RunFolderFixture.write(folder, 900);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        assertThat(text())
                .contains("901 items that deviate", "The first 200 of 901", "2-findings/findings.csv", "key-198")
                .doesNotContain("key-199,");
        assertThat(html()).contains("The first 200 of 901");
    }

    @Test
    void aNumberThatCannotBeCountedAgainIsRefused() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        Path controls = run.resolve("2-findings/controls.csv");
        Files.writeString(
                controls,
                Files.readString(controls)
                        .replace(
                                "IAM-002,The root user has no keys,PASS,1,1,",
                                "IAM-002,The root user has no keys,PASS,1,2,"));

        assertThatThrownBy(() -> report.write(run, ReportOptions.draft(), folder.resolve("r")))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("IAM-002")
                .hasMessageContaining("findings.csv");
        assertThat(folder.resolve("r")).doesNotExist();
    }

    @Test
    void aRunThatIsNotAssessedIsToldSo() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        Files.delete(run.resolve("2-findings/findings.csv"));

        assertThatThrownBy(() -> report.write(run, ReportOptions.draft(), folder.resolve("r")))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("tickmark assess");
    }

    @Test
    void aThreadThatIsAskedToStopLeavesNothing() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> report.write(run, ReportOptions.draft(), folder.resolve("r")))
                .isInstanceOf(InterruptedException.class);
        try (var left = Files.list(folder.resolve("r"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aPeriodIsNotPrintedBesideListingsOfOneInstant() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, DEMO, folder.resolve("r"));

        assertThat(text()).contains("No population of this run covers a period");
        assertThat(html()).doesNotContainIgnoringCase(">period<");
    }

    @Test
    void whatIsDeclaredOutOfScopeIsPrintedAndIsNoGap() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        assertThat(text())
                .contains("1 table declared out of scope", "aws_account_region identity alone is asked for carol")
                .contains("4 of 6 populations were read whole");
        assertThat(Files.readString(folder.resolve("r/summary.json"))).doesNotContain("aws_account_region");
    }

    @Test
    void aDeclaredFileIsPrintedWithItsDeclaration() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        assertThat(text())
                .contains(
                        "exported by erin@example.com on 2026-11-22T17:30:00Z (UTC) from system hr",
                        "row count that the system showed: 43",
                        "work_email from \"E-mail (work)\"",
                        "1 rests on the declaration of a person");
    }

    @Test
    void aRowLeadsBackToItsRecordedAnswer() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        report.write(run, ReportOptions.draft(), folder.resolve("r"));

        assertThat(html())
                .contains("<code>" + RunFolderFixture.RECORD + "</code> at <code>/UserDetailList/member[1]</code>")
                .doesNotContain("AIDAEXAMPLECAROL");
    }

    private String html() throws IOException {
        return Files.readString(folder.resolve("r/index.html"));
    }

    private String text() throws IOException {
        PdfReader reader = new PdfReader(folder.resolve("r/report.pdf").toString());
        StringBuilder text = new StringBuilder();
        for (int page = 1; page <= reader.getNumberOfPages(); page++) {
            text.append(new PdfTextExtractor(reader).getTextFromPage(page)).append(' ');
        }
        return text.toString().replaceAll("\\s+", " ");
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
