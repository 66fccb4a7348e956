package dev.tickmark.evidence.csv;

import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table whose rows come in any order: sorted by {@code row_key} in UTF-8 byte order, each key once.
 *
 * <p>An external merge sort: memory does not grow with the rows. What does not fit is kept in the scratch folder and
 * deleted again.
 */
public final class SortedCsv implements Closeable {
    private final String table;
    private final Path out;
    private final List<Column> columns;
    private final int key;
    private final RowFormat format;
    private final MergeSort sort;
    private boolean finished;

    /**
     * @param out the file to make; it must not be there
     * @param scratch a folder for what memory does not hold; made on demand
     */
    public SortedCsv(TableDefinition table, Path out, Path scratch) {
        this(table.name(), table.allColumns(), "row_key", out, scratch);
    }

    /** Any columns, sorted by one of them, in which no text may stand twice. */
    public SortedCsv(String table, List<Column> columns, String keyColumn, Path out, Path scratch) {
        this.table = table;
        this.out = out;
        this.columns = List.copyOf(columns);
        this.key = columns.stream().map(Column::name).toList().indexOf(keyColumn);
        if (key < 0) {
            throw new IllegalArgumentException(table + " has no column " + keyColumn);
        }
        this.format = new RowFormat(table, columns);
        this.sort = new MergeSort(scratch);
    }

    /**
     * Takes a row.
     *
     * @param cells one for each column, the leading ones first; null and empty are "not stated"
     * @throws IllegalArgumentException naming table and column, where a cell is none of its column's type or the key is
     *     empty
     */
    public void add(List<? extends @Nullable String> cells) {
        byte[] line = format.line(cells);
        String text = cells.get(key);
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException(table + "." + columns.get(key).name() + ": a row has no key");
        }
        sort.add(text.getBytes(StandardCharsets.UTF_8), line);
    }

    /**
     * Sorts, writes and forces the file.
     *
     * @throws IllegalArgumentException naming the key that two rows share; no file is left then
     */
    public CsvFacts finish() {
        if (finished) {
            throw new IllegalStateException(table + " is written already");
        }
        finished = true;
        boolean whole = false;
        try (CsvWriter writer = new CsvWriter(out, table, columns)) {
            byte @Nullable [][] before = {null};
            sort.forEach((rowKey, line) -> {
                if (before[0] != null && Arrays.equals(before[0], rowKey)) {
                    throw new IllegalArgumentException(table + ": "
                            + columns.get(key).name() + " '"
                            + RowFormat.shown(new String(rowKey, StandardCharsets.UTF_8)) + "' stands in two rows");
                }
                before[0] = rowKey;
                writer.line(line);
            });
            CsvFacts facts = writer.finish();
            whole = true;
            return facts;
        } finally {
            sort.close();
            if (!whole) {
                discard();
            }
        }
    }

    /** Gives up what was not finished; deletes the scratch files. */
    @Override
    public void close() {
        sort.close();
    }

    private void discard() {
        try {
            Disk.deleteTree(out);
        } catch (IOException e) {
            throw Disk.unwritable(out, e);
        }
    }
}
