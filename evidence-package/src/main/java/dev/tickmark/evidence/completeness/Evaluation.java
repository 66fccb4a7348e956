package dev.tickmark.evidence.completeness;

import java.util.List;

/**
 * What came of all equations of a run.
 *
 * @param rows one for each population, by scope and table
 * @param readAgain tasks, {@code <scope id>/<collector>}, on either side of an open equation that were read only once;
 *     sorted
 */
public record Evaluation(List<PopulationRow> rows, List<String> readAgain) {
    public Evaluation {
        rows = List.copyOf(rows);
        readAgain = List.copyOf(readAgain);
    }
}
