package dev.tickmark.cli.report.source;

import dev.tickmark.catalog.declared.CriterionScope.State;

/**
 * A criterion and one control that is linked to it, or none, as {@code criteria-<framework>.csv} states it.
 *
 * @param scope whether the criterion is asked of the organization, as management declares
 * @param scopeReason the declaration; may be blank
 */
public record CriterionLine(
        String criterion,
        String control,
        String link,
        String reason,
        String notCovered,
        String controlOutcome,
        State scope,
        String scopeReason) {
    static CriterionLine of(Rows.Row row) {
        return new CriterionLine(
                row.text("criterion_id"),
                row.text("control_id"),
                row.text("link"),
                row.text("reason"),
                row.text("not_covered"),
                row.text("control_outcome"),
                scope(row),
                row.has("scope_reason") ? row.text("scope_reason") : "");
    }

    private static State scope(Rows.Row row) {
        if (!row.has("scope_state")) {
            return State.NOT_DECLARED;
        }
        return State.of(row.text("scope_state"))
                .orElseThrow(() -> Rows.notOurs(
                        row.file(), "'" + row.text("scope_state") + "' is no state of a criterion's scope"));
    }

    /** Whether nothing is linked to a criterion that is asked of the organization. */
    public boolean open() {
        return control.isBlank() && !scope.elsewhere();
    }
}
