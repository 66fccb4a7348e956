package dev.tickmark.cli.report.source;

/** A run of this output folder, as {@code runs.csv} states it. */
public record RunLine(
        String runId,
        String startedAt,
        String finishedAt,
        String state,
        long populations,
        long populationsIncomplete,
        long tasksFailed,
        String packageId) {
    static RunLine of(Rows.Row row) {
        return new RunLine(
                row.text("run_id"),
                row.text("started_at"),
                row.text("finished_at"),
                row.text("state"),
                row.number("populations"),
                row.number("populations_incomplete"),
                row.number("tasks_failed"),
                row.text("package_id"));
    }
}
