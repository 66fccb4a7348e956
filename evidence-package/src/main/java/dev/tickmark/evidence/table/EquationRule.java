package dev.tickmark.evidence.table;

import org.jspecify.annotations.Nullable;

/**
 * A second count that the table's rows must equal, in the same scope.
 *
 * <p>The left side counts this table's rows; the right side is the number in a column of a table with one row
 * ({@code column} set), or the rows of another table ({@code column} null). Where the other table has several rows, their
 * numbers are added up; with {@code keyColumn} both sides are also compared key by key, so that a difference can be named.
 *
 * @param where counts only this table's rows whose column has this text, as {@code column=text}; null counts all
 * @param distinct counts the different texts of this column of this table instead of its rows; empty cells do not count
 * @param with another table of the same scope whose rows are added to this table's; null adds none
 * @param table the other table
 * @param column the other table's number; null counts its rows
 * @param otherWhere counts only the other table's rows whose column has this text
 * @param plus a constant or a second column of the other table added to its number, such as {@code root}; null adds 0
 * @param secondCount whether the other number is of the same system or independent of it
 * @param keyColumn the column of both tables by which unmatched items are named; null where items cannot be named
 * @param reconcileCreated this column, later than the as-of of the side that lacks the item, explains an unmatched item
 */
public record EquationRule(
        @Nullable String where,
        @Nullable String distinct,
        @Nullable String with,
        String table,
        @Nullable String column,
        @Nullable String otherWhere,
        @Nullable String plus,
        SecondCount secondCount,
        @Nullable String keyColumn,
        @Nullable String reconcileCreated) {
    /** Where the second number comes from. */
    public enum SecondCount {
        SAME_SYSTEM,
        INDEPENDENT
    }
}
