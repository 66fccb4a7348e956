package dev.tickmark.evidence.completeness;

import dev.tickmark.evidence.Completeness;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A population of the run with the verdict that counts: a row of {@code completeness.csv}.
 *
 * @param asOf the source's own, else when the task began to read
 * @param folder of the attempt that counts, from the run's root
 * @param completeness after the equations
 * @param leftOut records of the raw answers that became no row
 * @param clockOffsetMs null where no answer said its time
 * @param equations every equation with both numbers and what came of it, {@code "; "} between them
 * @param equationsOpen equations with a rest that nothing explains
 * @param equationsNotEvaluated equations of which one side was not read
 * @param reconcilingItems keys of items that explain a difference: a row's {@code row_key} where the item stands in this
 *     table, else the key by which the other table names it; each is not evaluated itself
 */
public record PopulationRow(
        String scopeId,
        String account,
        String region,
        Instant asOf,
        String table,
        int tableVersion,
        String collector,
        String folder,
        int attempt,
        Completeness completeness,
        long leftOut,
        Instant startedAt,
        Instant finishedAt,
        @Nullable Long clockOffsetMs,
        String equations,
        int equationsOpen,
        int equationsNotEvaluated,
        List<String> reconcilingItems) {
    public PopulationRow {
        if (equationsOpen > 0 && completeness.verdict().whole()) {
            throw new IllegalArgumentException("a population with an open equation is not whole");
        }
        reconcilingItems = List.copyOf(reconcilingItems);
    }

    /** Names the population within the run. */
    public String rowKey() {
        return scopeId + "/" + table;
    }
}
