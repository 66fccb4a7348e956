package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.ControlTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A test that passed the gate and was compiled against empty tables: it may run.
 *
 * @param sql the query without a final semicolon
 * @param observes whether it gives the column {@code observation}
 */
record ReadyTest(Control control, ControlTest test, String sql, List<ParameterUse> parameters, boolean observes) {
    /** The name of the prepared statement, in the auditor's shell as well. */
    static final String PREPARED = "tickmark_test";

    ReadyTest {
        parameters = List.copyOf(parameters);
    }

    /** Every table that the query may read. */
    Set<String> tables() {
        Set<String> tables = new TreeSet<>(control.evidence());
        tables.addAll(control.registers());
        tables.add(Populations.TABLE);
        return tables;
    }

    /** The query, its columns as texts, in the order in which findings stand. */
    String prepare() {
        return prepare(sql, observes ? "cast(observation as varchar)" : "''");
    }

    static String prepare(String sql, String observation) {
        return "prepare " + PREPARED + " as\nselect cast(scope_id as varchar) as scope_id, cast(row_key as varchar) as"
                + " row_key,\n       cast(outcome as varchar) as outcome, cast(reason as varchar) as reason, "
                + observation
                + " as observation\nfrom (\n" + sql + "\n) as tickmark_answer\n"
                + "order by scope_id, row_key, outcome, reason, observation";
    }

    String execute() {
        if (parameters.isEmpty()) {
            return "execute " + PREPARED;
        }
        List<String> values = new ArrayList<>();
        parameters.forEach(use -> values.add(use.parameter().name() + " := " + use.sql()));
        return "execute " + PREPARED + "(" + String.join(", ", values) + ")";
    }
}
