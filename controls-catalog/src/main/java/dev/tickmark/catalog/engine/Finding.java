package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import java.util.List;

/**
 * What a test says of one item; printed as "result".
 *
 * @param rowKey the item's key in the main table; of the engine's own findings {@code population:<table>} or
 *     {@code test:<test id>}
 * @param observation what is worth saying although it is no deviation; may be blank
 * @param acceptanceId blank unless the outcome is ACCEPTED
 */
record Finding(
        String controlId,
        String testId,
        int testVersion,
        String mainTable,
        String scopeId,
        String accountId,
        String region,
        String rowKey,
        Outcome outcome,
        String reason,
        String observation,
        String acceptanceId) {
    static final List<Column> COLUMNS = List.of(
            text("control_id", "The control"),
            text("test_id", "The test"),
            new Column(
                    "test_version", ColumnType.INTEGER, "", "The test's version", List.of(), Column.Sensitivity.NONE),
            text("main_table", "The table whose rows the test judges"),
            text("scope_id", "The scope of the item"),
            text("account_id", "The account of the item"),
            text("region", "The region of the item"),
            text("row_key", "The item: a row of the main table, or population:<table> or test:<test id>"),
            text("outcome", "PASS, FAIL, ACCEPTED, NOT_APPLICABLE or NOT_EVALUATED"),
            text("reason", "Why, in words"),
            text("observation", "What is worth saying although it is no deviation"),
            text("acceptance_id", "The approved deviation"));

    Finding {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a finding needs its reason");
        }
        if (outcome == Outcome.NOT_COLLECTED) {
            throw new IllegalArgumentException("only a control can be NOT_COLLECTED");
        }
    }

    /** The same deviation, which someone approved. */
    Finding accepted(String byAcceptance) {
        return new Finding(
                controlId,
                testId,
                testVersion,
                mainTable,
                scopeId,
                accountId,
                region,
                rowKey,
                Outcome.ACCEPTED,
                reason,
                observation,
                byAcceptance);
    }

    static Column text(String name, String description) {
        return new Column(name, ColumnType.TEXT, "", description, List.of(), Column.Sensitivity.NONE);
    }
}
