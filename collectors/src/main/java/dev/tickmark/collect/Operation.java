package dev.tickmark.collect;

import java.util.List;

/**
 * A call that a collector makes, and the smallest grant that allows it.
 *
 * @param service as the vendor's permissions spell it: {@code iam}
 * @param name of the operation: {@code ListUsers}
 * @param iamAction what must be allowed, which is not always the operation's name; blank where nothing must
 * @param tables the tables that lose rows or cells where it is refused
 */
public record Operation(String service, String name, String iamAction, List<String> tables) {
    public Operation {
        if (service.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("an operation needs a service and a name");
        }
        tables = List.copyOf(tables);
    }
}
