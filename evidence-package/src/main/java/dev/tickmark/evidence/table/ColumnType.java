package dev.tickmark.evidence.table;

/** What a cell holds; an empty cell of any type is "not stated". */
public enum ColumnType {
    /** Unicode text, as the source wrote it. */
    TEXT("string", "VARCHAR"),
    /** A whole number of at most 18 digits. */
    INTEGER("integer", "BIGINT"),
    /** {@code true} or {@code false}. */
    BOOLEAN("boolean", "BOOLEAN"),
    /** UTC, {@code 2026-11-23T02:00:00Z}, in whole seconds. */
    INSTANT("datetime", "TIMESTAMP"),
    /** {@code 2026-11-23}, without a zone. */
    DATE("date", "DATE"),
    /** A JSON text, compact, keys in the order of the source. */
    JSON("string", "VARCHAR");

    private final String frictionless;
    private final String sql;

    ColumnType(String frictionless, String sql) {
        this.frictionless = frictionless;
        this.sql = sql;
    }

    /**
     * The name of the type in a Frictionless Table Schema.
     *
     * @see <a href="https://specs.frictionlessdata.io/table-schema/">Table Schema</a>
     */
    public String frictionless() {
        return frictionless;
    }

    /** The type of the column in the test engine (DuckDB); instants are UTC without a zone. */
    public String sql() {
        return sql;
    }
}
