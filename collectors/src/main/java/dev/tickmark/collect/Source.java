package dev.tickmark.collect;

import java.util.List;

/**
 * What a collector reads and fills.
 *
 * @param name of the collector, also its folder in a run: {@code aws-iam-user}
 * @param version grows when the same answers give other rows
 * @param provider the {@code provider} of the scopes that it reads
 * @param tables that it fills, each in every attempt
 * @param operations that it calls, for {@code tickmark permissions} and for remedies
 * @param cutFields secrets in its answers
 */
public record Source(
        String name,
        int version,
        String provider,
        List<String> tables,
        List<Operation> operations,
        List<CutField> cutFields) {
    public Source {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}") || version < 1 || tables.isEmpty()) {
            throw new IllegalArgumentException("not a source: " + name + " " + version);
        }
        tables = List.copyOf(tables);
        operations = List.copyOf(operations);
        cutFields = List.copyOf(cutFields);
    }

    /** A source whose answers hold no secrets. */
    public Source(String name, int version, String provider, List<String> tables, List<Operation> operations) {
        this(name, version, provider, tables, operations, List.of());
    }
}
