package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came out, control by control.
 *
 * @param controls in the order of their ids
 * @param incomplete populations that are not whole, in the order of {@code completeness.csv}
 * @param remarks sentences on what the organisation declares and this run did not need, or needs again
 */
public record AssessmentSummary(List<ControlResult> controls, List<Incomplete> incomplete, List<String> remarks) {
    /** A control's outcome and how many of its findings have which. */
    public record ControlResult(
            String controlId,
            String title,
            Outcome outcome,
            long items,
            long passed,
            long failed,
            long accepted,
            long notApplicable,
            long notEvaluated,
            long scopes,
            long scopesIncomplete) {}

    /** A population that a test could not rely on. */
    public record Incomplete(String scopeId, String table, String verdict, String reason, String remedy) {}

    public AssessmentSummary {
        controls = List.copyOf(controls);
        incomplete = List.copyOf(incomplete);
        remarks = List.copyOf(remarks);
    }

    /** How many controls have each outcome, worst first. */
    public Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> outcomes = new TreeMap<>();
        controls.forEach(control -> outcomes.merge(control.outcome(), 1L, Long::sum));
        return outcomes;
    }
}
