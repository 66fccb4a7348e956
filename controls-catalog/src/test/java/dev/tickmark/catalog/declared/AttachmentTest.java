package dev.tickmark.catalog.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.catalog.Catalog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttachmentTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final String GOOD = """
            - control: GOV-003
              file: GOV-003/0123456789ab-policy.pdf
              sha256: %s
              size: 7
              media_type: application/pdf
              owner: Erin Example
              document_date: 2026-01-15
              valid_until: 2027-01-15
              attached_on: 2026-02-01
              retain_until: 2033-01-15
              reviewed_by:
              reviewed_on:
            """.formatted(DIGEST);

    @Test
    void readsAnEntryWhoseReviewIsStillToCome() {
        Attachment read = read(GOOD).get(0);

        assertThat(read.review()).isEmpty();
        assertThat(read.copyPath()).isEqualTo("attachments/GOV-003/0123456789ab-policy.pdf");
        assertThat(read.place()).startsWith("attachments.yaml, line 1");
    }

    @Test
    void aNameBecomesOneThatEverySystemAndAPackageTake() {
        assertThat(name("Polícy  (final) — v2.PDF")).isEqualTo("policy-final-v2.pdf");
        assertThat(name("../../etc/passwd")).isEqualTo("passwd");
        assertThat(name("CON.pdf")).isEqualTo("con.pdf");
        assertThat(name("..pdf")).isEqualTo("pdf");
        assertThat(name("書類.pdf")).isEqualTo("pdf");
        assertThat(name("a\u202egnp.pdf")).isEqualTo("a-gnp.pdf");
        assertThat(name("x".repeat(300) + ".pdf")).hasSize(48).endsWith(".pdf");
    }

    private static String name(String file) {
        String name = Attachment.copyName(DIGEST, file);
        assertThat(name).startsWith("0123456789ab-").matches("[a-z0-9._-]{1,64}");
        return name.substring(13);
    }

    @Test
    void aPathThatLeavesTheFolderIsRefused() {
        for (String path :
                List.of("../policy.pdf", "GOV-003/../../x", "/etc/passwd", "C:/x", "a\\\\b", "a//b", "./a", "a/./b")) {
            assertThatThrownBy(() -> read(GOOD.replace("GOV-003/0123456789ab-policy.pdf", '"' + path + '"')))
                    .as(path)
                    .hasMessageContaining("attachments.yaml, line 2, ")
                    .hasMessageContaining("below the folder 'attachments'");
        }
    }

    @Test
    void mistakesAreNamedByLineAndKey() {
        assertThatThrownBy(() -> read(GOOD.replace("GOV-003\n", "GOV-993\n")))
                .hasMessageContaining("line 1,")
                .hasMessageContaining("no control is called 'GOV-993'");
        assertThatThrownBy(() -> read(GOOD.replace("GOV-003\n", "IAM-006\n")))
                .hasMessageContaining("IAM-006 asks for no document");
        assertThatThrownBy(() -> read(GOOD + GOOD)).hasMessageContaining("attached twice to GOV-003");
        assertThatThrownBy(() -> read(GOOD.replace("valid_until: 2027", "valid_until: 2025")))
                .hasMessageContaining("before the document's date");
        assertThatThrownBy(() -> read(GOOD.replace("retain_until: 2033", "retain_until: 2026")))
                .hasMessageContaining("Keep it at least as long");
        assertThatThrownBy(() -> read(GOOD.replace("reviewed_by:", "reviewed_by: Frank Example")))
                .hasMessageContaining("'reviewed_by' and 'reviewed_on'");
        assertThatThrownBy(() -> read(GOOD.replace("reviewed_by:", "reviewed_by: Frank Example")
                        .replace("reviewed_on:", "reviewed_on: 2026-01-14")))
                .hasMessageContaining("before the document's date");
        assertThatThrownBy(() -> read(GOOD.replace(DIGEST, DIGEST.toUpperCase(java.util.Locale.ROOT))))
                .hasMessageContaining("SHA-256");
        assertThatThrownBy(() -> read(GOOD.replace("application/pdf", "image/png")))
                .hasMessageContaining("clock_visible");
        assertThatThrownBy(() -> read(GOOD + "  replaces: " + DIGEST + "\n"))
                .hasMessageContaining("no attachment of GOV-003 above");
        assertThatThrownBy(() -> read(GOOD.replace("size: 7", "size: 104857601")))
                .hasMessageContaining("size");
    }

    private static List<Attachment> read(String text) {
        return Attachment.read("attachments.yaml", text, Optional.of(Catalog.builtIn()));
    }
}
