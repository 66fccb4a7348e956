package dev.tickmark.evidence.csv;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Column;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the canonical dialect, row by row, and nothing else: what it accepts, {@link CsvWriter} would write with the
 * same bytes.
 *
 * <p>Everything else is a {@link TickmarkException} of kind NOT_VERIFIED that names file, line and column: quotes that
 * are missing, unneeded or not closed, another number of columns, CR or LF alone, a last line without its end, bytes
 * that are no UTF-8, NUL, a cell above 8 MiB, a value that is none of its column's type, a text that a spreadsheet
 * would run.
 */
public final class CsvReader implements Closeable {
    private final String name;
    private final List<Column> columns;
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final ByteArrayOutputStream cell = new ByteArrayOutputStream();
    private int position;
    private int limit;
    private long line = 1;
    private long rowLine = 1;

    /** Opens a file that has these columns; an older package's are in its own {@code schema.json}. */
    public static CsvReader open(Path file, List<Column> columns) {
        try {
            return new CsvReader(Files.newInputStream(file), file.toString(), columns);
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    /**
     * Reads a stream, which it closes, and checks its header.
     *
     * @param name what messages call the file
     */
    public CsvReader(InputStream in, String name, List<Column> columns) {
        this.in = in;
        this.name = name;
        this.columns = List.copyOf(columns);
        try {
            header();
        } catch (TickmarkException e) {
            close();
            throw e;
        }
    }

    /** The place of a column in each row. */
    public int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no column " + column);
    }

    /** The next row, one text for each column, empty where it is not stated; null after the last. */
    public @Nullable List<String> next() {
        if (peek() < 0) {
            return null;
        }
        List<String> row = new ArrayList<>(columns.size());
        rowLine = line;
        boolean more = true;
        while (more) {
            more = readCell(row.size());
            String raw = text(row.size());
            if (row.size() == columns.size()) {
                throw bad(row.size(), "the row has more cells than the " + columns.size() + " of the header");
            }
            row.add(value(row.size(), raw));
        }
        if (row.size() != columns.size()) {
            throw bad(row.size(), "the row has " + row.size() + " cells for " + columns.size() + " columns");
        }
        return row;
    }

    /** The line on which the last row began; the header is line 1. */
    public long line() {
        return rowLine;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw Disk.unreadable(Path.of(name), e);
        }
    }

    private void header() {
        List<String> expected = columns.stream().map(Column::name).toList();
        List<String> found = new ArrayList<>();
        boolean more = peek() >= 0;
        while (more) {
            more = readCell(found.size());
            found.add(text(found.size()));
            if (found.size() > expected.size()) {
                break;
            }
        }
        for (int i = 0; i < expected.size(); i++) {
            String there = i < found.size() ? "'" + RowFormat.shown(found.get(i)) + "'" : "missing";
            if (!there.equals("'" + expected.get(i) + "'")) {
                throw bad(i, "the header is " + there + " where '" + expected.get(i) + "' belongs");
            }
        }
        if (found.size() > expected.size()) {
            throw bad(
                    expected.size(),
                    "the header has a column more: '" + RowFormat.shown(found.get(expected.size())) + "'");
        }
    }

    /** Reads one cell's bytes and what ends it; true where a comma did. */
    private boolean readCell(int column) {
        cell.reset();
        int b = read();
        if (b == '"') {
            readQuoted(column);
            b = read();
        } else {
            while (b >= 0 && b != ',' && b != '\r') {
                if (b == '"') {
                    throw bad(column, "a quote stands inside a cell that is not quoted");
                }
                if (b == '\n') {
                    throw bad(column, "a line ends with LF alone instead of CRLF");
                }
                keep(b, column);
                b = read();
            }
        }
        if (b == ',') {
            return true;
        }
        if (b == '\r') {
            if (read() != '\n') {
                throw bad(column, "a CR stands outside quotes without its LF");
            }
            line++;
            return false;
        }
        throw bad(column, b < 0 ? "the file ends inside a line" : "something follows the closing quote of a cell");
    }

    private void readQuoted(int column) {
        boolean needed = false;
        while (true) {
            int b = read();
            if (b < 0) {
                throw bad(column, "a quoted cell is not closed");
            }
            if (b == '"') {
                if (peek() != '"') {
                    break;
                }
                read();
            }
            needed |= b == '"' || b == ',' || b == '\r' || b == '\n';
            if (b == '\n') {
                line++;
            }
            keep(b, column);
        }
        if (!needed) {
            throw bad(column, "a cell is quoted that needs no quotes");
        }
    }

    private void keep(int b, int column) {
        if (b == 0) {
            throw bad(column, "a NUL byte stands in a cell");
        }
        if (cell.size() > RowFormat.LONGEST_CELL) {
            throw bad(column, "a cell is longer than " + RowFormat.LONGEST_CELL + " bytes");
        }
        cell.write(b);
    }

    private String text(int column) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(cell.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad(column, "a cell is not UTF-8");
        }
    }

    private String value(int column, String raw) {
        if (raw.isEmpty()) {
            return raw;
        }
        Column definition = columns.get(column);
        String value = raw;
        if (RowFormat.isText(definition.type())) {
            if (raw.charAt(0) == '\'') {
                value = raw.substring(1);
                if (!RowFormat.needsApostrophe(value)) {
                    throw bad(column, "a cell begins with an apostrophe that it does not need");
                }
            } else if (RowFormat.needsApostrophe(raw)) {
                throw bad(column, "a spreadsheet would run '" + RowFormat.shown(raw) + "', which lacks its apostrophe");
            }
        }
        String problem = RowFormat.problem(definition.type(), value);
        if (problem != null) {
            throw bad(column, "'" + RowFormat.shown(value) + "' is " + problem);
        }
        return value;
    }

    private TickmarkException bad(int column, String what) {
        String of = column < columns.size() ? " (" + columns.get(column).name() + ")" : "";
        return TickmarkException.notVerified(
                "'" + name + "' is no table as Tickmark writes it: line " + line + ", column " + (column + 1) + of
                        + ": " + what + ".",
                "Take the file from the run or package that it came from, unchanged.");
    }

    private int read() {
        int b = peek();
        if (b >= 0) {
            position++;
        }
        return b;
    }

    private int peek() {
        if (position == limit) {
            try {
                position = 0;
                limit = Math.max(0, in.read(buffer));
            } catch (IOException e) {
                throw Disk.unreadable(Path.of(name), e);
            }
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[position] & 0xff;
    }
}
