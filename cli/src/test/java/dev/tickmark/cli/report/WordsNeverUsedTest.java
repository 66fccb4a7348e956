package dev.tickmark.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** We state facts and the auditor concludes: no text of ours holds a word that would conclude for them. */
class WordsNeverUsedTest {
    private static final Pattern NEVER = Pattern.compile(
            "\\b(compliant|certified|attested|assured|effective|effectively|audit-ready|scores?)\\b"
                    + "|\\bmeets (the )?(CC|PI|P|C|A)[0-9]|\\bmeets (A\\.|164\\.)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL =
            Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", Pattern.DOTALL);
    private static final List<String> TEXTS =
            List.of(".yaml", ".yml", ".json", ".css", ".html", ".txt", ".csv", ".sql");

    @TempDir
    private Path folder;

    @Test
    void theTestItselfFindsThem() {
        assertThat(found("the control is Effective")).isNotEmpty();
        assertThat(found("this meets CC6.1")).isNotEmpty();
        assertThat(found("a risk score of 7")).isNotEmpty();
        assertThat(found("ineffectual, scored underscore, assurance")).isEmpty();
    }

    @Test
    void noTextInTheSourcesOfAnyModuleUsesThem() throws IOException {
        Path project = Path.of("..").toAbsolutePath().normalize();
        List<String> found = new ArrayList<>();
        int read = 0;
        for (String module : List.of("evidence-package", "controls-catalog", "collectors", "cli")) {
            try (Stream<Path> files = Files.walk(project.resolve(module).resolve("src/main"))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".java")) {
                        read++;
                        Matcher literals = LITERAL.matcher(Files.readString(file));
                        while (literals.find()) {
                            found(literals.group()).forEach(word -> found.add(file + ": " + word));
                        }
                    } else if (TEXTS.stream().anyMatch(name::endsWith)) {
                        read++;
                        found(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                                .forEach(word -> found.add(file + ": " + word));
                    }
                }
            }
        }

        assertThat(read).isGreaterThan(100);
        assertThat(found).isEmpty();
    }

    @Test
    void noRenderedReportUsesThem() throws Exception {
        Path run = RunFolderFixture.write(folder, 3);
        for (Marking marking : Marking.values()) {
            Path out = folder.resolve(marking.name());
            ReportOptions options =
                    marking == Marking.DRAFT ? ReportOptions.draft() : new ReportOptions(marking, "p-1");
            new Report(RunFolderFixture.catalog(), Tables.builtIn()).write(run, options, out);

            assertThat(found(Files.readString(out.resolve("index.html")))).isEmpty();
            assertThat(found(Files.readString(out.resolve("summary.json")))).isEmpty();
        }
    }

    @Test
    void outcomesInPrintAreTheAgreedWords() {
        assertThat(Outcome.values())
                .extracting(Outcome::printed)
                .containsExactly(
                        "Deviation noted",
                        "Not evaluated",
                        "Accepted deviation",
                        "No deviation noted",
                        "Not applicable",
                        "Not collected");
    }

    private static List<String> found(String text) {
        return NEVER.matcher(text).results().map(match -> match.group()).toList();
    }
}
