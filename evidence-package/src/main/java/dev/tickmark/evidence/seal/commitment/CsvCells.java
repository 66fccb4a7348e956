package dev.tickmark.evidence.seal.commitment;

import java.util.Arrays;

/**
 * Cuts a CSV's bytes into cells as they come, whatever the chunks: comma, CRLF, quotes where needed, the same number of
 * cells in each record. Anything else makes it say in the end that it was no such CSV.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvCells {
    private enum At {
        CELL_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED,
        CARRIAGE_RETURN,
        NO_CSV
    }

    private final Sink sink;
    private byte[] cell = new byte[256];
    private int length;
    private At at = At.CELL_START;
    private int column;
    private int width = -1;
    private long rows;

    /** Takes a cell; the array is used again. */
    @FunctionalInterface
    interface Sink {
        void cell(int column, byte[] bytes, int length);
    }

    CsvCells(Sink sink) {
        this.sink = sink;
    }

    void update(byte[] bytes, int count) {
        for (int i = 0; i < count && at != At.NO_CSV; i++) {
            at = next(bytes[i]);
        }
    }

    /** Whether all of it was a CSV that ended with a whole record. */
    boolean finish() {
        return at == At.CELL_START && column == 0 && rows > 0;
    }

    long rows() {
        return rows;
    }

    private At next(byte b) {
        return switch (at) {
            case CELL_START -> b == '"' ? At.QUOTED : plain(b);
            case PLAIN -> b == '"' ? At.NO_CSV : plain(b);
            case QUOTED -> b == '"' ? At.QUOTE_IN_QUOTED : keep(b, At.QUOTED);
            case QUOTE_IN_QUOTED -> b == '"' ? keep(b, At.QUOTED) : border(b);
            case CARRIAGE_RETURN -> b == '\n' ? endOfRecord() : At.NO_CSV;
            case NO_CSV -> At.NO_CSV;
        };
    }

    private At plain(byte b) {
        if (b == '\r' && column == 0 && length == 0) {
            return At.NO_CSV; // an empty line: readers differ on whether it is a record
        }
        if (b == '\n' || b == 0) {
            return At.NO_CSV;
        }
        return b == ',' || b == '\r' ? border(b) : keep(b, At.PLAIN);
    }

    private At border(byte b) {
        boolean ends = b == ',' || b == '\r';
        if (!ends || column == width) {
            return At.NO_CSV;
        }
        sink.cell(column, cell, length);
        length = 0;
        column++;
        return b == ',' ? At.CELL_START : At.CARRIAGE_RETURN;
    }

    private At endOfRecord() {
        if (width >= 0 && column != width) {
            return At.NO_CSV;
        }
        width = column;
        column = 0;
        rows++;
        return At.CELL_START;
    }

    private At keep(byte b, At then) {
        if (length == cell.length) {
            cell = Arrays.copyOf(cell, length * 2);
        }
        cell[length++] = b;
        return then;
    }
}
