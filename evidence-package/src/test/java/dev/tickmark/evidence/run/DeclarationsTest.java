package dev.tickmark.evidence.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarationsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path out;

    private RunFolder run = new RunFolder(Path.of("none"));

    @BeforeEach
    void aRun() {
        run = Runs.folder(out, "2026-11-23T02:00:00Z", 1);
    }

    @Test
    void theCopiesAreCoveredByTheJournalAndKeptByTheSweep() throws IOException {
        Path file = Files.writeString(out.resolve("policy.pdf"), "abc");

        new Declarations()
                .add("catalog/controls/acme-1.yaml", bytes("id: ACME-1"))
                .add("attachments/ACME-1/policy.pdf", file, Disk.sha256(file))
                .freeze(run, CLOCK);
        Publication.sweep(run);

        assertThat(run.evidence().resolve("declared/catalog/controls/acme-1.yaml"))
                .hasContent("id: ACME-1");
        assertThat(run.evidence().resolve("declared/attachments/ACME-1/policy.pdf"))
                .hasContent("abc");
        assertThat(EvidenceCheck.differences(run)).isEmpty();
        Files.writeString(run.evidence().resolve("declared/catalog/controls/acme-1.yaml"), "id: ACME-2");
        assertThat(EvidenceCheck.differences(run)).hasSize(1);
    }

    @Test
    void aRunKeepsWhatItBeganWith() {
        new Declarations().add("a.yaml", bytes("first")).freeze(run, CLOCK);

        new Declarations().add("a.yaml", bytes("second")).freeze(run, CLOCK);

        assertThat(Declarations.folder(run).resolve("a.yaml")).hasContent("first");
    }

    @Test
    void thatNothingWasDeclaredIsKeptToo() {
        assertThat(Declarations.frozen(run)).isFalse();

        new Declarations().freeze(run, CLOCK);
        new Declarations().add("a.yaml", bytes("later")).freeze(run, CLOCK);

        assertThat(Declarations.frozen(run)).isTrue();
        assertThat(Declarations.folder(run)).doesNotExist();
    }

    @Test
    void aFileThatChangesUnderTheCopyIsRefusedAndNothingIsLeft() throws IOException {
        Path file = Files.writeString(out.resolve("policy.pdf"), "abc");
        Declarations declarations = new Declarations().add("policy.pdf", file, Disk.sha256(file));
        Files.writeString(file, "abd");

        assertThatThrownBy(() -> declarations.freeze(run, CLOCK))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("policy.pdf");

        assertThat(Declarations.folder(run)).doesNotExist();
        assertThat(Declarations.frozen(run)).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
