package dev.tickmark.catalog.engine;

import java.util.ArrayList;
import java.util.List;

/** A test for DuckDB's own shell: everything that the engine does, from the unpacked package, without us. */
final class RunScript {
    private RunScript() {}

    /**
     * The text of {@code tests/<control>.run.sql}.
     *
     * @param tables the tables that the query may read, in the order of their names
     */
    static String of(ReadyTest ready, List<TableFiles> tables, Limits limits) {
        String id = ready.control().id();
        StringBuilder script = new StringBuilder();
        remark(script, "The test of " + id + ", version " + ready.test().version() + ", in DuckDB's own shell.");
        remark(
                script,
                "Unpack the package, start the shell in the folder that holds 1-evidence, and compare with findings.csv:");
        remark(script, "");
        remark(script, "    duckdb < 2-findings/tests/" + id + ".run.sql");
        remark(script, "");
        remark(
                script,
                "The rows are those of findings.csv with this test_id, except those which no query gives: row keys that");
        remark(
                script,
                "begin with population: or test:, items that 1-evidence/completeness.csv names as reconciling items");
        remark(script, "(NOT_EVALUATED there), and accepted deviations (ACCEPTED there, FAIL here).");
        for (ParameterUse use : ready.parameters()) {
            remark(script, "Parameter " + use.printed());
        }
        script.append(".bail on\n.mode csv\n.headers on\n");
        List<String> statements = new ArrayList<>(Database.settings(limits));
        for (TableFiles table : tables) {
            statements.add(table.create());
            statements.addAll(table.fill(path -> path));
        }
        statements.addAll(Database.lock());
        statements.add(ready.prepare());
        statements.add(ready.execute());
        for (String statement : statements) {
            script.append(statement).append("\n;\n");
        }
        return script.toString();
    }

    private static void remark(StringBuilder script, String text) {
        String line = text.replaceAll("\\R", " ").strip();
        script.append(line.isEmpty() ? "--" : text.startsWith("    ") ? "--     " + line : "-- " + line)
                .append('\n');
    }
}
