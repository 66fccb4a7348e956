package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.declared.Acceptance;
import dev.tickmark.catalog.declared.CriterionScope;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.csv.CsvWriter;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import dev.tickmark.evidence.yaml.Nearest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The results above the findings: one row a control, one row a criterion and control, one row an acceptance. */
final class Results {
    static final List<Column> CONTROLS = List.of(
            Finding.text("control_id", "The control"),
            Finding.text("title", "Its title"),
            Finding.text("outcome", "The worst outcome of its findings, or NOT_COLLECTED"),
            number("items", "Its findings"),
            number("passed", "Its findings with PASS"),
            number("failed", "Its findings with FAIL"),
            number("accepted", "Its findings with ACCEPTED"),
            number("not_applicable", "Its findings with NOT_APPLICABLE"),
            number("not_evaluated", "Its findings with NOT_EVALUATED"),
            number("scopes", "Scopes that its findings are of"),
            number("scopes_incomplete", "Scopes in which some of its evidence is not whole"),
            instant("evidence_as_of_min", "The oldest as-of of its populations"),
            instant("evidence_as_of_max", "The newest as-of of its populations"),
            Finding.text("thresholds", "Its parameters with value, origin and policy"));
    static final List<Column> CRITERIA = List.of(
            Finding.text("criterion_id", "The publisher's number"),
            Finding.text("control_id", "A control linked to it; empty where none is"),
            Finding.text("link", "direct, supporting or indirect"),
            Finding.text("reason", "Why the control is linked"),
            Finding.text("not_covered", "What the control leaves open"),
            Finding.text("control_outcome", "The control's outcome; the criterion has none of ours"),
            Finding.text(
                    "applies_to", "What decides whether it is asked: a category, a role, annex A; empty where nothing"),
            Finding.text("scope_state", "What management declares of it; empty where nothing is declared"),
            Finding.text("scope_reason", "The declaration"));
    static final List<Column> ACCEPTANCES = List.of(
            Finding.text("acceptance_id", "The approved deviation"),
            Finding.text("control_id", "The control that it is a deviation from"),
            Finding.text("scope_id", "The scope of the item"),
            Finding.text("row_key", "The item"),
            Finding.text("requester", "Who asked for it"),
            Finding.text("approver", "Who approved it, another person"),
            Finding.text("reason", "Why it is accepted"),
            Finding.text("compensating_control", "What is done instead"),
            date("expires_on", "Its last day"),
            Finding.text("account_id", "The account of the item, where it is named instead of the scope"),
            date("approved_on", "Its first day"),
            Finding.text("state", "used, unused, expired or not_yet, on the run's day"),
            number("deviations", "Results with a deviation that it met, accepted where it is used"));

    /** The columns of runs before there were declarations: those packages come out the same as they were. */
    private static final int ACCEPTANCES_AT_FIRST = 9;

    private static final int CRITERIA_AT_FIRST = 6;

    private final AssessmentRequest request;
    private final Populations populations;
    private final Path folder;
    private final List<AssessmentSummary.ControlResult> controls = new ArrayList<>();
    private final Map<String, List<String>> rows = new TreeMap<>();
    private final Map<String, Outcome> outcomes = new TreeMap<>();

    Results(AssessmentRequest request, Populations populations, Path folder) {
        this.request = request;
        this.populations = populations;
        this.folder = folder;
    }

    private static Column number(String name, String description) {
        return new Column(name, ColumnType.INTEGER, "", description, List.of(), Column.Sensitivity.NONE);
    }

    private static Column date(String name, String description) {
        return new Column(name, ColumnType.DATE, "", description, List.of(), Column.Sensitivity.NONE);
    }

    private static Column instant(String name, String description) {
        return new Column(name, ColumnType.INSTANT, "", description, List.of(), Column.Sensitivity.NONE);
    }

    /** Counts a control's findings. */
    void add(Control control, Optional<ReadyTest> ready, boolean collected, FindingStore.Tally tally) {
        Outcome outcome = collected ? tally.worst() : Outcome.NOT_COLLECTED;
        AssessmentSummary.ControlResult result = new AssessmentSummary.ControlResult(
                control.id(),
                control.title(),
                outcome,
                tally.items(),
                tally.count(Outcome.PASS),
                tally.count(Outcome.FAIL),
                tally.count(Outcome.ACCEPTED),
                tally.count(Outcome.NOT_APPLICABLE),
                tally.count(Outcome.NOT_EVALUATED),
                tally.scopes(),
                tally.scopesIncomplete());
        controls.add(result);
        outcomes.put(control.id(), outcome);
        rows.put(control.id(), row(result, control, ready));
    }

    private List<String> row(AssessmentSummary.ControlResult result, Control control, Optional<ReadyTest> ready) {
        List<String> asOf = populations.all().stream()
                .filter(each -> control.evidence().contains(each.table())
                        || control.registers().contains(each.table()))
                .map(Population::asOf)
                .filter(instant -> !instant.isEmpty())
                .sorted()
                .toList();
        List<ParameterUse> uses =
                ready.map(ReadyTest::parameters).orElseGet(() -> ParameterUse.of(control, request.overrides()));
        return List.of(
                result.controlId(),
                result.title(),
                result.outcome().name(),
                String.valueOf(result.items()),
                String.valueOf(result.passed()),
                String.valueOf(result.failed()),
                String.valueOf(result.accepted()),
                String.valueOf(result.notApplicable()),
                String.valueOf(result.notEvaluated()),
                String.valueOf(result.scopes()),
                String.valueOf(result.scopesIncomplete()),
                asOf.isEmpty() ? "" : asOf.get(0),
                asOf.isEmpty() ? "" : asOf.get(asOf.size() - 1),
                String.join("; ", uses.stream().map(ParameterUse::printed).toList()));
    }

    /** Writes {@code controls.csv}, the criteria of each framework and {@code acceptances.csv}. */
    void write(List<Acceptances.Line> accepted) {
        write("controls.csv", CONTROLS, new ArrayList<>(rows.values()));
        for (String id : request.frameworks()) {
            Catalog catalog = request.catalog();
            Framework framework = catalog.framework(id).orElseThrow(() -> {
                List<String> ids =
                        catalog.frameworks().stream().map(Framework::id).toList();
                return TickmarkException.notUnderstood(
                        "No framework is called '" + id + "'.",
                        Nearest.of(id, ids)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Known are " + String.join(", ", ids) + "."));
            });
            write("criteria-" + framework.id() + ".csv", criteriaColumns(request.declared()), criteria(framework));
        }
        boolean asked = request.declared().asked();
        List<Column> columns = asked ? ACCEPTANCES : ACCEPTANCES.subList(0, ACCEPTANCES_AT_FIRST);
        write("acceptances.csv", columns, acceptances(accepted, columns.size()));
        statements(request, outcomes).write(folder, request.catalog(), request.frameworks());
    }

    static ManagementStatements statements(AssessmentRequest request, Map<String, Outcome> outcomes) {
        return new ManagementStatements(
                request.declared().frameworks(),
                LocalDate.ofInstant(request.asOf(), ZoneOffset.UTC),
                request.catalog().controls(),
                outcomes);
    }

    /** The columns of {@code criteria-<framework>.csv}. */
    static List<Column> criteriaColumns(Declared declared) {
        return declared.asked() ? CRITERIA : CRITERIA.subList(0, CRITERIA_AT_FIRST);
    }

    /** A row with what is declared of its criterion. */
    static List<String> scoped(List<String> row, String appliesTo, Declared declared) {
        List<String> cells = new ArrayList<>(row.subList(0, CRITERIA_AT_FIRST));
        if (declared.asked()) {
            CriterionScope scope = CriterionScope.of(row.get(0), appliesTo, declared.frameworks());
            cells.addAll(List.of(appliesTo, scope.state().code(), scope.reason()));
        }
        return cells;
    }

    private List<List<String>> criteria(Framework framework) {
        List<List<String>> lines = new ArrayList<>();
        for (Criterion criterion : framework.criteria()) {
            List<Catalog.Linked> linked = request.catalog().linkedTo(framework, criterion);
            String appliesTo = CriterionScope.appliesTo(framework, criterion);
            if (linked.isEmpty()) {
                lines.add(scoped(List.of(criterion.id(), "", "", "", "", ""), appliesTo, request.declared()));
            }
            for (Catalog.Linked each : linked) {
                Outcome outcome = outcomes.getOrDefault(each.control().id(), Outcome.NOT_COLLECTED);
                List<String> row = List.of(
                        criterion.id(),
                        each.control().id(),
                        each.link().strength().name().toLowerCase(Locale.ROOT),
                        each.link().why(),
                        each.link().notCovered(),
                        outcome.name());
                lines.add(scoped(row, appliesTo, request.declared()));
            }
        }
        return lines;
    }

    private static List<List<String>> acceptances(List<Acceptances.Line> accepted, int columns) {
        List<List<String>> lines = new ArrayList<>();
        for (Acceptances.Line line : accepted) {
            Acceptance each = line.acceptance();
            lines.add(List.of(
                            each.id(),
                            each.controlId(),
                            line.item().scopeId(),
                            line.item().rowKey(),
                            each.requester(),
                            each.approver(),
                            each.reason(),
                            each.compensatingControl(),
                            each.expiresOn().toString(),
                            line.item().accountId(),
                            each.approvedOn().toString(),
                            line.state().name().toLowerCase(Locale.ROOT),
                            String.valueOf(line.deviations()))
                    .subList(0, columns));
        }
        lines.sort((a, b) -> String.join("\0", a).compareTo(String.join("\0", b)));
        return Collections.unmodifiableList(lines);
    }

    private void write(String name, List<Column> columns, List<List<String>> lines) {
        try (CsvWriter writer = new CsvWriter(folder.resolve(name), name, columns)) {
            lines.forEach(writer::row);
            writer.finish();
        }
    }

    /** What was found, with these remarks. */
    AssessmentSummary summary(List<String> remarks) {
        List<AssessmentSummary.Incomplete> incomplete = new ArrayList<>();
        for (Population each : populations.all()) {
            if (!each.verdict().whole()) {
                incomplete.add(new AssessmentSummary.Incomplete(
                        each.scopeId(), each.table(), each.verdict().name(), each.reason(), each.remedy()));
            }
        }
        return new AssessmentSummary(controls, incomplete, remarks);
    }
}
