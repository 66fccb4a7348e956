package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.declared.Acceptance;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.catalog.declared.Item;
import dev.tickmark.catalog.declared.Response;
import dev.tickmark.evidence.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final List<Response> responses;
    private final Map<String, Set<Response>> answered = new ConcurrentHashMap<>();
    private final Map<String, List<Entry>> byRow = new HashMap<>();
    private final Map<String, Map<Entry, Integer>> met = new ConcurrentHashMap<>();

    Acceptances(Declared declared, LocalDate day) {
        this.all = declared.acceptances();
        this.responses = declared.responses();
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
        for (Response response : responses) {
            if (response.controlId().equals(finding.controlId())
                    && response.speaksOf(finding.scopeId(), finding.accountId(), finding.rowKey())) {
                answered.computeIfAbsent(finding.controlId(), none -> new HashSet<>())
                        .add(response);
            }
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
        answered.remove(controlId);
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

    /** What the people who declared it should know; in the order of the files. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (Line line : lines()) {
            String which = "Acceptance '" + line.acceptance().id() + "' of "
                    + line.item().place() + " in " + line.acceptance().controlId();
            switch (line.state()) {
                case USED -> {}
                case UNUSED -> remarks.add(which + " met no deviation. Take it out if it is no longer needed.");
                case EXPIRED ->
                    remarks.add(which + " ended on " + line.acceptance().expiresOn()
                            + (line.deviations() == 0 ? "." : ", and the deviation is still there."));
                case NOT_YET ->
                    remarks.add(which + " holds from " + line.acceptance().approvedOn() + " only.");
            }
        }
        for (Response response : responses) {
            if (!answered.getOrDefault(response.controlId(), Set.of()).contains(response)) {
                remarks.add("The response to " + response.controlId() + " (" + response.place()
                        + ") meets no deviation in this run. It is not printed.");
            }
        }
        return Collections.unmodifiableList(remarks);
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
