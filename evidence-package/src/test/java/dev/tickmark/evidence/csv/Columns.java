package dev.tickmark.evidence.csv;

import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import dev.tickmark.evidence.table.TableDefinition;
import java.util.List;

/** A table for tests with one column of each type. */
final class Columns {
    static final List<Column> ALL_TYPES = List.of(
            column("text", ColumnType.TEXT),
            column("integer", ColumnType.INTEGER),
            column("boolean", ColumnType.BOOLEAN),
            column("instant", ColumnType.INSTANT),
            column("date", ColumnType.DATE),
            column("json", ColumnType.JSON));

    static final TableDefinition TABLE = new TableDefinition(
            "test_item",
            1,
            "Items",
            "an item",
            "its name",
            "none",
            List.of(column("note", ColumnType.TEXT), column("size", ColumnType.INTEGER)),
            List.of());

    private Columns() {}

    static Column column(String name, ColumnType type) {
        return new Column(name, type, "", "A column", List.of(), Column.Sensitivity.NONE);
    }
}
