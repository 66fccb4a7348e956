package dev.tickmark.cli.report.source;

import dev.tickmark.evidence.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How many linked controls have an outcome. */
public record LinkedOutcomes(Map<Outcome, Long> counts) {
    public LinkedOutcomes {
        Map<Outcome, Long> copy = new EnumMap<>(Outcome.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
    }

    /** Of {@code IAM-006 FAIL; IAM-007 PASS}. */
    static LinkedOutcomes of(String text) {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        for (String each : text.split("; ", -1)) {
            for (Outcome outcome : Outcome.values()) {
                if (each.endsWith(" " + outcome.name())) {
                    counts.merge(outcome, 1L, Long::sum);
                }
            }
        }
        return new LinkedOutcomes(counts);
    }
}
