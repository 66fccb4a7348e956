package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.declared.FrameworkDeclarations;
import dev.tickmark.catalog.declared.HipaaDecisions;
import dev.tickmark.catalog.declared.HipaaDecisions.Decision;
import dev.tickmark.catalog.declared.StatementOfApplicability;
import dev.tickmark.catalog.declared.StatementOfApplicability.Entry;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.csv.CsvWriter;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What management states of frameworks, row by row: the statement of applicability and the decisions on addressable
 * specifications. The outcomes of linked controls stand beside as facts; nothing is inferred from them.
 */
final class ManagementStatements {
    static final String STATEMENT = "statement-of-applicability.csv";
    static final String DECISIONS = "hipaa-decisions.csv";
    private static final List<Column> STATEMENT_COLUMNS = List.of(
            Finding.text("id", "The control of Annex A, or one of the organisation's own"),
            Finding.text("title", "Its bare name"),
            Finding.text("origin", "annex_a or beyond_annex_a"),
            Finding.text("source", "Where a control beyond Annex A comes from"),
            Finding.text("applicable", "true or false, as management states it"),
            Finding.text("justification", "Why it is included or excluded"),
            Finding.text("implemented", "yes, partly, no or planned, as management states it; no test decides it"),
            Finding.text("planned_for", "When it is to be implemented"),
            Finding.text("responsible", "Who answers for it"),
            Finding.text("references", "Documents that it names"),
            Finding.text("notes", "What else is stated"),
            Finding.text("observation", "What is worth saying on the run's day"),
            Finding.text("linked_control_outcomes", "Outcomes of linked controls, as facts beside the statement"));
    private static final List<Column> DECISION_COLUMNS = List.of(
            Finding.text("specification", "The addressable implementation specification"),
            Finding.text("title", "Its short title, in our words"),
            Finding.text(
                    "decision", "implemented, equivalent_alternative, not_reasonable_and_appropriate or undecided"),
            Finding.text("how", "How it is implemented"),
            Finding.text("alternative", "The equivalent measure"),
            Finding.text("why", "Why it is not reasonable and appropriate as specified"),
            Finding.text("why_no_alternative", "Why no equivalent measure is either"),
            Finding.text("decided_by", "Who decided"),
            Finding.text("decided_on", "When"),
            Finding.text("risk_analysis", "The risk analysis that it rests on"),
            Finding.text("review_on", "When it is looked at again"),
            Finding.text("notes", "What else is stated"),
            Finding.text("observation", "What is worth saying on the run's day"),
            Finding.text("linked_control_outcomes", "Outcomes of linked controls, as facts beside the decision"));

    private final FrameworkDeclarations declared;
    private final LocalDate day;
    private final Collection<Control> controls;
    private final Map<String, Outcome> outcomes;

    ManagementStatements(
            FrameworkDeclarations declared,
            LocalDate day,
            Collection<Control> controls,
            Map<String, Outcome> outcomes) {
        this.declared = declared;
        this.day = day;
        this.controls = controls;
        this.outcomes = outcomes;
    }

    /**
     * Writes both from a catalog: the statement where there is one, the decisions where there are some or the framework
     * is among those of the run.
     */
    void write(Path folder, Catalog catalog, Collection<String> frameworks) {
        if (declared.statement().isPresent()
                && catalog.framework(StatementOfApplicability.FRAMEWORK).isPresent()) {
            statement(folder, titles(StatementOfApplicability.annexA(catalog)));
        }
        Optional<Framework> hipaa = catalog.framework(HipaaDecisions.FRAMEWORK);
        if (hipaa.isPresent()
                && (frameworks.contains(hipaa.get().id())
                        || declared.decisions().isPresent())) {
            decisions(folder, titles(HipaaDecisions.addressable(catalog)));
        }
    }

    /** Writes both again, with the titles that a package's own files have. */
    void writeAgain(Path findings, Path folder) {
        if (declared.statement().isPresent()) {
            statement(folder, titles(findings.resolve(STATEMENT), STATEMENT_COLUMNS));
        }
        if (Files.exists(findings.resolve(DECISIONS)) || declared.decisions().isPresent()) {
            decisions(folder, titles(findings.resolve(DECISIONS), DECISION_COLUMNS));
        }
    }

    private static Map<String, String> titles(List<Criterion> criteria) {
        Map<String, String> titles = new LinkedHashMap<>();
        criteria.forEach(each -> titles.put(each.id(), each.title()));
        return titles;
    }

    private static Map<String, String> titles(Path file, List<Column> columns) {
        Map<String, String> titles = new LinkedHashMap<>();
        if (Files.isRegularFile(file)) {
            try (CsvReader rows = CsvReader.open(file, columns)) {
                for (List<String> row = rows.next(); row != null; row = rows.next()) {
                    titles.put(row.get(0), row.get(1));
                }
            }
        }
        return titles;
    }

    private void statement(Path folder, Map<String, String> titles) {
        StatementOfApplicability statement = declared.statement().orElseThrow();
        List<List<String>> rows = new ArrayList<>();
        List<Entry> annexA = new ArrayList<>(statement.controls());
        List<String> order = new ArrayList<>(titles.keySet());
        annexA.sort((a, b) -> Integer.compare(order.indexOf(a.id()), order.indexOf(b.id())));
        annexA.forEach(entry -> rows.add(row(entry, titles.getOrDefault(entry.id(), ""), "annex_a")));
        statement.beyond().forEach(entry -> rows.add(row(entry, entry.title(), "beyond_annex_a")));
        write(folder, STATEMENT, STATEMENT_COLUMNS, rows);
    }

    private List<String> row(Entry entry, String title, String origin) {
        return List.of(
                entry.id(),
                title,
                origin,
                entry.source(),
                String.valueOf(entry.applicable()),
                entry.justification(),
                entry.implemented().map(each -> code(each)).orElse(""),
                entry.plannedFor().map(LocalDate::toString).orElse(""),
                entry.responsible(),
                String.join("; ", entry.references()),
                entry.notes(),
                entry.observation(day),
                origin.equals("annex_a") ? linked(StatementOfApplicability.FRAMEWORK, entry.id()) : "");
    }

    private void decisions(Path folder, Map<String, String> titles) {
        List<List<String>> rows = new ArrayList<>();
        titles.forEach((id, title) -> {
            Optional<Decision> decision = declared.decisions().flatMap(each -> each.decision(id));
            rows.add(decision.map(each -> row(each, title)).orElseGet(() -> undecided(id, title)));
        });
        write(folder, DECISIONS, DECISION_COLUMNS, rows);
    }

    private List<String> row(Decision decision, String title) {
        return List.of(
                decision.specification(),
                title,
                code(decision.choice()),
                decision.how(),
                decision.alternative(),
                decision.why(),
                decision.whyNoAlternative(),
                decision.decidedBy(),
                decision.decidedOn().toString(),
                decision.riskAnalysis(),
                decision.reviewOn().toString(),
                decision.notes(),
                decision.observation(day),
                linked(HipaaDecisions.FRAMEWORK, decision.specification()));
    }

    private List<String> undecided(String id, String title) {
        List<String> row = new ArrayList<>(Collections.nCopies(DECISION_COLUMNS.size(), ""));
        row.set(0, id);
        row.set(1, title);
        row.set(2, "undecided");
        row.set(DECISION_COLUMNS.size() - 1, linked(HipaaDecisions.FRAMEWORK, id));
        return row;
    }

    /** {@code IAM-006 FAIL; IAM-007 PASS}. */
    private String linked(String framework, String criterion) {
        TreeSet<String> linked = new TreeSet<>();
        for (Control control : controls) {
            boolean links = control.links().stream()
                    .anyMatch(link -> link.framework().equals(framework)
                            && link.criterion().equals(criterion));
            if (links) {
                linked.add(control.id() + " " + outcomes.getOrDefault(control.id(), Outcome.NOT_COLLECTED));
            }
        }
        return String.join("; ", linked);
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void write(Path folder, String name, List<Column> columns, List<List<String>> rows) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw Disk.unwritable(folder, e);
        }
        try (CsvWriter writer = new CsvWriter(folder.resolve(name), name, columns)) {
            rows.forEach(writer::row);
            writer.finish();
        }
    }
}
