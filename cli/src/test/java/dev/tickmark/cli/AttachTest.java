package dev.tickmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

    @TempDir
    Path folder;

    private Session session = new Session(Path.of(""));

    @BeforeEach
    void aFolderWithADocument() throws IOException {
        session = new Session(folder);
        Files.writeString(folder.resolve("policy.pdf"), "%PDF-1.7 the policy");
    }

    private int attach(String file, String... more) {
        List<String> all = new ArrayList<>(List.of("attach", file, "--control", "GOV-003", "--owner", "Erin Example"));
        all.addAll(Arrays.asList(more));
        return session.run(all.toArray(String[]::new));
    }

    @Test
    void theFileIsCopiedAndTheEntryIsAddedBelowWhatPeopleWrote() throws IOException {
        Files.writeString(folder.resolve("attachments.yaml"), "# ours\n# keep this line");

        assertThat(attach("policy.pdf", "--document-date", "2026-11-01")).isZero();

        assertThat(session.out()).contains("application/pdf").contains("Not yet read");
        String list = Files.readString(folder.resolve("attachments.yaml"));
        assertThat(list)
                .startsWith("# ours\n# keep this line\n- control: GOV-003\n")
                .contains("attached_on: 2026-11-23")
                .contains("  reviewed_by:\n  reviewed_on:\n");
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(file).matches("attachments/GOV-003/[0-9a-f]{12}-policy\\.pdf"));
        assertThat(session.run("attach", "--list", "--control", "GOV-003")).isZero();
        assertThat(session.out()).contains("GOV-003").contains("unread").contains("read by nobody yet");
    }

    @Test
    void theLastDayFollowsFromTheControlAndTheRetentionFromTheLastDay() throws IOException {
        attach("policy.pdf", "--document-date", "2026-11-01");

        String list = Files.readString(folder.resolve("attachments.yaml"));
        int days = dev.tickmark.catalog.Catalog.builtIn()
                .control("GOV-003")
                .orElseThrow()
                .request()
                .document()
                .orElseThrow()
                .validForDays();
        java.time.LocalDate last = java.time.LocalDate.parse("2026-11-01").plusDays(days);
        assertThat(list).contains("valid_until: " + last).contains("retain_until: " + last.plusYears(6));
    }

    @Test
    void theSameFileTwiceIsAnErrorForTheSameControlAndSaidForAnother() throws IOException {
        attach("policy.pdf", "--document-date", "2026-11-01");
        Files.copy(folder.resolve("policy.pdf"), folder.resolve("copy.pdf"));

        assertThat(attach("copy.pdf", "--document-date", "2026-11-01")).isEqualTo(2);
        assertThat(session.err()).contains("is attached to GOV-003 already").contains("attachments.yaml, line ");
        assertThat(session.run(
                        "attach",
                        "copy.pdf",
                        "--control",
                        "GOV-004",
                        "--owner",
                        "Erin Example",
                        "--document-date",
                        "2026-11-01"))
                .isZero();
        assertThat(session.err()).contains("The same file is attached to GOV-003 too.");
    }

    @Test
    void mistakesAreRefusedBeforeAnythingIsWritten() throws IOException {
        assertThat(attach("policy.pdf")).isEqualTo(2);
        assertThat(session.err()).contains("--document-date").contains("--valid-until");
        assertThat(attach("policy.pdf", "--valid-until", "2026-11-22")).isEqualTo(2);
        assertThat(session.err()).contains("which is past");
        assertThat(attach("policy.pdf", "--document-date", "2026-11-25")).isEqualTo(2);
        assertThat(session.err()).contains("still to come");
        assertThat(attach("policy.pdf", "--document-date", "1.11.2026")).isEqualTo(2);
        assertThat(attach("policy.pdf", "--document-date", "2026-11-01", "--reviewed-by", "Frank"))
                .isEqualTo(2);
        assertThat(session.err()).contains("--reviewed-on is missing");
        assertThat(attach("none.pdf", "--document-date", "2026-11-01")).isEqualTo(2);
        assertThat(attach(".", "--document-date", "2026-11-01")).isEqualTo(2);
        assertThat(attach("policy.pdf", "--document-date", "2026-11-01", "--replaces", "0123456789ab"))
                .isEqualTo(2);
        Files.writeString(folder.resolve("page.html"), "<html>");
        assertThat(attach("page.html", "--document-date", "2026-11-01")).isEqualTo(2);
        assertThat(session.run("attach", "policy.pdf", "--control", "GOV-033", "--owner", "x"))
                .isEqualTo(2);
        assertThat(session.err()).contains("Did you mean 'GOV-0");
        assertThat(session.run("attach", "policy.pdf", "--control", "IAM-006", "--owner", "x"))
                .isEqualTo(2);
        assertThat(session.err()).contains("asks for no document");
        assertThat(folder.resolve("attachments.yaml")).doesNotExist();
    }

    @Test
    void anImageNeedsWhatAScreenshotDoesNotProveItself() throws IOException {
        Files.write(folder.resolve("mfa.png"), PNG);

        assertThat(attach("mfa.png")).isEqualTo(2);
        assertThat(session.err()).contains("An image needs").contains("--screenshot-");
        assertThat(attach(
                        "mfa.png",
                        "--screenshot-url",
                        "https://console.example.com/mfa",
                        "--screenshot-tenant",
                        "example",
                        "--screenshot-user",
                        "erin",
                        "--screenshot-taken-by",
                        "Erin Example",
                        "--screenshot-taken-at",
                        "2026-11-20T09:30:00+01:00",
                        "--screenshot-page",
                        "1-50 of 50",
                        "--screenshot-clock",
                        "no"))
                .isZero();

        assertThat(Files.readString(folder.resolve("attachments.yaml")))
                .contains("document_date: 2026-11-20")
                .contains("taken_at: 2026-11-20T08:30:00Z")
                .contains("does not show the system's clock");
    }

    @Test
    void aNameThatSaysOtherwiseThanTheContentIsSaidAndMendedInTheCopy() throws IOException {
        Files.writeString(folder.resolve("Liste (final).pdf"), "a,b\n");

        assertThat(attach("Liste (final).pdf", "--document-date", "2026-11-01")).isZero();

        assertThat(session.err()).contains("by its content it is text/plain");
        assertThat(files()).singleElement().satisfies(file -> assertThat(file).endsWith("-liste-final-.pdf.txt"));
    }

    @Test
    void aListInAnotherFormIsNotTouched() throws IOException {
        Files.writeString(folder.resolve("attachments.yaml"), "{a: b}\n");

        assertThat(attach("policy.pdf", "--document-date", "2026-11-01")).isEqualTo(2);

        assertThat(folder.resolve("attachments.yaml")).hasContent("{a: b}\n");
        assertThat(files()).isEmpty();
    }

    @Test
    void anAttachedFileThatVanishedOrChangedIsFoundBeforeARun() throws IOException {
        attach("policy.pdf", "--document-date", "2026-11-01");
        Path copy = folder.resolve(files().get(0));
        byte[] before = Files.readAllBytes(copy);
        Files.writeString(copy, "%PDF-1.7 another po");

        assertThat(session.run("catalog", "check")).isEqualTo(3);
        assertThat(session.err())
                .contains("its digest is another")
                .contains("-policy.pdf")
                .contains("line ");
        Files.delete(copy);
        assertThat(session.run("run", "--no-seal")).isEqualTo(3);
        assertThat(session.err()).contains("is not there or is no plain file");
        Path elsewhere = Files.write(folder.resolve("elsewhere.pdf"), before);
        Files.createSymbolicLink(copy, elsewhere);
        assertThat(session.run("run", "--no-seal")).isEqualTo(3);
        assertThat(folder.resolve("tickmark-out")).doesNotExist();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(folder.resolve("attachments"))) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }
}
