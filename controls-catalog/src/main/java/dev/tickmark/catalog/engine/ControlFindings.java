package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.ControlTest;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The findings of one control: what its test says of each item, and what the engine adds of each population. */
final class ControlFindings {
    private final ControlTest test;
    private final Control control;
    private final List<Population> evidence;
    private final Acceptances acceptances;
    private final Map<String, Population> reconciling = new TreeMap<>();
    private final Set<String> reconciled = new TreeSet<>();
    private final Populations populations;
    private final String organization;
    private final FindingStore.OfControl findings;

    ControlFindings(
            ControlTest test,
            Control control,
            Populations populations,
            Acceptances acceptances,
            String organization,
            FindingStore.OfControl findings) {
        this.test = test;
        this.populations = populations;
        this.organization = organization;
        this.control = control;
        this.acceptances = acceptances;
        this.findings = findings;
        this.evidence = populations.all().stream()
                .filter(each -> control.evidence().contains(each.table())
                        || control.registers().contains(each.table()))
                .toList();
        for (Population population : evidence) {
            population.reconcilingItems().forEach(item -> reconciling.put(at(population.scopeId(), item), population));
        }
    }

    private static String at(String scopeId, String rowKey) {
        return scopeId + "\0" + rowKey;
    }

    /** What the test says of an item: a deviation may be accepted, and a reconciling item is not evaluated. */
    void item(Matching.Item item, Matching.Answer answer) {
        Outcome outcome = TestRun.outcome(answer);
        String reason = answer.reason() == null ? "" : answer.reason();
        String at = at(item.scopeId(), item.rowKey());
        Population explains = reconciling.get(at);
        if (explains != null) {
            reconciled.add(at);
            // a deviation on a row that was read stays one
            if (outcome != Outcome.FAIL) {
                outcome = Outcome.NOT_EVALUATED;
                reason = reconcilingReason(explains) + " The test says: " + reason;
            }
        }
        findings.add(acceptances.judged(new Finding(
                control.id(),
                test.id(),
                test.version(),
                test.mainTable(),
                item.scopeId(),
                item.accountId(),
                item.region(),
                item.rowKey(),
                outcome,
                reason,
                answer.observation() == null ? "" : answer.observation(),
                "")));
    }

    private static String reconcilingReason(Population population) {
        return "Two counts differ by this item, which is named as a reconciling item of " + population.table() + ".";
    }

    /** Reconciling items that the main table does not hold are not evaluated either. */
    void reconcilingItemsElsewhere() {
        reconciling.forEach((at, population) -> {
            if (!reconciled.contains(at) && population.table().equals(test.mainTable())) {
                add(
                        population,
                        at.substring(at.indexOf('\0') + 1),
                        Outcome.NOT_EVALUATED,
                        reconcilingReason(population));
            }
        });
    }

    /** One finding for each scope and table that is not whole, disabled or, being the main table, empty. */
    void populations() {
        for (Population population : evidence) {
            Verdict verdict = population.verdict();
            String marker = population.marker();
            if (verdict == Verdict.DISABLED) {
                add(population, marker, Outcome.NOT_APPLICABLE, population.reason());
            } else if (!verdict.whole()) {
                add(
                        population,
                        marker,
                        Outcome.NOT_EVALUATED,
                        population.table() + " is " + verdict + " here: " + sentence(population.reason()) + " "
                                + sentence(population.remedy()));
            } else if (population.table().equals(test.mainTable()) && population.rows() == 0) {
                Outcome outcome = control.whenEmpty().outcome();
                add(
                        population,
                        marker,
                        outcome,
                        Populations.emptyReason(population.table(), outcome, population.reason()));
            }
        }
        if (populations.emptyOfTheRunItself(test.mainTable())) {
            Outcome outcome = control.whenEmpty().outcome();
            ofTheRun(
                    Population.marker(test.mainTable()),
                    outcome,
                    Populations.emptyReason(test.mainTable(), outcome, ""));
        }
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }

    /** The one finding of a control whose test says nothing. */
    void testSaysNothing(String reason) {
        ofTheRun("test:" + test.id(), Outcome.NOT_EVALUATED, reason);
    }

    private void ofTheRun(String rowKey, Outcome outcome, String reason) {
        findings.add(acceptances.judged(new Finding(
                control.id(),
                test.id(),
                test.version(),
                test.mainTable(),
                "tickmark",
                organization,
                "global",
                rowKey,
                outcome,
                reason,
                "",
                "")));
    }

    private void add(Population population, String rowKey, Outcome outcome, String reason) {
        findings.add(acceptances.judged(new Finding(
                control.id(),
                test.id(),
                test.version(),
                test.mainTable(),
                population.scopeId(),
                population.accountId(),
                population.region(),
                rowKey,
                outcome,
                reason,
                "",
                "")));
    }
}
