package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.Verdict;
import java.util.List;

/**
 * What {@code completeness.csv} says of one table in one scope.
 *
 * @param folder that holds the table's CSV, relative to the run; blank where the table stands elsewhere
 * @param reconcilingItems keys that explain why two counts differ; each is not evaluated itself
 */
record Population(
        String scopeId,
        String accountId,
        String region,
        String asOf,
        String table,
        String folder,
        Verdict verdict,
        long rows,
        String reason,
        String remedy,
        List<String> reconcilingItems) {
    Population {
        reconcilingItems = List.copyOf(reconcilingItems);
    }

    /** Names the whole population in findings: {@code population:aws_iam_user}. */
    String marker() {
        return marker(table);
    }

    static String marker(String table) {
        return "population:" + table;
    }
}
