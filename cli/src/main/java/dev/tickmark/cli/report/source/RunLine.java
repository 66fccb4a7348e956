package dev.tickmark.cli.report.source;

/** A run of this output folder, as {@code runs.csv} states it; a count is empty where the run did not get so far. */
public record RunLine(
        String runId,
        String startedAt,
        String finishedAt,
        String state,
        String populations,
        String populationsIncomplete,
        String tasksFailed,
        String packageId) {
    static RunLine of(Rows.Row row) {
        return new RunLine(
                row.text("run_id"),
                row.text("started_at"),
                row.text("finished_at"),
                row.text("state"),
                row.text("populations"),
                row.text("populations_incomplete"),
                row.text("tasks_failed"),
                row.text("package_id"));
    }
}
