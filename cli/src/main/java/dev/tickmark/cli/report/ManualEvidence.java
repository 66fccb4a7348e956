package dev.tickmark.cli.report;

import dev.tickmark.catalog.declared.Attachment;
import dev.tickmark.catalog.declared.Response;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.source.AcceptanceLine;
import dev.tickmark.cli.report.source.ControlLine;
import dev.tickmark.cli.report.source.Definition;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people attached, what is still due from them, and approved deviations that were not needed or have ended. */
record ManualEvidence(Telling telling) {
    private static final int LISTED = 60;
    private static final int DIGEST_SHOWN = 16;

    /** Nothing of a run that did not ask for declarations. */
    void tell(Pages pages) throws IOException {
        if (!telling.run().declared().asked()) {
            return;
        }
        due(pages);
        acceptances(pages);
    }

    private void due(Pages pages) throws IOException {
        List<Attachment> attached = telling.run().declared().attachments();
        Map<ControlLine, Definition> due = new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
        long asking = 0;
        for (ControlLine control : telling.run().controls()) {
            Definition definition =
                    telling.run().definition(control.id(), telling.catalog()).orElse(null);
            if (definition != null && !definition.document().isEmpty()) {
                asking++;
                if (attached.stream().noneMatch(each -> each.controlId().equals(control.id()))) {
                    due.put(control, definition);
                }
            }
        }
        pages.heading("Documents that people attach");
        pages.paragraph(Text.of(Words.count(asking, "control asks", "controls ask") + " for a document; "
                + Words.count(attached.size(), "document is", "documents are") + " attached, and "
                + Words.count(due.size(), "control has", "controls have") + " none. Those that are attached stand with"
                + " their control in chapter 3. Their content was not tested."));
        if (due.isEmpty()) {
            return;
        }
        pages.table(new TableForm(
                Words.count(due.size(), "document is", "documents are") + " due",
                List.of(
                        TableForm.words("Control", 10),
                        TableForm.words("Document", 60),
                        TableForm.words("Owner", 30))));
        for (Map.Entry<ControlLine, Definition> each : due.entrySet()) {
            pages.row(List.of(
                    Text.of(each.getKey().id()),
                    Text.of(each.getValue().document()),
                    Text.of(Words.orNone(each.getValue().documentOwner()))));
        }
        pages.endTable();
    }

    private void acceptances(Pages pages) throws IOException {
        List<AcceptanceLine> open = telling.run().acceptances().stream()
                .filter(each -> !each.state().isEmpty() && !each.state().equals("used"))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        pages.heading("Approved deviations that accept nothing in this run");
        pages.table(new TableForm(
                Words.count(open.size(), "item", "items"),
                List.of(
                        TableForm.words("Acceptance", 14),
                        TableForm.words("Control", 10),
                        TableForm.words("Item", 34),
                        TableForm.words("Approved by", 18),
                        TableForm.words("Last day", 12),
                        TableForm.words("In this run", 14))));
        for (AcceptanceLine each : open.subList(0, Math.min(open.size(), LISTED))) {
            pages.row(List.of(
                    Text.code(each.id()),
                    Text.of(each.controlId()),
                    Text.code(each.rowKey()),
                    Text.of(each.approver()),
                    Text.of(each.expiresOn()),
                    Text.of(state(each.state()))));
        }
        pages.endTable();
        if (open.size() > LISTED) {
            pages.paragraph(Text.of("The first " + LISTED + " of " + open.size() + "; all stand in ")
                    .and(Text.code("2-findings/acceptances.csv"))
                    .and("."));
        }
    }

    /** The documents of one control. */
    void documents(Pages pages, String controlId) throws IOException {
        List<Attachment> attached = telling.run().declared().attachments().stream()
                .filter(each -> each.controlId().equals(controlId))
                .toList();
        if (attached.isEmpty()) {
            return;
        }
        pages.table(new TableForm(
                Words.count(attached.size(), "document", "documents")
                        + " attached by people; the content was not tested",
                List.of(
                        TableForm.words("Document", 30),
                        TableForm.words("Kind and digest", 26),
                        TableForm.words("Owner", 14),
                        TableForm.words("Read by", 16),
                        TableForm.words("Valid until, kept until", 14))));
        for (Attachment each : attached) {
            pages.row(List.of(
                    document(each),
                    Text.of(each.mediaType() + ", " + each.size() + " bytes, SHA-256 ")
                            .and(Text.code(each.sha256().substring(0, DIGEST_SHOWN)))
                            .and("..."),
                    Text.of(each.owner()),
                    Text.of(each.review()
                            .map(review -> review.by() + ", " + review.on())
                            .orElse("nobody, as far as is stated")),
                    Text.of(each.validUntil() + ", " + each.retainUntil())));
        }
        pages.endTable();
    }

    private static Text document(Attachment attachment) {
        Text text = attachment.title().isEmpty() ? Text.of("") : Text.of(attachment.title() + ": ");
        text = text.and(Text.code("1-evidence/declared/" + attachment.copyPath()));
        if (attachment.documentDate().isPresent()) {
            text = text.and(", dated " + attachment.documentDate().get());
        }
        return attachment
                .screenshot()
                .map(shot -> ". Screenshot of " + shot.url() + ", tenant " + shot.tenant() + ", user " + shot.user()
                        + ", taken by " + shot.takenBy() + " at " + shot.takenAt() + ", showing " + shot.page()
                        + ", clock "
                        + (shot.clockVisible() ? "visible" : "not visible"))
                .map(text::and)
                .orElse(text);
    }

    /** What management says, as one text. */
    static String response(Response response) {
        return response.response() + " (" + response.owner()
                + response.due().map(due -> ", due " + due).orElse("") + ")";
    }

    /** What became of an acceptance, in words. */
    static String state(String state) {
        return switch (state) {
            case "used" -> "in use";
            case "unused" -> "met no deviation";
            case "expired" -> "ended before";
            case "not_yet" -> "not yet begun";
            default -> state;
        };
    }
}
