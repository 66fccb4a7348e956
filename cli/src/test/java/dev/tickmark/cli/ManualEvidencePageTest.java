package dev.tickmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.declared.Acceptance;
import dev.tickmark.catalog.declared.Attachment;
import dev.tickmark.catalog.declared.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/manual-evidence.md shows can be written so. */
class ManualEvidencePageTest {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().resolveSibling("docs").resolve("manual-evidence.md");

    @TempDir
    Path folder;

    @Test
    void itsFilesAreRead() throws IOException {
        Optional<Catalog> catalog = Optional.of(Catalog.builtIn());
        List<String> files = blocks("yaml");

        assertThat(files).hasSize(3);
        assertThat(Attachment.read("attachments.yaml", files.get(0), catalog)).hasSize(1);
        assertThat(Acceptance.read("acceptances.yaml", files.get(1), catalog)).hasSize(1);
        assertThat(Response.read("responses.yaml", files.get(2), catalog)).hasSize(1);
    }

    @Test
    void itsAttachCommandsDoWhatTheySay() throws IOException {
        Files.writeString(folder.resolve("policy.pdf"), "%PDF-1.7");
        Session session = new Session(folder);

        for (String line : blocks("sh").get(0).lines().toList()) {
            List<String> words = Pattern.compile("\"([^\"]*)\"|([^\\s\"]+)")
                    .matcher(line.replaceFirst("\\s#.*", ""))
                    .results()
                    .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                    .toList();
            assertThat(session.run(words.subList(1, words.size()).toArray(String[]::new)))
                    .as(session.err())
                    .isZero();
        }

        assertThat(session.out()).contains("Attached to GOV-003");
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
