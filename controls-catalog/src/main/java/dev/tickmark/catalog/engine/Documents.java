package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.EvidenceRequest;
import dev.tickmark.catalog.declared.Attachment;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.evidence.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The findings of the documents that people attach: one for each document, and one for a document that is missing
 * beside a test.
 *
 * <p>Nothing here reads a document. What is judged is that it is there, that it counts on the run's day, and that a named
 * person states to have read it.
 */
final class Documents {
    /** What stands as the main table of these findings. */
    static final String TABLE = "tickmark_attachment";

    private static final int VERSION = 1;

    private final Declared declared;
    private final LocalDate day;
    private final String organization;

    Documents(Declared declared, Instant asOf, String organization) {
        this.declared = declared;
        this.day = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        this.organization = organization;
    }

    /**
     * A control's findings; none where it asks for no document, and none where nothing is attached to a control that has
     * no other result either.
     *
     * @param judged whether the control's tables were collected or tried, so that its test has a result
     */
    List<Finding> of(Control control, boolean judged) {
        Optional<EvidenceRequest.Document> document = control.request().document();
        if (document.isEmpty() || !declared.asked()) {
            return List.of();
        }
        List<Attachment> attached = declared.attachments().stream()
                .filter(each -> each.controlId().equals(control.id()))
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (Attachment each : attached) {
            findings.add(of(control, document.get(), each, attached));
        }
        if (attached.isEmpty() && judged) {
            findings.add(finding(
                    control,
                    "document",
                    Outcome.NOT_EVALUATED,
                    "The tables are one half of the evidence, and the document is not attached: "
                            + sentence(document.get().expected()) + " Attach it with 'tickmark attach FILE --control "
                            + control.id() + "'.",
                    ""));
        }
        if (!attached.isEmpty() && !judged && control.test().isPresent()) {
            findings.add(finding(
                    control,
                    "test:" + control.test().get().id(),
                    Outcome.NOT_EVALUATED,
                    "A document is attached, and the tables that the test reads were not collected: "
                            + String.join(", ", control.evidence()) + ". Configure their source.",
                    ""));
        }
        return Collections.unmodifiableList(findings);
    }

    private Finding of(
            Control control, EvidenceRequest.Document expected, Attachment attachment, List<Attachment> attached) {
        String is = "'" + (attachment.title().isEmpty() ? attachment.copyName() : attachment.title())
                + "' is there (SHA-256 " + attachment.sha256() + ", owner " + attachment.owner() + ")";
        Optional<Attachment> next = attached.stream()
                .filter(each -> each.follows(attachment) && !stillToCome(each))
                .findFirst();
        if (next.isPresent()) {
            return finding(
                    control,
                    attachment.copyName(),
                    Outcome.NOT_APPLICABLE,
                    is + "; it is replaced by '" + next.get().copyName() + "'.",
                    "");
        }
        if (stillToCome(attachment)) {
            return finding(
                    control,
                    attachment.copyName(),
                    Outcome.NOT_EVALUATED,
                    is + "; its date "
                            + attachment.documentDate().map(LocalDate::toString).orElse("")
                            + " is after the run's day " + day
                            + ". Attach the document that counts now.",
                    "");
        }
        if (attachment.validUntil().isBefore(day)) {
            return finding(
                    control,
                    attachment.copyName(),
                    Outcome.FAIL,
                    is + "; it was valid until " + attachment.validUntil() + ", and the run is of " + day + ".",
                    attachment.observation());
        }
        String until = "; valid until " + attachment.validUntil();
        Optional<Attachment.Review> read =
                attachment.review().filter(review -> !review.on().isAfter(day));
        if (read.isEmpty()) {
            return finding(
                    control,
                    attachment.copyName(),
                    Outcome.NOT_EVALUATED,
                    is + until
                            + "; nobody states to have read it by the run's day. Let a person other than the owner read"
                            + " it for what the control expects, and write 'reviewed_by' and 'reviewed_on' into its"
                            + " entry of attachments.yaml.",
                    attachment.observation());
        }
        Attachment.Review review = read.get();
        return finding(
                control,
                attachment.copyName(),
                Outcome.PASS,
                is + until + "; " + review.by() + " states to have read it on " + review.on()
                        + " for what the control expects. Tickmark did not test its content.",
                observations(control, expected, attachment));
    }

    /** Whether its own date is still to come. */
    private boolean stillToCome(Attachment attachment) {
        return attachment.documentDate().filter(date -> date.isAfter(day)).isPresent();
    }

    private static String observations(Control control, EvidenceRequest.Document expected, Attachment attachment) {
        List<String> said = new ArrayList<>();
        if (attachment.reviewedByOwner()) {
            said.add("The owner read it, and no other person.");
        }
        LocalDate from = attachment.documentDate().orElse(attachment.attachedOn());
        if (attachment.validUntil().isAfter(from.plusDays(expected.validForDays()))) {
            said.add("It is declared valid for longer than the " + expected.validForDays()
                    + " days that the control states, from " + from + ".");
        }
        if (control.test().isEmpty() && !control.evidence().isEmpty()) {
            said.add("No query tests the tables " + String.join(", ", control.evidence())
                    + " yet, so that this rests on the document alone.");
        }
        if (!attachment.observation().isEmpty()) {
            said.add(sentence(attachment.observation()));
        }
        return String.join(" ", said);
    }

    private Finding finding(Control control, String rowKey, Outcome outcome, String reason, String observation) {
        return new Finding(
                control.id(),
                control.id(),
                VERSION,
                TABLE,
                "tickmark",
                organization,
                "global",
                rowKey,
                outcome,
                reason,
                observation,
                "");
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }
}
