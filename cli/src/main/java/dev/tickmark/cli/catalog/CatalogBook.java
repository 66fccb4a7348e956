package dev.tickmark.cli.catalog;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Crosswalk;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.Link;
import dev.tickmark.evidence.table.Tables;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The catalog as documents: a page for each control, a page for each framework, and the way to them. */
public final class CatalogBook {
    private static final Map<String, String> FAMILIES = families();

    private final Catalog catalog;
    private final Tables tables;
    private final Crosswalk crosswalk;
    private final Reach reach;

    /** @param reach what collectors can fill at all */
    public CatalogBook(Catalog catalog, Tables tables, Crosswalk crosswalk, Reach reach) {
        this.catalog = catalog;
        this.tables = tables;
        this.crosswalk = crosswalk;
        this.reach = reach;
    }

    /** Markdown by path: {@code catalog.md}, {@code catalog/iam-006.md}, {@code catalog/soc2-2017.md}. */
    public SortedMap<String, String> pages() {
        SortedMap<String, String> pages = new TreeMap<>();
        pages.put("catalog.md", index());
        ControlPage page = new ControlPage(catalog, tables, reach);
        catalog.controls().forEach(control -> pages.put("catalog/" + file(control), page.of(control)));
        catalog.frameworks().forEach(framework -> pages.put("catalog/" + framework.id() + ".md", framework(framework)));
        return Collections.unmodifiableSortedMap(pages);
    }

    private static String file(Control control) {
        return control.id().toLowerCase(Locale.ROOT) + ".md";
    }

    private String index() {
        Paper paper = new Paper().heading(1, "The catalog");
        long tested = catalog.controls().stream()
                .filter(control -> control.test().isPresent())
                .count();
        paper.paragraph(catalog.controls().size() + " controls, " + tested + " of them with a test in SQL, and "
                + catalog.frameworks().stream()
                        .mapToLong(framework -> framework.criteria().size())
                        .sum()
                + " criteria of " + catalog.frameworks().size() + " frameworks. These pages are made from the data in"
                + " `controls-catalog`; the build fails where they are not what the data says.");
        paper.paragraph("A control is what an organization does. Each page says what is asked for, what must hold, how"
                + " the test decides, what it cannot see, and how far the control reaches into each criterion: *direct*"
                + " where passing is itself evidence of a part of the criterion, *supporting* where it helps,"
                + " *indirect* where it only bears on it. No link says that a criterion is met.");
        paper.paragraph("*runs today* below means that a collector or the run itself fills the tables; *declared files*"
                + " that no collector does yet, so that an export with a declaration has to; *rule only* that the rule"
                + " stands in words and the query is still to come; *document* that a person attaches one.");
        paper.heading(2, "Frameworks");
        paper.row("framework", "criteria", "with a linked control");
        paper.row("---", "---", "---");
        for (Framework framework : catalog.frameworks()) {
            long linked = framework.criteria().stream()
                    .filter(criterion -> !catalog.linkedTo(framework, criterion).isEmpty())
                    .count();
            paper.row(
                    "[" + framework.title() + "](catalog/" + framework.id() + ".md)",
                    Integer.toString(framework.criteria().size()),
                    Long.toString(linked));
        }
        String family = "";
        for (Control control : catalog.controls()) {
            if (!control.family().equals(family)) {
                family = control.family();
                paper.heading(2, FAMILIES.getOrDefault(family, family.toUpperCase(Locale.ROOT)));
                paper.row("control", "", "asked for", "evidence");
                paper.row("---", "---", "---", "---");
            }
            paper.row(
                    "[" + control.id() + "](catalog/" + file(control) + ")",
                    control.title(),
                    control.request().priority(),
                    evidence(control));
        }
        return paper.text();
    }

    private String evidence(Control control) {
        if (control.test().isPresent()) {
            return control.evidence().stream().allMatch(reach::fills) ? "runs today" : "declared files";
        }
        return control.request().document().isPresent() ? "document" : "rule only";
    }

    private String framework(Framework framework) {
        Paper paper = new Paper().heading(1, framework.title());
        paper.paragraph(framework.publisher() + ", " + framework.edition() + ". " + framework.notice());
        paper.paragraph(framework.status());
        paper.heading(2, "Matrix");
        paper.row("criterion", "", "direct", "supporting", "indirect");
        paper.row("---", "---", "---", "---", "---");
        for (Criterion criterion : framework.criteria()) {
            paper.row(
                    "[" + criterion.id() + "](#" + anchor(criterion) + ")",
                    criterion.title(),
                    linked(framework, criterion, Link.Strength.DIRECT),
                    linked(framework, criterion, Link.Strength.SUPPORTING),
                    linked(framework, criterion, Link.Strength.INDIRECT));
        }
        CriterionPage page = new CriterionPage(catalog, crosswalk);
        for (Criterion criterion : framework.criteria()) {
            paper.heading(2, criterion.id() + " " + criterion.title());
            page.body(paper, framework, criterion, 3);
        }
        return paper.text();
    }

    /** As the usual renderers make an anchor of a heading. */
    private static String anchor(Criterion criterion) {
        return (criterion.id() + " " + criterion.title())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private String linked(Framework framework, Criterion criterion, Link.Strength strength) {
        List<String> controls = catalog.linkedTo(framework, criterion).stream()
                .filter(linked -> linked.link().strength() == strength)
                .map(linked -> "[" + linked.control().id() + "](" + file(linked.control()) + ")")
                .toList();
        return String.join(" ", controls);
    }

    private static Map<String, String> families() {
        Map<String, String> names = new TreeMap<>();
        names.put("iam", "IAM: identities and rights");
        names.put("mfa", "MFA: second factors");
        names.put("uar", "UAR: access reviews");
        names.put("log", "LOG: logging and monitoring");
        names.put("enc", "ENC: encryption");
        names.put("net", "NET: networks");
        names.put("bck", "BCK: backup and continuity");
        names.put("chg", "CHG: changes");
        names.put("vul", "VUL: vulnerabilities");
        names.put("end", "END: endpoints");
        names.put("hrs", "HRS: people");
        names.put("inc", "INC: incidents");
        names.put("rsk", "RSK: risk and internal audit");
        names.put("ven", "VEN: vendors");
        names.put("tst", "TST: security testing");
        names.put("sup", "SUP: software supply chain");
        names.put("dat", "DAT: data");
        names.put("gov", "GOV: governance");
        names.put("phy", "PHY: physical security");
        names.put("prv", "PRV: privacy");
        names.put("pin", "PIN: processing integrity");
        return Collections.unmodifiableMap(names);
    }
}
