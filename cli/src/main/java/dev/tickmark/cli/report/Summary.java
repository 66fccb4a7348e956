package dev.tickmark.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.cli.report.page.Printed;
import dev.tickmark.cli.report.source.ControlLine;
import dev.tickmark.cli.report.source.CriterionLine;
import dev.tickmark.cli.report.source.DecisionLine;
import dev.tickmark.cli.report.source.PopulationLine;
import dev.tickmark.cli.report.source.RunReading;
import dev.tickmark.cli.report.source.StatementLine;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.json.Json;
import java.util.List;
import java.util.Map;

/** The numbers of the report for programs: {@code summary.json}. */
record Summary(RunReading run, Numbers numbers, ReportOptions options) {
    byte[] bytes() {
        ObjectNode json = Json.object();
        json.put("format", "tickmark-summary");
        json.put("format_version", 1);
        json.put("run_id", run.head().runId());
        json.put("package_id", options.packageId());
        json.put("marking", options.marking().name());
        json.put("organization", run.head().organization());
        json.put("as_of", run.head().asOf().toString());
        json.put("made_by", Words.of(run.head().tool()));
        completeness(json.putObject("completeness"));
        outcomes(json.putObject("outcomes"));
        controls(json.putArray("controls"));
        frameworks(json.putArray("frameworks"));
        declared(json);
        stated(json);
        json.put("runs_since_last_package", run.runs().size());
        ObjectNode hints = json.putObject("exit_hints");
        hints.put("evidence_missing", numbers.whole() < numbers.populations());
        hints.put("deviations", numbers.controls(Outcome.FAIL) > 0);
        return Json.bytes(json);
    }

    private void completeness(ObjectNode json) {
        json.put("populations", numbers.populations());
        json.put("whole", numbers.whole());
        json.put("not_whole", numbers.populations() - numbers.whole());
        ObjectNode verdicts = json.putObject("verdicts");
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict.name(), numbers.populationsByVerdict().getOrDefault(verdict, 0L));
        }
        ArrayNode populations = json.putArray("by_population");
        for (PopulationLine population : run.populations()) {
            ObjectNode each = populations.addObject();
            each.put("population", population.rowKey());
            each.put("scope_id", population.scopeId());
            each.put("table", population.table());
            each.put("verdict", population.verdict().name());
            each.put("basis", population.basis().name());
            each.put("rows", population.rows());
            each.put("equations_open", population.equationsOpen());
            if (!population.verdict().whole()) {
                each.put("reason", Printed.masked(population.reason()));
                each.put("remedy", Printed.masked(population.remedy()));
            }
        }
    }

    private void outcomes(ObjectNode json) {
        ObjectNode controls = json.putObject("controls");
        ObjectNode items = json.putObject("items");
        for (Outcome outcome : Numbers.ORDER) {
            controls.put(outcome.name(), numbers.controls(outcome));
            if (outcome != Outcome.NOT_COLLECTED) {
                items.put(outcome.name(), numbers.items(outcome));
            }
        }
    }

    private void controls(ArrayNode json) {
        for (ControlLine control : run.controls()) {
            ObjectNode each = json.addObject();
            each.put("control_id", control.id());
            each.put("title", control.title());
            each.put("outcome", control.outcome().name());
            each.put("results", control.items().all());
            for (Outcome outcome : Numbers.ORDER) {
                if (outcome != Outcome.NOT_COLLECTED) {
                    each.put(outcome.name(), control.items().count(outcome));
                }
            }
            each.put("observations", control.items().observations());
            each.put("scopes", control.scopes());
            each.put("scopes_incomplete", control.scopesIncomplete());
        }
    }

    /** Nothing of a run that did not ask for declarations. */
    private void declared(ObjectNode json) {
        if (run.declared().asked()) {
            json.put("documents_attached", run.declared().attachments().size());
            ObjectNode acceptances = json.putObject("acceptances");
            for (String state : List.of("used", "unused", "expired", "not_yet")) {
                acceptances.put(
                        state,
                        run.acceptances().stream()
                                .filter(each -> each.state().equals(state))
                                .count());
            }
        }
    }

    /** What management states, where it does. */
    private void stated(ObjectNode json) {
        List<StatementLine> statement = run.statement();
        if (!statement.isEmpty()) {
            ObjectNode each = json.putObject("statement_of_applicability");
            each.put(
                    "controls",
                    statement.stream().filter(line -> !line.beyondAnnexA()).count());
            each.put(
                    "applicable",
                    statement.stream()
                            .filter(line -> line.applicable() && !line.beyondAnnexA())
                            .count());
            each.put(
                    "beyond_annex_a",
                    statement.stream().filter(StatementLine::beyondAnnexA).count());
        }
        List<DecisionLine> decisions = run.decisions();
        if (!decisions.isEmpty()) {
            ObjectNode each = json.putObject("hipaa_decisions");
            each.put("addressable", decisions.size());
            each.put(
                    "decided",
                    decisions.stream().filter(line -> !line.undecided()).count());
            ArrayNode undecided = each.putArray("undecided");
            decisions.stream().filter(DecisionLine::undecided).forEach(line -> undecided.add(line.specification()));
        }
    }

    private void frameworks(ArrayNode json) {
        for (Map.Entry<String, List<CriterionLine>> framework : run.criteria().entrySet()) {
            List<CriterionLine> lines = framework.getValue();
            long without =
                    lines.stream().filter(line -> line.control().isBlank()).count();
            ObjectNode each = json.addObject();
            each.put("framework", framework.getKey());
            each.put(
                    "criteria",
                    lines.stream().map(CriterionLine::criterion).distinct().count());
            each.put("criteria_without_control", without);
            each.put("links", lines.size() - without);
            each.put(
                    "criteria_not_asked",
                    lines.stream()
                            .filter(line -> line.scope().elsewhere())
                            .map(CriterionLine::criterion)
                            .distinct()
                            .count());
            each.put(
                    "criteria_asked_without_control",
                    lines.stream().filter(CriterionLine::open).count());
        }
    }
}
