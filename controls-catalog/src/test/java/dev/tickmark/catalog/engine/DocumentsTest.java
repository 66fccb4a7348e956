package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.ControlTest;
import dev.tickmark.catalog.EvidenceRequest;
import dev.tickmark.catalog.declared.Acceptance;
import dev.tickmark.catalog.declared.Attachment;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.catalog.declared.FrameworkDeclarations;
import dev.tickmark.catalog.declared.Item;
import dev.tickmark.evidence.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final String NEXT = "fedcba9876543210".repeat(4);
    private static final String READ = """
            - control: GOV-901
              file: GOV-901/policy.pdf
              title: Security policy
              sha256: %s
              size: 7
              media_type: application/pdf
              owner: Erin Example
              document_date: 2026-01-15
              valid_until: 2026-11-23
              attached_on: 2026-02-01
              attached_by: erin
              retain_until: 2032-11-23
              reviewed_by: Frank Example
              reviewed_on: 2026-02-01
            """.formatted(DIGEST);

    @TempDir
    Path root;

    @Test
    void aDocumentThatSomeoneReadCountsUpToItsLastDay() throws IOException {
        assertThat(outcome(READ, manual())).isEqualTo(Outcome.PASS);
        assertThat(lines().get(1))
                .contains("GOV-901,GOV-901,1,tickmark_attachment,tickmark,example,global,0123456789ab-policy.pdf,PASS")
                .contains("Frank Example states to have read it on 2026-02-01")
                .contains(DIGEST)
                .contains("Tickmark did not test its content.")
                .endsWith(",,");
        assertThat(outcome(READ.replace("2026-11-23", "2026-11-22"), manual())).isEqualTo(Outcome.FAIL);
        assertThat(lines().get(1)).contains("it was valid until 2026-11-22, and the run is of 2026-11-23");
    }

    @Test
    void aDocumentThatNobodyReadIsNotEvaluated() throws IOException {
        String unread = READ.replaceAll("(?m)^  reviewed.*\n", "");

        assertThat(outcome(unread, manual())).isEqualTo(Outcome.NOT_EVALUATED);
        assertThat(lines().get(1)).contains("write 'reviewed_by' and 'reviewed_on' into its entry");
        assertThat(outcome(unread.replace("2026-11-23", "2026-11-22"), manual()))
                .isEqualTo(Outcome.FAIL);
        assertThat(outcome(READ.replace("reviewed_on: 2026-02-01", "reviewed_on: 2026-11-24"), manual()))
                .isEqualTo(Outcome.NOT_EVALUATED);
    }

    @Test
    void thatTheOwnerAloneReadItIsSaid() throws IOException {
        assertThat(outcome(READ.replace("Frank Example", "erin  EXAMPLE"), manual()))
                .isEqualTo(Outcome.PASS);
        assertThat(lines().get(1)).endsWith(",\"The owner read it, and no other person.\",");
    }

    @Test
    void aDocumentOfTomorrowDoesNotCountYet() throws IOException {
        String tomorrow = READ.replace("document_date: 2026-01-15", "document_date: 2026-11-24")
                .replace("2026-11-23", "2027-11-23")
                .replaceAll("(?m)^  reviewed.*\n", "");

        assertThat(outcome(tomorrow, manual())).isEqualTo(Outcome.NOT_EVALUATED);
        assertThat(lines().get(1)).contains("2026-11-24 is after the run's day 2026-11-23");
    }

    @Test
    void aDocumentThatIsFollowedByAnotherNoLongerCounts() throws IOException {
        String old = READ.replace("2026-11-23", "2026-03-01");
        String next = READ.replace(DIGEST, NEXT) + "  replaces: " + DIGEST.substring(0, 12) + "\n";

        assertThat(outcome(old + next, manual())).isEqualTo(Outcome.PASS);
        assertThat(lines().get(1)).contains(",NOT_APPLICABLE,").contains("replaced by 'fedcba987654-policy.pdf'");
        assertThat(outcome(old + next.replace("2026-11-23", "2026-04-01"), manual()))
                .isEqualTo(Outcome.FAIL);
        assertThat(outcome(
                        old
                                + next.replace("document_date: 2026-01-15", "document_date: 2026-11-24")
                                        .replace("2026-11-23", "2027-01-01")
                                        .replace("reviewed_on: 2026-02-01", "reviewed_on: 2026-11-24"),
                        manual()))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void nothingAttachedIsAGapAndNoResult() throws IOException {
        assertThat(outcome("", manual())).isEqualTo(Outcome.NOT_COLLECTED);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void besideATestTheDocumentCountsTooAndItsAbsenceIsNoPass() throws IOException {
        keys().write(root);

        assertThat(outcome("", semiAutomated())).isEqualTo(Outcome.NOT_EVALUATED);
        assertThat(lines().get(2))
                .contains(",document,NOT_EVALUATED,")
                .contains("tickmark attach FILE --control GOV-901");
        assertThat(outcome(READ, semiAutomated())).isEqualTo(Outcome.PASS);
        assertThat(lines()).hasSize(3);
        assertThat(outcome(READ.replace("2026-11-23", "2026-11-22"), semiAutomated()))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void aDocumentDoesNotStandInForTablesThatWereNotCollected() throws IOException {
        assertThat(outcome(READ, semiAutomated())).isEqualTo(Outcome.NOT_EVALUATED);
        assertThat(lines().get(2)).contains(",test:GOV-901,NOT_EVALUATED,").contains("toy_key");
    }

    @Test
    void aRunThatBeganWithoutDeclarationsIsNotAskedForDocuments() throws IOException {
        keys().write(root);

        Assessment.run(Toy.request(root, semiAutomated()));

        assertThat(lines()).hasSize(2);
    }

    @Test
    void theEndOfADocumentCanBeAcceptedLikeAnyDeviation() throws IOException {
        Acceptance late = new Acceptance(
                "A-1",
                "GOV-901",
                "Erin Example",
                "Frank Example",
                "The board meets in December.",
                "none",
                LocalDate.parse("2026-11-01"),
                LocalDate.parse("2026-12-31"),
                List.of(new Item("tickmark", "", "0123456789ab-policy.pdf")));

        assertThat(outcome(declared(READ.replace("2026-11-23", "2026-11-22")).accepting(List.of(late)), manual()))
                .isEqualTo(Outcome.ACCEPTED);
    }

    private static Estate keys() {
        return Toy.estate().row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2026-11-01T00:00:00Z"));
    }

    private static Declared declared(String attachments) {
        return new Declared(
                true,
                List.of(),
                Attachment.read("attachments.yaml", attachments, Optional.empty()),
                List.of(),
                FrameworkDeclarations.nothing());
    }

    private Outcome outcome(String attachments, Control control) {
        return outcome(declared(attachments), control);
    }

    private Outcome outcome(Declared declared, Control control) {
        if (!Files.exists(root.resolve("1-evidence"))) {
            Toy.estate().write(root);
        }
        AssessmentRequest plain = Toy.request(root, control);
        return Assessment.run(new AssessmentRequest(
                        plain.root(),
                        plain.out(),
                        plain.catalog(),
                        plain.tables(),
                        plain.frameworks(),
                        plain.organization(),
                        plain.asOf(),
                        plain.overrides(),
                        declared,
                        plain.limits()))
                .controls()
                .get(0)
                .outcome();
    }

    private List<String> lines() throws IOException {
        return Files.readString(root.resolve("2-findings/findings.csv")).lines().toList();
    }

    private static Control manual() {
        return control(List.of(), Optional.empty());
    }

    private static Control semiAutomated() {
        String sql = "select scope_id, row_key, 'PASS' as outcome, 'seen' as reason from toy_key";
        return control(
                List.of(Toy.KEYS),
                Optional.of(new ControlTest("GOV-901", 1, Toy.KEYS, "controls/gov/GOV-901.sql", sql)));
    }

    private static Control control(List<String> evidence, Optional<ControlTest> test) {
        return new Control(
                "GOV-901",
                "Policies are approved",
                "People know the rules.",
                "",
                new EvidenceRequest(
                        "",
                        EvidenceRequest.Gathering.MANUAL,
                        EvidenceRequest.Kind.DOCUMENT,
                        "",
                        "annual",
                        "",
                        "",
                        "",
                        "",
                        List.of(),
                        Optional.of(new EvidenceRequest.Document(
                                "The policy.", List.of("approver"), "security officer", 365))),
                "",
                evidence,
                List.of(),
                List.of(),
                test,
                Control.WhenEmpty.NOT_APPLICABLE,
                "",
                "Approve it.",
                List.of(),
                List.of(),
                "controls/gov/GOV-901.yaml");
    }
}
