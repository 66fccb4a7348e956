package dev.tickmark.collect;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cells of one row by column name; a column that is not named, or is null, stays empty ("not stated"). */
public final class Cells {
    private final Map<String, String> cells = new TreeMap<>();

    private Cells() {}

    public static Cells none() {
        return new Cells();
    }

    public static Cells of(String column, @Nullable Object value) {
        return none().and(column, value);
    }

    /**
     * Sets one more cell.
     *
     * @param value text as the source wrote it, a whole number, a boolean, an {@link Instant} (written in whole
     *     seconds), a {@link LocalDate} or null
     */
    public Cells and(String column, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        if (cells.put(column, text(column, value)) != null) {
            throw new IllegalArgumentException("column " + column + " is set twice");
        }
        return this;
    }

    /** Sets the cells of another set too. */
    public Cells and(Cells others) {
        others.cells.forEach(this::and);
        return this;
    }

    /** The same cells, to go on from without changing these. */
    public Cells copy() {
        return none().and(this);
    }

    /** The cells as they are written, by column. */
    public Map<String, String> byColumn() {
        return Collections.unmodifiableMap(cells);
    }

    private static String text(String column, Object value) {
        if (value instanceof Instant instant) {
            return instant.truncatedTo(ChronoUnit.SECONDS).toString();
        }
        if (value instanceof String
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Boolean
                || value instanceof LocalDate) {
            return value.toString();
        }
        throw new IllegalArgumentException(
                "column " + column + " cannot hold a " + value.getClass().getSimpleName());
    }
}
