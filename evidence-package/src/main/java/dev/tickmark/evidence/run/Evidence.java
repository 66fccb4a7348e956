package dev.tickmark.evidence.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a task knows of the populations that it read, {@code evidence.json} (information produced by the entity).
 *
 * @param callerArn who read, as the source names them; null where the source does not
 * @param clockOffsetMs the server's clock minus ours; null where no answer said its time
 * @param operations every operation called, with its parameters and how often
 * @param cutFields fields that were cut out of answers before anything was written
 * @param recording the raw answers; null where nothing was exchanged
 * @param tables one for each population of the task, also where it was not read
 * @param counts numbers that the source states beside the rows
 */
public record Evidence(
        String collector,
        int collectorVersion,
        Scope scope,
        @Nullable String callerArn,
        Instant startedAt,
        Instant finishedAt,
        @Nullable Long clockOffsetMs,
        List<Operation> operations,
        List<String> cutFields,
        @Nullable Recording recording,
        List<Table> tables,
        Map<String, Long> counts) {
    private static final String FORMAT = "tickmark-evidence";
    private static final int VERSION = 1;

    /**
     * One operation.
     *
     * @param parameters what was asked, without secrets, in the source's own words
     * @param calls invocations
     * @param attempts requests sent for them, repeated ones included
     * @param errors answers that were errors, by the source's code
     */
    public record Operation(
            String service, String operation, String parameters, long calls, long attempts, Map<String, Long> errors) {
        public Operation {
            errors = Collections.unmodifiableMap(new TreeMap<>(errors));
        }
    }

    /** The recording of the task's exchanges; {@code file} lies beside this one. */
    public record Recording(String file, String sha256, long records) {}

    /**
     * One population.
     *
     * @param asOf the instant that the source states for it, else that of the first exchange; null where there was none
     * @param csvSha256 of {@code <table>.csv}
     */
    public record Table(
            String table,
            int version,
            Completeness completeness,
            @Nullable Instant asOf,
            Accuracy accuracy,
            String csvSha256) {}

    public Evidence {
        operations = List.copyOf(operations);
        cutFields = List.copyOf(cutFields);
        tables = List.copyOf(tables);
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /** The file inside a task's folder. */
    public static Path file(Path taskFolder) {
        return taskFolder.resolve("evidence.json");
    }

    public void write(Path taskFolder) {
        Json.write(file(taskFolder), json());
    }

    public byte[] bytes() {
        return Json.bytes(json());
    }

    private ObjectNode json() {
        ObjectNode root = Json.object();
        root.put("format", FORMAT);
        root.put("format_version", VERSION);
        root.put("collector", collector);
        root.put("collector_version", collectorVersion);
        root.putObject("scope")
                .put("scope_id", scope.id())
                .put("provider", scope.provider())
                .put("account_id", scope.account())
                .put("region", scope.region());
        root.put("caller_arn", callerArn);
        root.put("started_at", startedAt.toString());
        root.put("finished_at", finishedAt.toString());
        root.put("clock_offset_ms", clockOffsetMs);
        ArrayNode operationNodes = root.putArray("operations");
        for (Operation operation : operations) {
            ObjectNode node = operationNodes.addObject();
            node.put("service", operation.service());
            node.put("operation", operation.operation());
            node.put("parameters", operation.parameters());
            node.put("calls", operation.calls());
            node.put("attempts", operation.attempts());
            put(node.putObject("errors"), operation.errors());
        }
        ArrayNode cut = root.putArray("cut_fields");
        cutFields.forEach(cut::add);
        if (recording == null) {
            root.putNull("recording");
        } else {
            root.putObject("recording")
                    .put("file", recording.file())
                    .put("sha256", recording.sha256())
                    .put("records", recording.records());
        }
        ArrayNode tableNodes = root.putArray("tables");
        tables.forEach(table -> write(table, tableNodes.addObject()));
        put(root.putObject("counts"), counts);
        return root;
    }

    private static void write(Table table, ObjectNode node) {
        Completeness completeness = table.completeness();
        DenialKind denial = completeness.denial();
        node.put("table", table.table());
        node.put("version", table.version());
        node.put("verdict", completeness.verdict().name());
        node.put("basis", completeness.basis().name());
        node.put("rows", completeness.rows());
        node.put("pages", completeness.pages());
        node.put("reason", completeness.reason());
        node.put("remedy", completeness.remedy());
        node.put("denial_kind", denial == null ? null : denial.name());
        Instant asOf = table.asOf();
        node.put("as_of", asOf == null ? null : asOf.toString());
        Accuracy accuracy = table.accuracy();
        ObjectNode accuracyNode = node.putObject("accuracy");
        accuracyNode.put("records", accuracy.records());
        accuracyNode.put("rows", accuracy.rows());
        put(accuracyNode.putObject("left_out"), accuracy.leftOut());
        accuracyNode.put("normaliser", accuracy.normaliser());
        put(accuracyNode.putObject("conversions"), accuracy.conversions());
        ArrayNode trace = accuracyNode.putArray("trace");
        for (Accuracy.Trace row : accuracy.trace()) {
            trace.addObject().put("row_key", row.rowKey()).put("console_url", row.consoleUrl());
        }
        node.put("csv_sha256", table.csvSha256());
    }

    private static void put(ObjectNode node, Map<String, Long> numbers) {
        numbers.forEach((name, number) -> node.put(name, number));
    }

    public static Evidence read(Path taskFolder) {
        return read(Json.read(file(taskFolder)));
    }

    /**
     * Reads the bytes of an {@code evidence.json}.
     *
     * @param name what messages call the file
     */
    public static Evidence read(String name, byte[] bytes) {
        return read(Json.read(name, bytes));
    }

    private static Evidence read(JsonObject root) {
        root.format(FORMAT, VERSION);
        JsonObject scope = root.object("scope");
        JsonObject recording = root.objectOrNull("recording");
        try {
            return new Evidence(
                    root.text("collector"),
                    root.small("collector_version"),
                    new Scope(scope.text("provider"), scope.text("account_id"), scope.text("region")),
                    root.textOrNull("caller_arn"),
                    root.instant("started_at"),
                    root.instant("finished_at"),
                    root.has("clock_offset_ms") ? (Long) root.number("clock_offset_ms") : null,
                    root.objects("operations", Evidence::operation),
                    root.texts("cut_fields"),
                    recording == null
                            ? null
                            : new Recording(
                                    recording.text("file"), recording.text("sha256"), recording.number("records")),
                    root.objects("tables", Evidence::table),
                    root.numberMap("counts"));
        } catch (IllegalArgumentException e) {
            throw root.impossible(e);
        }
    }

    private static Operation operation(JsonObject node) {
        return new Operation(
                node.text("service"),
                node.text("operation"),
                node.text("parameters"),
                node.number("calls"),
                node.number("attempts"),
                node.numberMap("errors"));
    }

    private static Table table(JsonObject node) {
        JsonObject accuracy = node.object("accuracy");
        return new Table(
                node.text("table"),
                node.small("version"),
                new Completeness(
                        node.constant("verdict", Verdict.class),
                        node.constant("basis", Basis.class),
                        node.number("rows"),
                        node.small("pages"),
                        node.text("reason"),
                        node.text("remedy"),
                        node.has("denial_kind") ? node.constant("denial_kind", DenialKind.class) : null),
                node.instantOrNull("as_of"),
                new Accuracy(
                        accuracy.number("records"),
                        accuracy.number("rows"),
                        accuracy.numberMap("left_out"),
                        accuracy.text("normaliser"),
                        accuracy.numberMap("conversions"),
                        accuracy.objects(
                                "trace", row -> new Accuracy.Trace(row.text("row_key"), row.text("console_url")))),
                node.text("csv_sha256"));
    }
}
