package dev.tickmark.evidence.csv;

import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes {@code <table>.lineage.csv}: for each row of a table one line per source, sorted by {@code row_key}; the
 * sources of one row keep their order.
 */
public final class LineageCsv implements Closeable {
    /** The columns of every lineage file. */
    public static final List<Column> COLUMNS = List.of(
            column("row_key", "The row of the table"),
            column("record", "The WARC-Record-ID of the answer or file"),
            column("pointer", "JSON Pointer, XML path or line inside the record"),
            column("columns", "The columns that came from there, separated by ;, or * for all"));

    private final String name;
    private final Path out;
    private final RowFormat format;
    private final MergeSort sort;
    private int lines;

    /** @param table whose rows these are */
    public LineageCsv(String table, Path out, Path scratch) {
        this.name = table + ".lineage";
        this.out = out;
        this.format = new RowFormat(name, COLUMNS);
        this.sort = new MergeSort(scratch);
    }

    public void add(String rowKey, String record, String pointer, List<String> columns) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes(rowKey.getBytes(StandardCharsets.UTF_8));
        key.write(0);
        key.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(lines++).array());
        sort.add(key.toByteArray(), format.line(List.of(rowKey, record, pointer, String.join(";", columns))));
    }

    /** Sorts, writes and forces the file. */
    public CsvFacts finish() {
        try (CsvWriter writer = new CsvWriter(out, name, COLUMNS)) {
            sort.forEach((key, line) -> writer.line(line));
            return writer.finish();
        } finally {
            sort.close();
        }
    }

    @Override
    public void close() {
        sort.close();
    }

    private static Column column(String name, String description) {
        return new Column(name, ColumnType.TEXT, "", description, List.of(), Column.Sensitivity.NONE);
    }
}
