package dev.tickmark.collect;

import java.util.List;

/**
 * A call that a collector makes, and the smallest grant that allows it.
 *
 * @param service as the vendor's permissions spell it: {@code iam}
 * @param name of the operation: {@code ListUsers}
 * @param iamAction what must be allowed, which is not always the operation's name; blank where nothing must
 * @param tables the tables that lose rows or cells where it is refused
 * @param caution what a grant alone does not mend, one sentence for the remedy; mostly blank
 */
public record Operation(String service, String name, String iamAction, List<String> tables, String caution) {
    public Operation {
        if (service.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("an operation needs a service and a name");
        }
        tables = List.copyOf(tables);
    }

    /** An operation that a grant is enough for. */
    public Operation(String service, String name, String iamAction, List<String> tables) {
        this(service, name, iamAction, tables, "");
    }
}
