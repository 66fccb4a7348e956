package dev.tickmark.cli.report.source;

/** A criterion and one control that is linked to it, or none, as {@code criteria-<framework>.csv} states it. */
public record CriterionLine(
        String criterion, String control, String link, String reason, String notCovered, String controlOutcome) {
    static CriterionLine of(Rows.Row row) {
        return new CriterionLine(
                row.text("criterion_id"),
                row.text("control_id"),
                row.text("link"),
                row.text("reason"),
                row.text("not_covered"),
                row.text("control_outcome"));
    }
}
