package dev.tickmark.cli.report.source;

/** What management states of one control, as {@code statement-of-applicability.csv} has it. */
public record StatementLine(
        String id,
        String title,
        boolean beyondAnnexA,
        String source,
        boolean applicable,
        String justification,
        String implemented,
        String plannedFor,
        String responsible,
        String references,
        String notes,
        String observation,
        LinkedOutcomes linked) {
    static StatementLine of(Rows.Row row) {
        return new StatementLine(
                row.text("id"),
                row.text("title"),
                row.text("origin").equals("beyond_annex_a"),
                row.text("source"),
                row.text("applicable").equals("true"),
                row.text("justification"),
                row.text("implemented"),
                row.text("planned_for"),
                row.text("responsible"),
                row.text("references"),
                row.text("notes"),
                row.text("observation"),
                LinkedOutcomes.of(row.text("linked_control_outcomes")));
    }
}
