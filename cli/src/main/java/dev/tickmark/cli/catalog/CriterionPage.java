package dev.tickmark.cli.catalog;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Crosswalk;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.Link;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A criterion with all that the catalog has on it: what an auditor asks for, which controls are linked and how far they
 * reach, and what none of them shows. It has no verdict of its own.
 */
public record CriterionPage(Catalog catalog, Crosswalk crosswalk) {
    /** The page as Markdown that also reads as plain text. */
    public String of(Framework framework, Criterion criterion) {
        Paper paper = new Paper().heading(1, framework.key() + ":" + criterion.id() + " " + criterion.title());
        body(paper, framework, criterion, 2);
        paper.paragraph(framework.title() + ", " + framework.edition() + ". " + framework.notice());
        return paper.text();
    }

    /** The same without title and notice, for a page of many criteria. */
    void body(Paper paper, Framework framework, Criterion criterion, int level) {
        paper.paragraph(marks(criterion));
        paper.named("Usually asked for", ControlPage.sentence(criterion.asked()));
        paper.named("What no control shows", criterion.leftOpen());
        paper.named("Note", ControlPage.sentence(criterion.note()));
        linked(paper, framework, criterion, level);
        near(paper, framework, criterion, level);
    }

    private static String marks(Criterion criterion) {
        StringBuilder marks = new StringBuilder(ControlPage.sentence(criterion.group()));
        if (!criterion.kind().isBlank()) {
            marks.append(' ').append(ControlPage.sentence(criterion.kind()));
        }
        switch (criterion.obligation()) {
            case MANDATORY -> marks.append(" Mandatory.");
            case REQUIRED -> marks.append(" Required.");
            case ADDRESSABLE ->
                marks.append(" Addressable: to be implemented, replaced by an equivalent alternative,"
                        + " or found not reasonable and appropriate, in writing; never optional.");
            case NOT_STATED -> {
                // the framework does not make the difference
            }
        }
        if (!criterion.role().isBlank()) {
            marks.append(" Duty of: ").append(ControlPage.sentence(criterion.role()));
        }
        return marks.toString().strip();
    }

    private void linked(Paper paper, Framework framework, Criterion criterion, int level) {
        List<Catalog.Linked> linked = catalog.linkedTo(framework, criterion);
        paper.heading(level, linked.isEmpty() ? "No linked control" : linked.size() + " linked controls");
        if (linked.isEmpty()) {
            paper.paragraph("All of the criterion is left open by this catalog.");
        }
        for (Link.Strength strength : Link.Strength.values()) {
            for (Catalog.Linked each : linked) {
                if (each.link().strength() == strength) {
                    paper.item(
                            "**" + each.control().id() + "** " + each.control().title() + " ("
                                    + strength.name().toLowerCase(Locale.ROOT) + ", "
                                    + each.control().request().gathering().word() + "). "
                                    + each.link().why()
                                    + (each.link().notCovered().isBlank()
                                            ? ""
                                            : " Not covered: " + each.link().notCovered()));
                }
            }
        }
    }

    private void near(Paper paper, Framework framework, Criterion criterion, int level) {
        List<Crosswalk.Pair> pairs = crosswalk.from(framework, criterion, Optional.empty());
        if (pairs.isEmpty()) {
            return;
        }
        paper.heading(level, "Near it in other frameworks");
        paper.paragraph("For finding one's way; no outcome is carried across.");
        for (Crosswalk.Pair pair : pairs) {
            paper.item("**" + pair.to() + "** " + title(pair.to()) + " ("
                    + pair.relation().word() + ", confidence "
                    + pair.confidence().word() + "). " + pair.rationale());
        }
    }

    private String title(String reference) {
        String[] parts = reference.split(":", 2);
        return catalog.framework(parts[0])
                .flatMap(framework -> framework.criterion(parts[1]))
                .map(Criterion::title)
                .orElse("");
    }
}
