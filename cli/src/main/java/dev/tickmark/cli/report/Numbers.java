package dev.tickmark.cli.report;

import dev.tickmark.cli.report.source.ControlLine;
import dev.tickmark.cli.report.source.PopulationLine;
import dev.tickmark.cli.report.source.RunReading;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sums that a report prints; each can be counted again from the findings, the controls and {@code
 * completeness.csv}.
 *
 * @param controlsByOutcome how many controls have an outcome
 * @param itemsByOutcome how many results over all controls have one
 * @param populationsByVerdict how many populations have a verdict
 * @param families how many controls have an outcome, by control family
 */
record Numbers(
        Map<Outcome, Long> controlsByOutcome,
        Map<Outcome, Long> itemsByOutcome,
        Map<Verdict, Long> populationsByVerdict,
        Map<String, Map<Outcome, Long>> families) {
    /** The outcomes in the order in which they are printed: worst first. */
    static final List<Outcome> ORDER = List.of(
            Outcome.FAIL,
            Outcome.NOT_EVALUATED,
            Outcome.ACCEPTED,
            Outcome.PASS,
            Outcome.NOT_APPLICABLE,
            Outcome.NOT_COLLECTED);

    static Numbers of(RunReading run) {
        Map<Outcome, Long> controls = new EnumMap<>(Outcome.class);
        Map<Outcome, Long> items = new EnumMap<>(Outcome.class);
        Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
        Map<String, Map<Outcome, Long>> families = new TreeMap<>();
        for (ControlLine control : run.controls()) {
            controls.merge(control.outcome(), 1L, Long::sum);
            families.computeIfAbsent(control.family(), none -> new EnumMap<>(Outcome.class))
                    .merge(control.outcome(), 1L, Long::sum);
            for (Outcome outcome : ORDER) {
                items.merge(outcome, control.items().count(outcome), Long::sum);
            }
        }
        for (PopulationLine population : run.populations()) {
            verdicts.merge(population.verdict(), 1L, Long::sum);
        }
        return new Numbers(
                Collections.unmodifiableMap(controls),
                Collections.unmodifiableMap(items),
                Collections.unmodifiableMap(verdicts),
                Collections.unmodifiableMap(families));
    }

    long controls(Outcome outcome) {
        return controlsByOutcome.getOrDefault(outcome, 0L);
    }

    long items(Outcome outcome) {
        return itemsByOutcome.getOrDefault(outcome, 0L);
    }

    long populations() {
        return populationsByVerdict.values().stream().mapToLong(Long::longValue).sum();
    }

    long whole() {
        long whole = 0;
        for (Map.Entry<Verdict, Long> each : populationsByVerdict.entrySet()) {
            whole += each.getKey().whole() ? each.getValue() : 0;
        }
        return whole;
    }

    /** Counts of a family in the printed order. */
    List<Long> family(String family) {
        List<Long> counts = new ArrayList<>();
        Map<Outcome, Long> own = families.getOrDefault(family, Map.of());
        for (Outcome outcome : ORDER) {
            counts.add(own.getOrDefault(outcome, 0L));
        }
        return counts;
    }
}
