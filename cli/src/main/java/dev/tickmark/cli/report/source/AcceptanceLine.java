package dev.tickmark.cli.report.source;

/**
 * An approved deviation of one item, as {@code acceptances.csv} states it.
 *
 * @param state what became of it; blank in runs that did not say
 */
public record AcceptanceLine(
        String id,
        String controlId,
        String scopeId,
        String rowKey,
        String requester,
        String approver,
        String reason,
        String compensatingControl,
        String expiresOn,
        String state) {
    static AcceptanceLine of(Rows.Row row) {
        return new AcceptanceLine(
                row.text("acceptance_id"),
                row.text("control_id"),
                row.text("scope_id"),
                row.text("row_key"),
                row.text("requester"),
                row.text("approver"),
                row.text("reason"),
                row.text("compensating_control"),
                row.text("expires_on"),
                row.has("state") ? row.text("state") : "");
    }
}
