package dev.tickmark.cli.report.source;

/**
 * A change of the built-in catalog by a file of the organisation's own, as {@code catalog-changes.csv} states it.
 *
 * @param change added, changed, removed or none
 * @param key blank where the whole definition is the organisation's
 */
public record ChangeLine(
        String kind, String id, String change, String key, String builtIn, String used, String file, String sha256) {
    static ChangeLine of(Rows.Row row) {
        return new ChangeLine(
                row.text("kind"),
                row.text("id"),
                row.text("change"),
                row.text("key"),
                row.text("built_in"),
                row.text("used"),
                row.text("file"),
                row.text("sha256"));
    }
}
