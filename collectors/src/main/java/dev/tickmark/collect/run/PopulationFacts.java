package dev.tickmark.collect.run;

import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.table.TableDefinition;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One population as a task wrote it.
 *
 * @param asOf of its rows; null where nothing was exchanged
 * @param leftOut records that are no row, by reason
 * @param conversions values written otherwise than the source wrote them, by kind
 * @param traces of at most two rows: key and place in the vendor's console
 * @param sha256 of its CSV
 */
public record PopulationFacts(
        TableDefinition table,
        Completeness completeness,
        @Nullable Instant asOf,
        Map<String, Long> leftOut,
        Map<String, Long> conversions,
        Map<String, String> traces,
        String sha256) {
    public PopulationFacts {
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
        conversions = Collections.unmodifiableMap(new TreeMap<>(conversions));
        traces = Collections.unmodifiableMap(new TreeMap<>(traces));
    }

    /** Records in the raw answers: every one is a row or was left out. */
    public long records() {
        return completeness.rows()
                + leftOut.values().stream().mapToLong(Long::longValue).sum();
    }

    PopulationFacts with(Completeness other) {
        return new PopulationFacts(table, other, asOf, leftOut, conversions, traces, sha256);
    }

    static List<String> files(String table) {
        return List.of(table + ".csv", table + ".lineage.csv", table + ".schema.json");
    }
}
