package dev.tickmark.evidence.table;

import java.util.List;

/**
 * A column: a fact, never a judgement.
 *
 * @param unit of a number, such as {@code days}; blank where there is none
 * @param sentinels texts with a meaning of their own, such as {@code no_information}, which stay themselves
 * @param sensitivity who may see it
 */
public record Column(
        String name,
        ColumnType type,
        String unit,
        String description,
        List<String> sentinels,
        Sensitivity sensitivity) {
    /** Who may see a column outside the organisation. */
    public enum Sensitivity {
        NONE,
        /** An identifier that is masked in print and in redacted copies: an access key id. */
        IDENTIFIER,
        /** Of a person: pseudonymised in copies for outsiders. */
        PERSONAL
    }

    public Column {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a column name: " + name);
        }
        if (description.isBlank()) {
            throw new IllegalArgumentException(name + " needs a description");
        }
        sentinels = List.copyOf(sentinels);
    }
}
