package dev.tickmark.evidence.csv;

import dev.tickmark.evidence.table.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the lines of a file before it is known in which order they will stand; {@link CsvWriter#line} writes them. */
public final class CsvLines {
    private final RowFormat format;

    /** @param table what messages call the table */
    public CsvLines(String table, List<Column> columns) {
        this.format = new RowFormat(table, columns);
    }

    /**
     * The canonical line of a row, with its CRLF.
     *
     * @throws IllegalArgumentException naming table and column, where a cell is none of its column's type
     */
    public byte[] of(List<? extends @Nullable String> cells) {
        return format.line(cells);
    }
}
