package dev.tickmark.cli.catalog;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.EvidenceRequest;
import dev.tickmark.catalog.Link;
import dev.tickmark.catalog.Parameter;
import dev.tickmark.evidence.table.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A control as it is put before an auditor: what it aims at, what is asked for, what the test does, and how far it
 * reaches into each criterion.
 *
 * @param reach what collectors can fill at all
 */
public record ControlPage(Catalog catalog, Tables tables, Reach reach) {
    /** The page as Markdown that also reads as plain text. */
    public String of(Control control) {
        EvidenceRequest request = control.request();
        Paper paper =
                new Paper().heading(1, control.id() + " " + control.title()).paragraph(head(request));
        paper.named("Objective", control.objective());
        paper.named("Risk", control.risk());
        paper.named("What must hold", control.rule());
        paper.named("Evidence needed", request.needed());
        request.document().ifPresent(document -> {
            paper.named(
                    "Document",
                    document.expected() + " Answered for by: " + document.owner() + ". It counts for "
                            + document.validForDays() + " days from its own date.");
            if (!document.fields().isEmpty()) {
                paper.paragraph("Readable in it: " + String.join("; ", document.fields()) + ".");
            }
        });
        paper.named(
                "How often",
                sentence(request.cadence()) + (request.cadenceWhy().isBlank() ? "" : " " + request.cadenceWhy()));
        paper.named("Type I", request.typeOne());
        paper.named("Type II", request.typeTwo());
        paper.named("Sample", request.sampling());
        paper.named("What the test cannot see", control.notCovered());
        paper.named("Remediation", control.remediation());
        tables(paper, control);
        thresholds(paper, control);
        links(paper, control);
        test(paper, control);
        if (!control.references().isEmpty()) {
            paper.heading(2, "References");
            control.references().forEach(paper::item);
        }
        return paper.text();
    }

    private static String head(EvidenceRequest request) {
        StringBuilder head = new StringBuilder(sentence(request.gathering().word()));
        if (request.kind() != EvidenceRequest.Kind.NOT_STATED) {
            head.append(' ')
                    .append(
                            switch (request.kind()) {
                                case CONFIGURATION -> "Settings at an instant.";
                                case POPULATION -> "Every item at an instant.";
                                case EVENTS -> "Every occurrence in a period.";
                                case DOCUMENT, NOT_STATED -> "A document.";
                            });
        }
        head.append(
                switch (request.priority()) {
                    case "P1" -> " Asked for in nearly every audit (P1).";
                    case "P2" -> " Asked for in most audits (P2).";
                    case "P3" -> " Asked for in some audits (P3).";
                    default -> "";
                });
        if (!request.sources().isEmpty()) {
            head.append(" From: ")
                    .append(String.join(
                            ", ",
                            request.sources().stream()
                                    .map(each -> each.replace("|", " or "))
                                    .toList()))
                    .append('.');
        }
        return head.toString();
    }

    private void tables(Paper paper, Control control) {
        if (control.evidence().isEmpty() && control.registers().isEmpty()) {
            return;
        }
        paper.heading(2, "Tables");
        control.evidence().forEach(table -> paper.item(table(table) + filled(table)));
        control.registers()
                .forEach(table -> paper.item(table(table)
                        + " A record of the organization's own: without it some items are not evaluated."));
    }

    private String table(String name) {
        return "`" + name + "`: "
                + (tables.has(name) ? sentence(tables.table(name).rowIs()) : "not defined.");
    }

    private String filled(String table) {
        return reach.fills(table) ? "" : " No collector fills it yet; a declared file can.";
    }

    private static void thresholds(Paper paper, Control control) {
        if (control.parameters().isEmpty()) {
            return;
        }
        paper.heading(2, "Thresholds");
        for (Parameter parameter : control.parameters()) {
            paper.item("`" + parameter.name() + "` = " + parameter.value()
                    + (parameter.unit().isBlank() ? "" : " " + parameter.unit()) + ". Origin: "
                    + sentence(parameter.origin()));
        }
    }

    private void links(Paper paper, Control control) {
        paper.heading(2, "Criteria");
        if (control.links().isEmpty()) {
            paper.paragraph("It is linked to none.");
            return;
        }
        List<Link> links = control.links().stream()
                .sorted(Comparator.comparing(Link::strength))
                .toList();
        for (Link link : links) {
            String title = catalog.framework(link.framework())
                    .flatMap(framework -> framework.criterion(link.criterion()))
                    .map(criterion -> " " + criterion.title())
                    .orElse("");
            paper.item("**" + link.framework() + ":" + link.criterion() + "**" + title + ": "
                    + link.strength().name().toLowerCase(Locale.ROOT) + ". " + link.why()
                    + (link.notCovered().isBlank() ? "" : " Not covered: " + link.notCovered()));
        }
    }

    private void test(Paper paper, Control control) {
        if (control.request().gathering() == EvidenceRequest.Gathering.MANUAL) {
            return;
        }
        paper.heading(2, "Test");
        control.test()
                .ifPresentOrElse(
                        test -> paper.paragraph("Version " + test.version() + ". One finding for each row of `"
                                        + test.mainTable() + "`. A scope that was read whole and holds none is: "
                                        + control.whenEmpty().outcome().printed() + ".")
                                .code("sql", test.sql()),
                        () -> paper.paragraph(
                                control.evidence().isEmpty()
                                        ? "There is none: a person reads the document."
                                        : "There is no query yet: the rule above is all there is, and a run shows the"
                                                + " control as not collected."));
    }

    /** The words with a capital in front and a full stop behind. */
    static String sentence(String words) {
        if (words.isBlank()) {
            return "";
        }
        String text = words.strip();
        String begun = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }
}
