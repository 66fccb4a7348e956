package dev.tickmark.cli.report.page;

import java.util.List;

/** A table's caption and columns. */
public record TableForm(String caption, List<ColumnForm> columns) {
    /**
     * A column's heading and its share of the width.
     *
     * @param number whether its cells are numbers, set to the right
     */
    public record ColumnForm(String heading, int share, boolean number) {}

    public TableForm {
        columns = List.copyOf(columns);
    }

    /** A column of words. */
    public static ColumnForm words(String heading, int share) {
        return new ColumnForm(heading, share, false);
    }

    /** A column of numbers. */
    public static ColumnForm number(String heading, int share) {
        return new ColumnForm(heading, share, true);
    }
}
