package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A table as the union of its files, and the statements that load it with explicit types.
 *
 * @param columns the leading ones first
 * @param groups files with the same columns, in the order of the list of populations
 */
record TableFiles(String table, List<Column> columns, List<Group> groups) {
    /**
     * Files with the same columns; those of an older version may lack columns at the end.
     *
     * @param paths relative to the run, with {@code /}
     * @param rows rows that the list of populations promises
     */
    record Group(List<Column> columns, List<String> paths, long rows) {
        Group {
            columns = List.copyOf(columns);
            paths = List.copyOf(paths);
        }
    }

    TableFiles {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
    }

    /** The rows that must be there once it is loaded. */
    long rows() {
        return groups.stream().mapToLong(Group::rows).sum();
    }

    /** An empty table with these columns. */
    String create() {
        List<String> parts = new ArrayList<>();
        for (Column column : columns) {
            parts.add(Sql.name(column.name()) + " " + column.type().sql());
        }
        return "create table " + Sql.name(table) + " (\n    " + String.join(",\n    ", parts) + ")";
    }

    /**
     * One statement for each group of files.
     *
     * @param place turns a path relative to the run into one that the database can open
     */
    List<String> fill(UnaryOperator<String> place) {
        List<String> statements = new ArrayList<>();
        for (Group group : groups) {
            List<String> paths = new ArrayList<>();
            group.paths().forEach(path -> paths.add(Sql.literal(place.apply(path))));
            List<String> names = new ArrayList<>();
            List<String> cells = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (Column column : group.columns()) {
                names.add(Sql.name(column.name()));
                cells.add(cell(column));
                types.add(Sql.literal(column.name()) + ": "
                        + Sql.literal(column.type().sql()));
            }
            statements.add("insert into " + Sql.name(table) + " (" + String.join(", ", names) + ")\nselect "
                    + String.join(",\n       ", cells) + "\nfrom read_csv([" + String.join(",\n    ", paths)
                    // new_line is not stated: with strict_mode it loses every row without a word
                    + "],\n    header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
                    + " allow_quoted_nulls = false,\n    strict_mode = true, max_line_size = 16777216, buffer_size = 33554432, columns = {"
                    + String.join(", ", types) + "})");
        }
        return Collections.unmodifiableList(statements);
    }

    /** The apostrophe that keeps a spreadsheet from running a text is taken off, exactly one. */
    private static String cell(Column column) {
        String name = Sql.name(column.name());
        boolean text = column.type() == ColumnType.TEXT || column.type() == ColumnType.JSON;
        return text
                ? "case when starts_with(" + name + ", '''') then substr(" + name + ", 2) else " + name + " end"
                : name;
    }
}
