package dev.tickmark.cli.report.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who ran what, when, and over which scopes, as {@code run.json} states it.
 *
 * @param asOf the one date of the report
 * @param parameters thresholds that the organisation set itself
 */
public record RunHead(
        String runId,
        String organization,
        Instant startedAt,
        Instant asOf,
        Tool tool,
        String configurationSha256,
        String operator,
        String scheduleDays,
        List<String> frameworks,
        List<ScopeLine> scopes,
        List<ParameterLine> parameters) {
    /** What made the run. */
    public record Tool(String version, String commit, String tree, boolean released, String java, List<Jar> jars) {
        /** {@code Tickmark 0.1.0 (commit 1234abcd)}, with what a reader must know of a build that is no release. */
        public String printed() {
            String at = commit.length() > 12 ? commit.substring(0, 12) : commit;
            return "Tickmark " + version + ", commit " + at
                    + (released ? "" : ", UNRELEASED BUILD (source tree " + tree + ")");
        }
    }

    /** A library that was loaded. */
    public record Jar(String name, String sha256) {}

    /** A place to read, or one that is declared out of scope. */
    public record ScopeLine(
            String scopeId,
            String provider,
            String account,
            String region,
            boolean inScope,
            String reason,
            String owner,
            String date) {}

    /** A threshold and the policy that it comes from. */
    public record ParameterLine(String controlId, String name, String value, String policy) {}

    public RunHead {
        frameworks = List.copyOf(frameworks);
        scopes = List.copyOf(scopes);
        parameters = List.copyOf(parameters);
    }

    static RunHead read(Path file) {
        JsonObject json = Json.read(file).format("tickmark-run", 1);
        JsonNode node = json.node();
        JsonNode tool = node.path("tool");
        List<Jar> jars = new ArrayList<>();
        for (JsonNode jar : tool.path("jars")) {
            jars.add(new Jar(text(jar, "name"), text(jar, "sha256")));
        }
        List<ScopeLine> scopes = new ArrayList<>();
        for (JsonNode scope : node.path("scopes")) {
            scopes.add(new ScopeLine(
                    text(scope, "scope_id"),
                    text(scope, "provider"),
                    text(scope, "account_id"),
                    text(scope, "region"),
                    scope.path("in_scope").asBoolean(false),
                    text(scope, "reason"),
                    text(scope, "owner"),
                    text(scope, "date")));
        }
        List<ParameterLine> parameters = new ArrayList<>();
        for (JsonNode parameter : node.path("parameters")) {
            parameters.add(new ParameterLine(
                    text(parameter, "control_id"),
                    text(parameter, "name"),
                    text(parameter, "value"),
                    text(parameter, "policy")));
        }
        List<String> frameworks = new ArrayList<>();
        node.path("frameworks").forEach(framework -> frameworks.add(framework.asText()));
        return new RunHead(
                json.text("run_id"),
                json.text("organization"),
                json.instant("started_at"),
                json.instant("as_of"),
                new Tool(
                        text(tool, "version"),
                        text(tool, "commit"),
                        text(tool, "tree"),
                        tool.path("released").asBoolean(false),
                        text(tool, "java"),
                        List.copyOf(jars)),
                text(node, "configuration_sha256"),
                text(node, "operator"),
                text(node, "schedule_days"),
                frameworks,
                scopes,
                parameters);
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isNull() || value.isMissingNode() ? "" : value.asText();
    }
}
