package dev.tickmark.cli.report.source;

import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A population and the verdict that counts, as {@code completeness.csv} states it.
 *
 * @param anchor of its sheet in the report
 * @param folder of the attempt that counts, relative to the run
 */
public record PopulationLine(
        String anchor,
        String rowKey,
        String scopeId,
        String account,
        String region,
        String asOf,
        String table,
        String tableVersion,
        String collector,
        String folder,
        String attempt,
        Verdict verdict,
        Basis basis,
        long rows,
        long pages,
        String leftOut,
        String startedAt,
        String finishedAt,
        String clockOffsetMs,
        List<String> equations,
        long equationsOpen,
        long equationsNotEvaluated,
        List<String> reconcilingItems,
        String denialKind,
        String reason,
        String remedy) {
    public PopulationLine {
        equations = List.copyOf(equations);
        reconcilingItems = List.copyOf(reconcilingItems);
    }

    private static List<String> keys(String json) {
        return json.isBlank()
                ? List.of()
                : Json.read("reconciling_items", ("{\"items\":" + json + "}").getBytes(StandardCharsets.UTF_8))
                        .texts("items");
    }

    static PopulationLine of(Rows.Row row, int number) {
        List<String> equations = new ArrayList<>();
        for (String equation : row.text("equations").split("; ", -1)) {
            if (!equation.isBlank()) {
                equations.add(equation);
            }
        }
        return new PopulationLine(
                "population-" + number,
                row.text("row_key"),
                row.text("scope_id"),
                row.text("account_id"),
                row.text("region"),
                row.text("as_of"),
                row.text("table_name"),
                row.text("table_version"),
                row.text("collector"),
                row.text("folder"),
                row.text("attempt"),
                row.constant("verdict", Verdict.class),
                row.constant("basis", Basis.class),
                row.number("rows"),
                row.number("pages"),
                row.text("left_out"),
                row.text("started_at"),
                row.text("finished_at"),
                row.text("clock_offset_ms"),
                equations,
                row.number("equations_open"),
                row.has("equations_not_evaluated") ? row.number("equations_not_evaluated") : 0,
                keys(row.text("reconciling_items")),
                row.text("denial_kind"),
                row.text("reason"),
                row.text("remedy"));
    }
}
