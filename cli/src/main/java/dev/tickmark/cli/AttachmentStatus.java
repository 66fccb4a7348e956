package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.EvidenceRequest;
import dev.tickmark.catalog.declared.Attachment;
import dev.tickmark.cli.attach.AttachmentList;
import dev.tickmark.evidence.TickmarkException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which documents are due, there, expired or end soon, control by control. */
record AttachmentStatus(Catalog catalog, AttachmentList list, LocalDate today) {
    private static final int SOON_DAYS = 30;

    void print(Console console, Optional<String> only) {
        List<Attachment> attachments = list.read(Optional.of(catalog));
        Map<String, Integer> counts = new TreeMap<>();
        for (Control control : catalog.controls()) {
            Optional<EvidenceRequest.Document> document = control.request().document();
            if (document.isEmpty()
                    || only.filter(id -> !id.equals(control.id())).isPresent()) {
                continue;
            }
            List<Attachment> own = attachments.stream()
                    .filter(each -> each.controlId().equals(control.id()))
                    .toList();
            if (own.isEmpty()) {
                counts.merge("due", 1, Integer::sum);
                line(
                        console,
                        control,
                        "due",
                        document.get().expected() + " (" + document.get().owner() + ")");
            }
            for (Attachment each : own) {
                String state = state(each, own);
                counts.merge(state, 1, Integer::sum);
                line(
                        console,
                        control,
                        state,
                        (each.title().isEmpty() ? each.copyName() : each.title()) + ", until " + each.validUntil()
                                + days(each) + ", owner " + each.owner() + read(each));
            }
        }
        console.result(
                counts.isEmpty()
                        ? "No control asks for a document."
                        : String.join(
                                ", ",
                                counts.entrySet().stream()
                                        .map(count -> count.getValue() + " " + count.getKey())
                                        .toList()));
    }

    private String state(Attachment attachment, List<Attachment> own) {
        if (own.stream().anyMatch(each -> each.follows(attachment))) {
            return "replaced";
        }
        try {
            list.requireUnchanged(attachment);
        } catch (TickmarkException e) {
            return "changed";
        }
        if (attachment.validUntil().isBefore(today)) {
            return "expired";
        }
        if (attachment.review().isEmpty()) {
            return "unread";
        }
        return attachment.validUntil().isBefore(today.plusDays(SOON_DAYS)) ? "ends soon" : "present";
    }

    private String days(Attachment attachment) {
        long days = ChronoUnit.DAYS.between(today, attachment.validUntil());
        return days < 0 ? " (" + -days + " days ago)" : " (" + days + " days left)";
    }

    private static String read(Attachment attachment) {
        return attachment
                .review()
                .map(review -> ", read by " + review.by() + " on " + review.on())
                .orElse(", read by nobody yet");
    }

    private static void line(Console console, Control control, String state, String text) {
        console.result(String.format(Locale.ROOT, "%-9s %-10s %s", control.id(), state, text));
    }
}
