package dev.tickmark.catalog;

/**
 * One SQL query over populations which gives one finding per row of its main table.
 *
 * @param id in findings; the control's id
 * @param version grows whenever the query could give another outcome or reason
 * @param file where the query was read from, for messages
 * @param sql the query, as written
 */
public record ControlTest(String id, int version, String mainTable, String file, String sql) {
    public ControlTest {
        if (version < 1 || sql.isBlank()) {
            throw new IllegalArgumentException(id + " needs a version and a query");
        }
    }
}
