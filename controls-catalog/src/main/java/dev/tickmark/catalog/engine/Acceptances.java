package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.declared.Acceptance;
import dev.tickmark.catalog.declared.Item;
import dev.tickmark.evidence.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets approved deviations be accepted, and keeps which of them met one; controls may be judged side by side. */
final class Acceptances {
    /** What became of an acceptance of one item; as printed in {@code acceptances.csv}. */
    enum State {
        /** A deviation was accepted by it. */
        USED,
        /** It holds, and the item did not deviate or is not there. */
        UNUSED,
        /** Its last day was before the run's. */
        EXPIRED,
        /** Its first day is after the run's. */
        NOT_YET
    }

    /** An acceptance of one item. */
    private record Entry(Acceptance acceptance, Item item) {}

    private final LocalDate day;
    private final List<Acceptance> all;
    private final Map<String, List<Entry>> byRow = new HashMap<>();
    private final Map<String, Map<Entry, Integer>> met = new ConcurrentHashMap<>();

    Acceptances(List<Acceptance> all, LocalDate day) {
        this.all = all;
        this.day = day;
        for (Acceptance acceptance : all) {
            for (Item item : acceptance.items()) {
                byRow.computeIfAbsent(acceptance.controlId() + "\0" + item.rowKey(), none -> new ArrayList<>())
                        .add(new Entry(acceptance, item));
            }
        }
    }

    /** The finding as it is, or accepted where it is a deviation that someone approved for this day. */
    Finding judged(Finding finding) {
        if (finding.outcome() != Outcome.FAIL) {
            return finding;
        }
        Finding judged = finding;
        for (Entry entry : byRow.getOrDefault(finding.controlId() + "\0" + finding.rowKey(), List.of())) {
            if (entry.item().matches(finding.scopeId(), finding.accountId(), finding.rowKey())) {
                met.computeIfAbsent(finding.controlId(), none -> new HashMap<>())
                        .merge(entry, 1, Integer::sum);
                if (judged.outcome() == Outcome.FAIL && entry.acceptance().holdsOn(day)) {
                    judged = finding.accepted(entry.acceptance().id());
                }
            }
        }
        return judged;
    }

    /** A control's findings were taken back. */
    void forget(String controlId) {
        met.remove(controlId);
    }

    /**
     * One acceptance of one item, after all findings.
     *
     * @param deviations how many findings with a deviation it met, accepted or, being out of its days, not
     */
    record Line(Acceptance acceptance, Item item, State state, int deviations) {}

    /** All of them, in the order of their ids and items. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Acceptance acceptance : all) {
            for (Item item : acceptance.items()) {
                int deviations =
                        met.getOrDefault(acceptance.controlId(), Map.of()).getOrDefault(new Entry(acceptance, item), 0);
                lines.add(new Line(acceptance, item, state(acceptance, deviations), deviations));
            }
        }
        return Collections.unmodifiableList(lines);
    }

    private State state(Acceptance acceptance, int deviations) {
        if (acceptance.expiresOn().isBefore(day)) {
            return State.EXPIRED;
        }
        if (acceptance.approvedOn().isAfter(day)) {
            return State.NOT_YET;
        }
        return deviations > 0 ? State.USED : State.UNUSED;
    }
}
