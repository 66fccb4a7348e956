package dev.tickmark.evidence.table;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table: what its rows are, its key and its columns, as {@code tables/<name>.yaml} states them.
 *
 * @param name {@code provider_kind} in the singular
 * @param version grows when a column is renamed or retyped; columns added at the end keep it
 * @param rowIs what one row stands for, as in "one IAM user of the account"
 * @param key how {@code row_key} is made
 * @param source the documentation of the answer that fills it
 * @param columns the table's own columns, without the leading ones
 * @param equations counts elsewhere that the number of rows must equal
 */
public record TableDefinition(
        String name,
        int version,
        String title,
        String rowIs,
        String key,
        String source,
        List<Column> columns,
        List<EquationRule> equations) {
    /** The columns that every table begins with. */
    public static final List<Column> LEADING = List.of(
            leading("scope_id", ColumnType.TEXT, "The scope that was read"),
            leading("account_id", ColumnType.TEXT, "The account or tenant, as text"),
            leading("region", ColumnType.TEXT, "The region, or global"),
            leading(
                    "as_of",
                    ColumnType.INSTANT,
                    "The instant that the source states for the row, else the first exchange"),
            leading("row_key", ColumnType.TEXT, "Names the row within the scope; unique and stable over runs"));

    public TableDefinition {
        if (!name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)+")) {
            throw new IllegalArgumentException("not a table name: " + name);
        }
        columns = List.copyOf(columns);
        equations = List.copyOf(equations);
    }

    /** The leading columns, then the table's own: the header of its CSV. */
    public List<Column> allColumns() {
        return Stream.concat(LEADING.stream(), columns.stream()).toList();
    }

    /** The place of one of the table's own columns. */
    public int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no column " + column);
    }

    private static Column leading(String name, ColumnType type, String description) {
        return new Column(name, type, "", description, List.of(), Column.Sensitivity.NONE);
    }
}
