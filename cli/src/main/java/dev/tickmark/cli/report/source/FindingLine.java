package dev.tickmark.cli.report.source;

import dev.tickmark.evidence.Outcome;

/** A result of one item, as {@code findings.csv} states it. */
public record FindingLine(
        String scopeId,
        String accountId,
        String rowKey,
        Outcome outcome,
        String reason,
        String observation,
        String acceptanceId) {
    static FindingLine of(Rows.Row row) {
        return new FindingLine(
                row.text("scope_id"),
                row.text("account_id"),
                row.text("row_key"),
                row.constant("outcome", Outcome.class),
                row.text("reason"),
                row.text("observation"),
                row.text("acceptance_id"));
    }
}
