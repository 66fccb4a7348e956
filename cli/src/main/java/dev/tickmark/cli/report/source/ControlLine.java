package dev.tickmark.cli.report.source;

import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.TickmarkException;
import java.util.Locale;

/** A control and its outcome, as {@code controls.csv} states it, with its results. */
public record ControlLine(
        String id,
        String title,
        Outcome outcome,
        long scopes,
        long scopesIncomplete,
        String asOfMin,
        String asOfMax,
        String thresholds,
        Items items) {
    /** The anchor of its section in the report. */
    public String anchor() {
        return anchor(id);
    }

    public static String anchor(String controlId) {
        return "control-" + controlId.toLowerCase(Locale.ROOT);
    }

    /** The first part of its id. */
    public String family() {
        int hyphen = id.indexOf('-');
        return hyphen < 0 ? id : id.substring(0, hyphen);
    }

    /** The control of a row; refused where its counts are not those of the findings. */
    static ControlLine of(Rows.Row row, Items items) {
        ControlLine control = new ControlLine(
                row.text("control_id"),
                row.text("title"),
                row.constant("outcome", Outcome.class),
                row.number("scopes"),
                row.number("scopes_incomplete"),
                row.text("evidence_as_of_min"),
                row.text("evidence_as_of_max"),
                row.text("thresholds"),
                items);
        control.refuse(row.number("passed"), Outcome.PASS);
        control.refuse(row.number("failed"), Outcome.FAIL);
        control.refuse(row.number("accepted"), Outcome.ACCEPTED);
        control.refuse(row.number("not_applicable"), Outcome.NOT_APPLICABLE);
        control.refuse(row.number("not_evaluated"), Outcome.NOT_EVALUATED);
        return control;
    }

    private void refuse(long stated, Outcome of) {
        if (stated != items.count(of)) {
            throw TickmarkException.notVerified(
                    "controls.csv states " + stated + " " + of + " for " + id + " where findings.csv holds "
                            + items.count(of) + ".",
                    "Assess the run again: 'tickmark assess RUN'.");
        }
    }
}
