package dev.tickmark.evidence.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TablesTest {
    private final Tables tables = Tables.builtIn();

    @Test
    void everyEquationNamesTablesAndColumnsThatExist() {
        List<String> unknown = new ArrayList<>();

        for (TableDefinition table : tables.all()) {
            for (EquationRule rule : table.equations()) {
                check(table.name(), rule.where(), unknown);
                check(table.name(), rule.distinct(), unknown);
                check(table.name(), rule.keyColumn(), unknown);
                check(rule.table(), rule.column(), unknown);
                check(rule.table(), rule.otherWhere(), unknown);
                if (rule.column() == null || rule.keyColumn() != null) {
                    check(rule.table(), rule.keyColumn(), unknown);
                }
                if (rule.with() != null && !tables.has(rule.with())) {
                    unknown.add(rule.with());
                }
            }
        }

        assertThat(unknown).isEmpty();
    }

    @Test
    void everyTypedColumnOfAReportThatHasSentinelsHasItsNote() {
        TableDefinition report = tables.table("aws_iam_credential_report");

        assertThat(report.columns())
                .filteredOn(column -> column.name().endsWith("_note"))
                .hasSize(20)
                .allSatisfy(column ->
                        assertThat(column.sentinels()).containsExactly("N/A", "no_information", "not_supported"))
                .extracting(column -> column.name().replace("_note", ""))
                .allSatisfy(name -> assertThat(report.indexOf(name)).isNotNegative());
    }

    private void check(String table, @Nullable String column, List<String> unknown) {
        if (column == null) {
            return;
        }
        String name = column.replaceAll("=.*", "");
        boolean known = tables.has(table)
                && tables.table(table).allColumns().stream()
                        .anyMatch(c -> c.name().equals(name));
        if (!known) {
            unknown.add(table + "." + name);
        }
    }
}
