package dev.tickmark.catalog;

import java.nio.charset.StandardCharsets;

/**
 * A file of the organisation's own catalog, as it was read.
 *
 * @param id of the control or framework that it defines or belongs to
 * @param path inside the catalog folder, with {@code /}: {@code controls/acme-001-role-age.sql}
 * @param text the whole of it
 */
public record OwnFile(Kind kind, String id, String path, String text) {
    /** What it holds. */
    public enum Kind {
        FRAMEWORK,
        CONTROL,
        /** The query of a control. */
        QUERY
    }

    /** What is on disk: a file that is no UTF-8 is refused before this. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
