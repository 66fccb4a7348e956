package dev.tickmark.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** What a run found, in a form that a person reads: each control with its counts, then what is not PASS or NOT_APPLICABLE. */
final class Outcomes {
    private static final List<String> COUNTS =
            List.of("items", "passed", "failed", "accepted", "not_applicable", "not_evaluated");

    private Outcomes() {}

    static String of(Path run) throws IOException {
        Map<String, List<String>> items = new TreeMap<>();
        for (CSVRecord row : rows(run.resolve("2-findings/findings.csv"))) {
            if (!row.get("outcome").equals("PASS") && !row.get("outcome").equals("NOT_APPLICABLE")) {
                items.computeIfAbsent(row.get("control_id"), id -> new ArrayList<>())
                        .add("    " + row.get("outcome") + "  " + row.get("row_key") + ": " + row.get("reason"));
            }
        }
        StringBuilder text = new StringBuilder();
        for (CSVRecord row : rows(run.resolve("2-findings/controls.csv"))) {
            text.append(row.get("control_id"))
                    .append("  ")
                    .append(row.get("outcome"))
                    .append("  ");
            List<String> counts = new ArrayList<>();
            for (String count : COUNTS) {
                if (!row.get(count).equals("0") && !row.get(count).isEmpty()) {
                    counts.add(row.get(count) + " " + count.replace('_', ' '));
                }
            }
            text.append(String.join(", ", counts)).append('\n');
            items.getOrDefault(row.get("control_id"), List.of())
                    .forEach(item -> text.append(item).append('\n'));
        }
        return withoutRunId(text.toString(), run);
    }

    /** The findings as they are, with the run's own id taken out: two runs over the same answers give the same text. */
    static String findings(Path run) throws IOException {
        return withoutRunId(Files.readString(run.resolve("2-findings/findings.csv")), run);
    }

    static Map<String, String> byControl(Path run) throws IOException {
        Map<String, String> outcomes = new TreeMap<>();
        for (CSVRecord row : rows(run.resolve("2-findings/controls.csv"))) {
            outcomes.put(row.get("control_id"), row.get("outcome"));
        }
        return outcomes;
    }

    /** Table to verdict; where a table has several scopes, the last one's. */
    static Map<String, String> verdicts(JsonNode summary) {
        Map<String, String> verdicts = new TreeMap<>();
        summary.path("completeness")
                .path("incomplete")
                .forEach(row -> verdicts.put(
                        row.path("table").asText(), row.path("verdict").asText()));
        return verdicts;
    }

    static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static String withoutRunId(String text, Path run) {
        String id = String.valueOf(run.getFileName());
        return text.replace(id, "RUN").replace(id.toLowerCase(Locale.ROOT), "RUN");
    }

    private static List<CSVRecord> rows(Path file) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser = format.parse(reader)) {
            return parser.getRecords();
        }
    }
}
