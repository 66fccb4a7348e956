package dev.tickmark.evidence.completeness;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableSchema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of one table that the attempt which counts has read. */
record Population(Attempt attempt, Evidence.Table table) {
    /** What a row says in the column of a filter, {@code column=text}; null takes every row. */
    private record Filter(int column, String text) {
        boolean takes(List<String> row) {
            return row.get(column).equals(text);
        }
    }

    String name() {
        return table.table();
    }

    boolean whole() {
        return table.completeness().verdict().whole();
    }

    Instant asOf() {
        Instant asOf = table.asOf();
        return (asOf == null ? attempt.evidence().startedAt() : asOf).truncatedTo(ChronoUnit.SECONDS);
    }

    List<Column> columns() {
        return TableSchema.read(attempt.folder().resolve(name() + ".schema.json"))
                .columns();
    }

    /** The place of a column that the table must have. */
    int place(String column) {
        int place = indexOf(columns(), column);
        if (place < 0) {
            throw new IllegalArgumentException(name() + " has no column " + column);
        }
        return place;
    }

    /** The place of a column; -1 where the table has none of this name. */
    static int indexOf(List<Column> columns, @Nullable String name) {
        return columns.stream().map(Column::name).toList().indexOf(name);
    }

    /**
     * Gives each row that the filter takes, and their number.
     *
     * @throws TickmarkException NOT_VERIFIED where the file has another number of rows than its task wrote
     */
    long forEach(@Nullable String where, Consumer<List<String>> each) {
        long taken = 0;
        long all = 0;
        try (CsvReader reader = CsvReader.open(attempt.folder().resolve(name() + ".csv"), columns())) {
            Filter filter = filter(where, reader);
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                all++;
                if (filter == null || filter.takes(row)) {
                    taken++;
                    each.accept(row);
                }
            }
        }
        if (all != table.completeness().rows()) {
            throw TickmarkException.notVerified(
                    "'" + name() + ".csv' in '" + attempt.folder() + "' has " + all + " rows where evidence.json says "
                            + table.completeness().rows() + ".",
                    "Take the run from where it came, unchanged, or collect again.");
        }
        return taken;
    }

    private static @Nullable Filter filter(@Nullable String where, CsvReader reader) {
        if (where == null) {
            return null;
        }
        int equals = where.indexOf('=');
        return new Filter(
                reader.indexOf(where.substring(0, equals).strip()),
                where.substring(equals + 1).strip());
    }
}
