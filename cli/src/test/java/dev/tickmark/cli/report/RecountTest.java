package dev.tickmark.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every number in print is counted again from the run's CSVs, by other code than the report's. */
class RecountTest {
    @TempDir
    private Path folder;

    private Path run = Path.of("");
    private List<List<String>> rows = List.of();

    @BeforeEach
    void render() throws Exception {
        run = RunFolderFixture.write(folder, 340);
        Path out = folder.resolve("r");
        new Report(RunFolderFixture.catalog(), Tables.builtIn()).write(run, ReportOptions.draft(), out);
        rows = printedRows(Files.readString(out.resolve("index.html")));
    }

    @Test
    void resultsOfEachControlAreThoseOfTheFindings() throws IOException {
        List<Map<String, String>> findings = csv("2-findings/findings.csv");
        for (Map<String, String> control : csv("2-findings/controls.csv")) {
            String id = control.getOrDefault("control_id", "");
            List<String> expected = new ArrayList<>(List.of(
                    id,
                    control.getOrDefault("title", ""),
                    printed(control.getOrDefault("outcome", "")),
                    count(findings, Map.of("control_id", id))));
            for (String outcome : List.of("FAIL", "NOT_EVALUATED", "ACCEPTED", "PASS", "NOT_APPLICABLE")) {
                expected.add(count(findings, Map.of("control_id", id, "outcome", outcome)));
            }

            assertThat(rows).contains(expected);
        }
    }

    @Test
    void outcomesByFamilyAreThoseOfTheControls() throws IOException {
        List<Map<String, String>> controls = csv("2-findings/controls.csv");
        List<String> outcomes = List.of("FAIL", "NOT_EVALUATED", "ACCEPTED", "PASS", "NOT_APPLICABLE", "NOT_COLLECTED");
        for (String family : List.of("BCP", "IAM", "MFA", "UAR")) {
            List<String> expected = new ArrayList<>(List.of(family));
            for (String outcome : outcomes) {
                expected.add(Long.toString(controls.stream()
                        .filter(control ->
                                control.getOrDefault("control_id", "").startsWith(family)
                                        && outcome.equals(control.get("outcome")))
                        .count()));
            }
            assertThat(rows).contains(expected);
        }
        List<String> all = new ArrayList<>(List.of("All controls"));
        outcomes.forEach(outcome -> all.add(count(controls, Map.of("outcome", outcome))));
        assertThat(rows).contains(all);
        List<Map<String, String>> findings = csv("2-findings/findings.csv");
        List<String> items = new ArrayList<>(List.of("Results of items"));
        outcomes.subList(0, 5).forEach(outcome -> items.add(count(findings, Map.of("outcome", outcome))));
        items.add("-");
        assertThat(rows).contains(items);
    }

    @Test
    void populationsAreThoseOfTheCompletenessTable() throws IOException {
        List<Map<String, String>> populations = csv("1-evidence/completeness.csv");
        for (Map<String, String> population : populations) {
            assertThat(rows)
                    .anySatisfy(row -> assertThat(row)
                            .hasSize(6)
                            .startsWith(population.get("table_name"), population.get("scope_id"))
                            .endsWith(population.get("rows"), population.get("equations_open")));
        }
        assertThat(rows.stream().filter(row -> row.size() == 6 && row.get(3).matches("source|declared")))
                .hasSize(populations.size());
    }

    @Test
    void everyCriterionAndLinkIsPrintedOnce() throws IOException {
        List<Map<String, String>> criteria = csv("2-findings/criteria-soc2-2017.csv");
        for (Map<String, String> line : criteria) {
            String control = line.getOrDefault("control_id", "").isEmpty() ? "none" : line.get("control_id");
            assertThat(rows.stream()
                            .filter(row -> row.size() == 6
                                    && row.get(0).startsWith(line.getOrDefault("criterion_id", "?"))
                                    && row.get(1).equals(control)))
                    .hasSize(1);
        }
        assertThat(rows.stream().filter(row -> row.size() == 6 && row.get(0).startsWith("CC")))
                .hasSize(criteria.size());
    }

    private static String count(List<Map<String, String>> rows, Map<String, String> where) {
        return Long.toString(rows.stream()
                .filter(row -> where.entrySet().stream()
                        .allMatch(each -> each.getValue().equals(row.get(each.getKey()))))
                .count());
    }

    private static String printed(String code) {
        return switch (code) {
            case "FAIL" -> "Deviation noted";
            case "PASS" -> "No deviation noted";
            case "NOT_EVALUATED" -> "Not evaluated";
            default -> "Not collected";
        };
    }

    private static List<List<String>> printedRows(String html) {
        List<List<String>> rows = new ArrayList<>();
        Matcher row = Pattern.compile("<tr>(.*?)</tr>").matcher(html);
        while (row.find()) {
            List<String> cells = new ArrayList<>();
            Matcher cell = Pattern.compile("<t[dh][^>]*>(.*?)</t[dh]>").matcher(row.group(1));
            while (cell.find()) {
                cells.add(cell.group(1).replaceAll("<[^>]*>", ""));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** Reads what RFC 4180 says, with nothing of the product. */
    private List<Map<String, String>> csv(String path) throws IOException {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        Matcher cell = Pattern.compile("(\"[^\"]*+(?:\"\"[^\"]*+)*+\"|[^,\r\n\"]*)(,|\r\n)")
                .matcher(Files.readString(run.resolve(path)));
        while (cell.find()) {
            String text = cell.group(1);
            record.add(
                    text.startsWith("\"") ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text);
            if (!cell.group(2).equals(",")) {
                records.add(record);
                record = new ArrayList<>();
            }
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> values : records.subList(1, records.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                row.put(records.get(0).get(i), values.get(i));
            }
            rows.add(row);
        }
        return rows;
    }
}
