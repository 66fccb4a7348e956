package dev.tickmark.cli.report.oscal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.cli.report.source.ControlLine;
import dev.tickmark.cli.report.source.PopulationLine;
import dev.tickmark.cli.report.source.RunReading;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.run.RunFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A run as OSCAL assessment results: an observation for each control of which evidence was collected, with that evidence
 * by digest; a finding where the outcome says something of the control's objective; a risk where there are deviations.
 *
 * <p>The target of a finding is always the organization's own control, never a criterion: {@code satisfied} says that no
 * deviation from the control was noted in what was read, and nothing more.
 *
 * @see <a href="https://pages.nist.gov/OSCAL-Reference/models/latest/assessment-results/json-reference/">assessment-results</a>
 */
public final class AssessmentResults {
    private final RunReading run;
    private final Path root;
    private final RunFacts head;
    private final Oscal oscal;
    private final SortedMap<String, Control> controls;
    private final SortedMap<String, String> resources = new TreeMap<>();

    /**
     * @param catalog for controls that the run does not hold itself
     * @param root the run's folder, or that of an unpacked package
     */
    public AssessmentResults(RunReading run, Catalog catalog, Path root) {
        this.run = run;
        this.root = root;
        this.head = run.head();
        this.oscal = new Oscal(head);
        this.controls = Oscal.controls(root, catalog);
    }

    /** The document; the same run gives the same bytes. */
    public byte[] bytes() {
        ObjectNode document = Json.object();
        ObjectNode results = document.putObject("assessment-results");
        results.put("uuid", oscal.id("assessment-results"));
        oscal.metadata(results, "Results of run " + head.runId());
        ObjectNode plan = results.putObject("import-ap");
        plan.put("href", "#" + resource("run.json"));
        plan.put(
                "remarks",
                "There is no assessment plan in OSCAL; run.json says what was in scope and what was left out.");
        result(results.putArray("results").addObject());
        resources(results.putObject("back-matter").putArray("resources"));
        return Json.bytes(document);
    }

    private void result(ObjectNode result) {
        result.put("uuid", oscal.id("result"));
        result.put("title", "Tests of run " + head.runId());
        result.put(
                "description",
                "Every control of the catalog that the run used, tested over what was read. Findings are about the"
                        + " organization's own controls; no criterion of a framework gets a verdict here.");
        result.put("start", head.startedAt().toString());
        ObjectNode reviewed = result.putObject("reviewed-controls");
        ArrayNode include = reviewed.putArray("control-selections").addObject().putArray("include-controls");
        run.controls().forEach(control -> include.addObject().put("control-id", control.id()));
        ArrayNode observations = Json.object().putArray("observations");
        ArrayNode risks = Json.object().putArray("risks");
        ArrayNode findings = Json.object().putArray("findings");
        for (ControlLine line : run.controls()) {
            Control control = controls.get(line.id());
            if (control != null && line.outcome() != Outcome.NOT_COLLECTED) {
                observation(observations.addObject(), line, control);
                if (line.items().count(Outcome.FAIL) > 0) {
                    risk(risks.addObject(), line, control, Outcome.FAIL);
                }
                if (line.items().count(Outcome.ACCEPTED) > 0) {
                    risk(risks.addObject(), line, control, Outcome.ACCEPTED);
                }
                if (line.outcome() == Outcome.PASS
                        || line.outcome() == Outcome.FAIL
                        || line.outcome() == Outcome.ACCEPTED) {
                    finding(findings.addObject(), line, control);
                }
            }
        }
        putIfAny(result, "observations", observations);
        putIfAny(result, "risks", risks);
        putIfAny(result, "findings", findings);
    }

    /** OSCAL has no empty lists. */
    private static void putIfAny(ObjectNode node, String key, ArrayNode list) {
        if (!list.isEmpty()) {
            node.set(key, list);
        }
    }

    private void observation(ObjectNode observation, ControlLine line, Control control) {
        observation.put("uuid", oscal.id("observation", line.id()));
        observation.put("title", Oscal.line(line.id() + " " + line.title()));
        observation.put("description", counts(line));
        ArrayNode props = observation.putArray("props");
        Oscal.property(props, "control-id", line.id());
        Oscal.property(props, "outcome", line.outcome().name());
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.NOT_COLLECTED) {
                Oscal.property(
                        props,
                        "items-" + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        Long.toString(line.items().count(outcome)));
            }
        }
        Oscal.property(props, "scopes-incomplete", Long.toString(line.scopesIncomplete()));
        observation.putArray("methods").add(control.test().isPresent() ? "TEST" : "EXAMINE");
        evidence(observation, line, control);
        observation.put("collected", line.asOfMax().isBlank() ? head.asOf().toString() : line.asOfMax());
        observation.put(
                "remarks",
                "Item by item: 2-findings/findings.csv, rows of " + line.id() + "."
                        + (control.notCovered().isBlank() ? "" : " What the test cannot see: " + control.notCovered()));
    }

    private static String counts(ControlLine line) {
        List<String> parts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.NOT_COLLECTED && line.items().count(outcome) > 0) {
                parts.add(line.items().count(outcome) + " " + outcome.printed());
            }
        }
        return line.outcome().printed() + (parts.isEmpty() ? "." : ": " + String.join(", ", parts) + ".");
    }

    private void evidence(ObjectNode observation, ControlLine line, Control control) {
        ArrayNode evidence = observation.putArray("relevant-evidence");
        relevant(evidence, "2-findings/findings.csv", "The outcome and its reason, item by item");
        if (control.test().isPresent()) {
            relevant(evidence, "2-findings/tests/" + line.id() + ".sql", "The query that gave the outcomes");
        }
        Set<String> tables = new TreeSet<>(control.evidence());
        tables.addAll(control.registers());
        for (PopulationLine population : run.populations()) {
            if (tables.contains(population.table()) && !population.folder().isBlank()) {
                relevant(
                        evidence,
                        population.folder() + "/" + population.table() + ".csv",
                        population.table() + " of " + population.scopeId() + ": " + population.rows() + " rows, "
                                + population.verdict().name());
            }
        }
    }

    private void relevant(ArrayNode evidence, String path, String description) {
        if (Files.isRegularFile(root.resolve(path))) {
            ObjectNode each = evidence.addObject();
            each.put("href", "#" + resource(path));
            each.put("description", description);
        }
    }

    private String resource(String path) {
        return resources.computeIfAbsent(path, each -> oscal.id("resource", each));
    }

    private void risk(ObjectNode risk, ControlLine line, Control control, Outcome outcome) {
        long items = line.items().count(outcome);
        risk.put("uuid", oscal.id("risk", line.id(), outcome.name()));
        risk.put("title", Oscal.line(line.id() + ": " + items + " " + outcome.printed()));
        risk.put(
                "description",
                items + (items == 1 ? " item deviates" : " items deviate") + " from the control \"" + line.title()
                        + "\". 2-findings/findings.csv names " + (items == 1 ? "it." : "each."));
        risk.put("statement", control.risk().isBlank() ? control.objective() : control.risk());
        Oscal.property(risk.putArray("props"), "items", Long.toString(items));
        risk.put("status", outcome == Outcome.ACCEPTED ? "deviation-approved" : "open");
        if (!control.remediation().isBlank()) {
            ObjectNode response = risk.putArray("remediations").addObject();
            response.put("uuid", oscal.id("response", line.id(), outcome.name()));
            response.put("lifecycle", "recommendation");
            response.put("title", "Remediation of " + line.id());
            response.put("description", control.remediation());
        }
        related(risk, line);
    }

    private void finding(ObjectNode finding, ControlLine line, Control control) {
        finding.put("uuid", oscal.id("finding", line.id()));
        finding.put("title", Oscal.line(line.id() + " " + line.title()));
        finding.put("description", counts(line));
        ObjectNode target = finding.putObject("target");
        target.put("type", "objective-id");
        target.put("target-id", line.id() + "_obj");
        target.put("description", control.objective());
        ObjectNode status = target.putObject("status");
        boolean pass = line.outcome() == Outcome.PASS;
        status.put("state", pass ? "satisfied" : "not-satisfied");
        status.put("reason", pass ? "pass" : line.outcome() == Outcome.FAIL ? "fail" : "other");
        status.put(
                "remarks",
                line.outcome().printed() + ", of the items that were read; of the control, not of a criterion.");
        related(finding, line);
        ArrayNode risks = Json.object().putArray("risks");
        for (Outcome outcome : List.of(Outcome.FAIL, Outcome.ACCEPTED)) {
            if (line.items().count(outcome) > 0) {
                risks.addObject().put("risk-uuid", oscal.id("risk", line.id(), outcome.name()));
            }
        }
        putIfAny(finding, "related-risks", risks);
    }

    private void related(ObjectNode node, ControlLine line) {
        node.putArray("related-observations").addObject().put("observation-uuid", oscal.id("observation", line.id()));
    }

    /** Every file that was named, with its digest. */
    private void resources(ArrayNode list) {
        for (Map.Entry<String, String> each : resources.entrySet()) {
            ObjectNode resource = list.addObject();
            resource.put("uuid", each.getValue());
            resource.put("title", each.getKey());
            ObjectNode link = resource.putArray("rlinks").addObject();
            link.put("href", "../" + each.getKey());
            ObjectNode hash = link.putArray("hashes").addObject();
            hash.put("algorithm", "SHA-256");
            hash.put("value", Disk.sha256(root.resolve(each.getKey())));
        }
    }
}
