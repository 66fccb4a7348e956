package dev.tickmark.evidence.run;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the rows came from the records in the raw answers (IPE: accuracy).
 *
 * @param records records in the raw answers
 * @param rows rows made of them
 * @param leftOut records without a row, by reason
 * @param normaliser name and version of what turned records into rows
 * @param conversions cells changed in form, by kind, such as {@code instant_to_utc}
 * @param trace rows with where to see them in the source's own console
 */
public record Accuracy(
        long records,
        long rows,
        Map<String, Long> leftOut,
        String normaliser,
        Map<String, Long> conversions,
        List<Trace> trace) {
    /** A row, and where a person can see it. */
    public record Trace(String rowKey, String consoleUrl) {}

    public Accuracy {
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
        conversions = Collections.unmodifiableMap(new TreeMap<>(conversions));
        trace = List.copyOf(trace);
    }

    public long leftOutTotal() {
        return leftOut.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether every record became a row or was left out for a reason. */
    public boolean balanced() {
        return records == rows + leftOutTotal();
    }
}
