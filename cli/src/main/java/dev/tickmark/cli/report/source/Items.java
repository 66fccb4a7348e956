package dev.tickmark.cli.report.source;

import dev.tickmark.evidence.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The results of one control: each one counted, and the first of each kind kept for print. */
public final class Items {
    /** How many deviating items are listed in print. */
    public static final int DEVIATIONS_LISTED = 200;

    /** How many items of any other kind are listed. */
    public static final int OTHERS_LISTED = 60;

    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private final Map<Outcome, List<FindingLine>> listed = new EnumMap<>(Outcome.class);
    private final List<FindingLine> observed = new ArrayList<>();
    private long observations;

    void add(FindingLine finding) {
        Outcome outcome = finding.outcome();
        long count = counts.merge(outcome, 1L, Long::sum);
        boolean named = outcome == Outcome.FAIL || outcome == Outcome.NOT_EVALUATED || outcome == Outcome.ACCEPTED;
        if (named && count <= limit(outcome)) {
            listed.computeIfAbsent(outcome, none -> new ArrayList<>()).add(finding);
        }
        if (!named && !finding.observation().isBlank()) {
            observations++;
            if (observations <= OTHERS_LISTED) {
                observed.add(finding);
            }
        }
    }

    private static int limit(Outcome outcome) {
        return outcome == Outcome.FAIL ? DEVIATIONS_LISTED : OTHERS_LISTED;
    }

    public long count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    public long all() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The first items with this outcome: deviations, accepted ones and those that were not evaluated. */
    public List<FindingLine> listed(Outcome outcome) {
        return Collections.unmodifiableList(listed.getOrDefault(outcome, List.of()));
    }

    /** The first items without a deviation of which something is worth saying. */
    public List<FindingLine> observed() {
        return Collections.unmodifiableList(observed);
    }

    /** How many of those there are. */
    public long observations() {
        return observations;
    }
}
