package dev.tickmark.evidence.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run began with, {@code run.json}: written once, before anything is read.
 *
 * @param startedAt in whole seconds, like every instant here
 * @param asOf the instant that the run speaks of; times inside requests come from it, never from a clock
 * @param period the interval of event populations; null where the run asks for none
 * @param configurationSha256 of the configuration as read, without values from the environment
 * @param operator who ran it, as the system names them
 * @param scheduleDays how often the organisation says that it runs; null where it declares no schedule
 * @param scopes every scope that was considered, those left out as well
 * @param parameters thresholds that the organisation sets otherwise than the catalog
 * @param exclusions tables that management takes out of scope
 * @param files that a person exported, with what they declare of them; known by their names alone
 */
public record RunFacts(
        String runId,
        String organization,
        Instant startedAt,
        Instant asOf,
        @Nullable Period period,
        Tool tool,
        String configurationSha256,
        String operator,
        @Nullable Integer scheduleDays,
        List<String> frameworks,
        List<ScopeFact> scopes,
        List<Parameter> parameters,
        List<Exclusion> exclusions,
        List<DeclaredFile> files) {
    private static final String FORMAT = "tickmark-run";
    private static final int VERSION = 1;

    /** From the first instant up to, and without, the second. */
    public record Period(Instant from, Instant to) {
        public Period {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("a period ends after it begins");
            }
        }
    }

    /** Whether the tool was built from exactly its commit. */
    public enum Tree {
        CLEAN,
        MODIFIED,
        UNKNOWN
    }

    /** What made the run, down to the digest of each jar. */
    public record Tool(
            String name, String version, String commit, Tree tree, boolean released, String java, List<Jar> jars) {
        public Tool {
            jars = List.copyOf(jars);
        }
    }

    /** A jar on the class path. */
    public record Jar(String name, String sha256) {}

    /**
     * A scope, and why it is in or out.
     *
     * @param reason why it is left out; blank where it is in
     * @param owner who decided so
     * @param date when, as the configuration states it
     */
    public record ScopeFact(Scope scope, boolean inScope, String reason, String owner, String date) {
        public ScopeFact {
            if (!inScope && reason.isBlank()) {
                throw new IllegalArgumentException("a scope that is left out needs a reason");
            }
        }

        public static ScopeFact in(Scope scope) {
            return new ScopeFact(scope, true, "", "", "");
        }
    }

    /**
     * A threshold of the organisation.
     *
     * @param policy where it comes from; blank where the configuration names none
     */
    public record Parameter(String controlId, String name, String value, String policy) {}

    /** A table out of scope by management's decision. */
    public record Exclusion(String table, String reason, String owner, String date) {}

    /** A run without exclusions and declared files. */
    public RunFacts(
            String runId,
            String organization,
            Instant startedAt,
            Instant asOf,
            @Nullable Period period,
            Tool tool,
            String configurationSha256,
            String operator,
            @Nullable Integer scheduleDays,
            List<String> frameworks,
            List<ScopeFact> scopes,
            List<Parameter> parameters) {
        this(
                runId,
                organization,
                startedAt,
                asOf,
                period,
                tool,
                configurationSha256,
                operator,
                scheduleDays,
                frameworks,
                scopes,
                parameters,
                List.of(),
                List.of());
    }

    public RunFacts {
        for (Instant instant : List.of(startedAt, asOf)) {
            if (!instant.equals(instant.truncatedTo(ChronoUnit.SECONDS))) {
                throw new IllegalArgumentException(instant + " is not in whole seconds");
            }
        }
        frameworks = List.copyOf(frameworks);
        scopes = List.copyOf(scopes);
        parameters = List.copyOf(parameters);
        exclusions = List.copyOf(exclusions);
        files = List.copyOf(files);
    }

    /** The same facts for a run that plays these recordings back: another run, of the same instant. */
    public RunFacts again(String otherRunId, Instant otherStart, Tool otherTool, String otherOperator) {
        return new RunFacts(
                otherRunId,
                organization,
                otherStart,
                asOf,
                period,
                otherTool,
                configurationSha256,
                otherOperator,
                scheduleDays,
                frameworks,
                scopes,
                parameters,
                exclusions,
                files);
    }

    public void write(RunFolder run) {
        Json.write(run.runJson(), json());
    }

    public byte[] bytes() {
        return Json.bytes(json());
    }

    private ObjectNode json() {
        ObjectNode root = Json.object();
        root.put("format", FORMAT);
        root.put("format_version", VERSION);
        root.put("run_id", runId);
        root.put("organization", organization);
        root.put("started_at", startedAt.toString());
        root.put("as_of", asOf.toString());
        if (period == null) {
            root.putNull("period");
        } else {
            ObjectNode node = root.putObject("period");
            node.put("from", period.from().toString());
            node.put("to", period.to().toString());
        }
        ObjectNode toolNode = root.putObject("tool");
        toolNode.put("name", tool.name());
        toolNode.put("version", tool.version());
        toolNode.put("commit", tool.commit());
        toolNode.put("tree", tool.tree().name().toLowerCase(Locale.ROOT));
        toolNode.put("released", tool.released());
        toolNode.put("java", tool.java());
        ArrayNode jars = toolNode.putArray("jars");
        for (Jar jar : tool.jars()) {
            jars.addObject().put("name", jar.name()).put("sha256", jar.sha256());
        }
        root.put("configuration_sha256", configurationSha256);
        root.put("operator", operator);
        root.put("schedule_days", scheduleDays);
        ArrayNode names = root.putArray("frameworks");
        frameworks.forEach(names::add);
        ArrayNode scopeNodes = root.putArray("scopes");
        for (ScopeFact fact : scopes) {
            scopeNodes
                    .addObject()
                    .put("scope_id", fact.scope().id())
                    .put("provider", fact.scope().provider())
                    .put("account_id", fact.scope().account())
                    .put("region", fact.scope().region())
                    .put("in_scope", fact.inScope())
                    .put("reason", fact.reason())
                    .put("owner", fact.owner())
                    .put("date", fact.date());
        }
        ArrayNode parameterNodes = root.putArray("parameters");
        for (Parameter parameter : parameters) {
            parameterNodes
                    .addObject()
                    .put("control_id", parameter.controlId())
                    .put("name", parameter.name())
                    .put("value", parameter.value())
                    .put("policy", parameter.policy());
        }
        ArrayNode exclusionNodes = root.putArray("exclusions");
        for (Exclusion exclusion : exclusions) {
            exclusionNodes
                    .addObject()
                    .put("table", exclusion.table())
                    .put("reason", exclusion.reason())
                    .put("owner", exclusion.owner())
                    .put("date", exclusion.date());
        }
        ArrayNode fileNodes = root.putArray("files");
        files.forEach(file -> put(fileNodes.addObject(), file));
        return root;
    }

    private static void put(ObjectNode node, DeclaredFile file) {
        node.put("table", file.table());
        node.put("name", file.recordedName().toString());
        node.put("system", file.system());
        node.put("report", file.report());
        node.put("filter", file.filter());
        node.put("run_by", file.runBy());
        node.put("run_at", file.runAt().toString());
        node.put("row_count", file.rowCount());
        ArrayNode columns = node.putArray("columns");
        file.columns()
                .forEach((column, name) ->
                        columns.addObject().put("column", column).put("from", name));
        node.put("delimiter", file.delimiter().orElse(""));
        node.put("encoding", file.encoding());
        node.put("date_format", file.dateFormat().orElse(""));
        node.put("time_zone", file.timeZone());
    }

    private static DeclaredFile file(JsonObject node) {
        Map<String, String> columns = new LinkedHashMap<>();
        node.objects("columns", column -> columns.put(column.text("column"), column.text("from")));
        return new DeclaredFile(
                node.text("table"),
                Path.of(node.text("name")),
                node.text("system"),
                node.text("report"),
                node.text("filter"),
                node.text("run_by"),
                node.instant("run_at"),
                node.number("row_count"),
                columns,
                Optional.of(node.text("delimiter")).filter(text -> !text.isEmpty()),
                node.text("encoding"),
                Optional.of(node.text("date_format")).filter(text -> !text.isEmpty()),
                node.text("time_zone"));
    }

    public static RunFacts read(RunFolder run) {
        return read(Json.read(run.runJson()));
    }

    /**
     * Reads the bytes of a {@code run.json}.
     *
     * @param name what messages call the file
     */
    public static RunFacts read(String name, byte[] bytes) {
        return read(Json.read(name, bytes));
    }

    private static RunFacts read(JsonObject root) {
        root.format(FORMAT, VERSION);
        JsonObject period = root.objectOrNull("period");
        try {
            return new RunFacts(
                    root.text("run_id"),
                    root.text("organization"),
                    root.instant("started_at"),
                    root.instant("as_of"),
                    period == null ? null : new Period(period.instant("from"), period.instant("to")),
                    tool(root.object("tool")),
                    root.text("configuration_sha256"),
                    root.text("operator"),
                    root.smallOrNull("schedule_days"),
                    root.texts("frameworks"),
                    root.objects("scopes", RunFacts::scope),
                    root.objects("parameters", RunFacts::parameter),
                    root.objects(
                            "exclusions",
                            node -> new Exclusion(
                                    node.text("table"), node.text("reason"), node.text("owner"), node.text("date"))),
                    root.objects("files", RunFacts::file));
        } catch (IllegalArgumentException e) {
            throw root.impossible(e);
        }
    }

    private static Tool tool(JsonObject node) {
        return new Tool(
                node.text("name"),
                node.text("version"),
                node.text("commit"),
                Tree.valueOf(node.text("tree").toUpperCase(Locale.ROOT)),
                node.flag("released"),
                node.text("java"),
                node.objects("jars", jar -> new Jar(jar.text("name"), jar.text("sha256"))));
    }

    private static ScopeFact scope(JsonObject node) {
        return new ScopeFact(
                new Scope(node.text("provider"), node.text("account_id"), node.text("region")),
                node.flag("in_scope"),
                node.text("reason"),
                node.text("owner"),
                node.text("date"));
    }

    private static Parameter parameter(JsonObject node) {
        return new Parameter(node.text("control_id"), node.text("name"), node.text("value"), node.text("policy"));
    }
}
