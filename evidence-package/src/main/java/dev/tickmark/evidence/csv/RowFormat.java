package dev.tickmark.evidence.csv;

import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the cells of one table's row into the bytes of a line, and refuses what its columns cannot hold. */
final class RowFormat {
    /** The longest cell that is written or read, in bytes of UTF-8. */
    static final int LONGEST_CELL = 8 * 1024 * 1024;

    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");
    private static final Pattern INSTANT = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final String table;
    private final List<Column> columns;

    RowFormat(String table, List<Column> columns) {
        this.table = table;
        this.columns = List.copyOf(columns);
    }

    byte[] header() {
        return String.join(",", columns.stream().map(Column::name).toList())
                .concat("\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical line of a row, with its CRLF. */
    byte[] line(List<? extends @Nullable String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(
                    table + ": a row has " + cells.size() + " cells for " + columns.size() + " columns");
        }
        Line out = new Line();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            String cell = cells.get(i);
            if (cell != null && !cell.isEmpty()) {
                write(columns.get(i), cell, out);
            }
        }
        out.write('\r');
        out.write('\n');
        return out.toByteArray();
    }

    /** Bytes in the making; the usual stream takes a lock for each of them. */
    private static final class Line {
        private byte[] bytes = new byte[256];
        private int length;

        void write(int b) {
            room(1);
            bytes[length++] = (byte) b;
        }

        void write(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, bytes, length, more.length);
            length += more.length;
        }

        private void room(int needed) {
            if (bytes.length - length < needed) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + needed));
            }
        }

        byte[] toByteArray() {
            return Arrays.copyOf(bytes, length);
        }
    }

    private void write(Column column, String cell, Line out) {
        String problem = problem(column.type(), cell);
        if (problem != null) {
            throw refused(column, cell, problem);
        }
        byte[] bytes = utf8(column, cell);
        boolean quoted = needsQuotes(bytes);
        if (quoted) {
            out.write('"');
        }
        if (isText(column.type()) && needsApostrophe(cell)) {
            out.write('\'');
        }
        if (!quoted) {
            out.write(bytes);
            return;
        }
        for (byte b : bytes) {
            out.write(b);
            if (b == '"') {
                out.write('"');
            }
        }
        out.write('"');
    }

    private byte[] utf8(Column column, String cell) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(cell));
            if (encoded.remaining() >= LONGEST_CELL) {
                throw refused(column, cell, "longer than " + LONGEST_CELL + " bytes");
            }
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw refused(column, cell, "half of a surrogate pair, which is no text");
        }
    }

    private IllegalArgumentException refused(Column column, String cell, String problem) {
        return new IllegalArgumentException(table + "." + column.name() + ": '" + shown(cell) + "' is " + problem);
    }

    static boolean isText(ColumnType type) {
        return type == ColumnType.TEXT || type == ColumnType.JSON;
    }

    /**
     * Whether a spreadsheet would run the text as a formula, or would take its apostrophe for a sign of its own.
     *
     * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
     */
    static boolean needsApostrophe(String text) {
        return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case '=', '+', '-', '@', '\t', '\r', '\n', '\'', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20' -> true;
            default -> false;
        };
    }

    static boolean needsQuotes(byte[] cell) {
        for (byte b : cell) {
            if (b == ',' || b == '"' || b == '\r' || b == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Why a cell that is not empty cannot stand in a column of this type; null where it can. */
    static @Nullable String problem(ColumnType type, String cell) {
        return switch (type) {
            case TEXT -> cell.indexOf('\0') >= 0 ? "a text with a NUL character" : null;
            case INTEGER -> INTEGER.matcher(cell).matches() ? null : "no whole number of at most 18 digits";
            case BOOLEAN -> cell.equals("true") || cell.equals("false") ? null : "neither true nor false";
            case INSTANT -> isInstant(cell) ? null : "no instant like 2026-11-23T02:00:00Z";
            case DATE -> isDate(cell) ? null : "no date like 2026-11-23";
            case JSON -> Json.valid(cell) ? null : "no JSON text";
        };
    }

    private static boolean isInstant(String cell) {
        try {
            // a leap second or 24:00 parses, and comes back as another text
            return INSTANT.matcher(cell).matches()
                    && Instant.parse(cell).toString().equals(cell);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isDate(String cell) {
        try {
            return DATE.matcher(cell).matches()
                    && LocalDate.parse(cell).toString().equals(cell);
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** A cell as a message shows it: short, and without control characters. */
    static String shown(String cell) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(cell.length(), 60);
        for (int i = 0; i < end; i++) {
            char c = cell.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return end < cell.length() ? shown.append('…').toString() : shown.toString();
    }
}
