package dev.tickmark.cli.report.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Parameter;
import dev.tickmark.evidence.run.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A control as the run used it: from {@code tests/<control>.yaml} where the run has it, else from the catalog.
 *
 * @param mainTable blank where the control has no test
 * @param document what a person is expected to attach; blank where nothing is
 * @param documentOwner the role that answers for it
 */
public record Definition(
        String objective,
        String evidenceNeeded,
        String gathering,
        List<String> tables,
        String mainTable,
        String testVersion,
        List<Threshold> thresholds,
        String notCovered,
        String remediation,
        String document,
        String documentOwner) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * A value that a test compared with.
     *
     * @param builtIn the catalog's value, where the organization set another; else blank
     * @param policy blank where the organization names none
     */
    public record Threshold(
            String name, String value, String unit, String origin, boolean configured, String builtIn, String policy) {}

    public Definition {
        tables = List.copyOf(tables);
        thresholds = List.copyOf(thresholds);
    }

    static Definition read(Path file) {
        JsonNode root;
        try {
            root = YAML.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw Rows.notOurs(file.toString(), "it is no YAML");
        }
        List<String> tables = new ArrayList<>();
        root.path("evidence").forEach(table -> tables.add(table.asText()));
        root.path("registers").forEach(table -> tables.add(table.asText()));
        List<Threshold> thresholds = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : root.path("parameters").properties()) {
            JsonNode parameter = each.getValue();
            thresholds.add(new Threshold(
                    each.getKey(),
                    parameter.path("value").asText(""),
                    parameter.path("unit").asText(""),
                    parameter.path("origin").asText(""),
                    parameter.has("default"),
                    parameter.path("default").asText(""),
                    parameter.path("policy").asText("")));
        }
        return new Definition(
                root.path("objective").asText(""),
                root.path("evidence_needed").asText(""),
                root.path("collection").asText(""),
                tables,
                root.path("main_table").asText(""),
                root.path("version").asText(""),
                thresholds,
                root.path("not_covered_note").asText(""),
                root.path("remediation").asText(""),
                root.path("document").path("expected").asText(""),
                root.path("document").path("owner").asText(""));
    }

    static Definition of(Control control, RunFacts head) {
        List<String> tables = new ArrayList<>(control.evidence());
        tables.addAll(control.registers());
        List<Threshold> thresholds = new ArrayList<>();
        for (Parameter parameter : control.parameters()) {
            thresholds.add(head.parameters().stream()
                    .filter(own ->
                            own.controlId().equals(control.id()) && own.name().equals(parameter.name()))
                    .findFirst()
                    .map(own -> new Threshold(
                            parameter.name(),
                            own.value(),
                            parameter.unit(),
                            parameter.origin(),
                            true,
                            parameter.value(),
                            own.policy()))
                    .orElseGet(() -> new Threshold(
                            parameter.name(), parameter.value(), parameter.unit(), parameter.origin(), false, "", "")));
        }
        return new Definition(
                control.objective(),
                control.request().needed(),
                control.request().gathering().word(),
                tables,
                control.test().map(test -> test.mainTable()).orElse(""),
                control.test().map(test -> Integer.toString(test.version())).orElse(""),
                thresholds,
                control.notCovered(),
                control.remediation(),
                control.request()
                        .document()
                        .map(document -> document.expected())
                        .orElse(""),
                control.request().document().map(document -> document.owner()).orElse(""));
    }
}
