package dev.tickmark.catalog;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.TableDefinition;
import java.util.List;
import java.util.Optional;

/**
 * A control as a run used it and a package holds it, {@code tests/<control>.yaml}.
 *
 * @param control with the built-in defaults
 * @param values what the organisation set otherwise
 * @param tables the tables that its test may read, by name, version, columns and types alone
 */
public record UsedDefinition(Control control, List<Value> values, List<TableDefinition> tables) {
    /** A parameter's value that the organisation set, and the policy that it named; blank where it named none. */
    public record Value(String name, String value, String policy) {}

    public UsedDefinition {
        values = List.copyOf(values);
        tables = List.copyOf(tables);
    }

    /**
     * Reads a control from a package.
     *
     * @param name how messages call the file
     * @param sql the query beside it, if there is one
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line and key
     */
    public static UsedDefinition read(String name, String yaml, Optional<String> sql) {
        return DefinitionReader.used(new CatalogFile(name, name, yaml, sql, true));
    }
}
