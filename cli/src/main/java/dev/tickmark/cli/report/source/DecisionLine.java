package dev.tickmark.cli.report.source;

/** What was decided of one addressable specification, as {@code hipaa-decisions.csv} has it. */
public record DecisionLine(
        String specification,
        String title,
        String decision,
        String how,
        String alternative,
        String why,
        String whyNoAlternative,
        String decidedBy,
        String decidedOn,
        String riskAnalysis,
        String reviewOn,
        String notes,
        String observation,
        LinkedOutcomes linked) {
    private static final String UNDECIDED = "undecided";

    public boolean undecided() {
        return decision.equals(UNDECIDED);
    }

    static DecisionLine of(Rows.Row row) {
        return new DecisionLine(
                row.text("specification"),
                row.text("title"),
                row.text("decision"),
                row.text("how"),
                row.text("alternative"),
                row.text("why"),
                row.text("why_no_alternative"),
                row.text("decided_by"),
                row.text("decided_on"),
                row.text("risk_analysis"),
                row.text("review_on"),
                row.text("notes"),
                row.text("observation"),
                LinkedOutcomes.of(row.text("linked_control_outcomes")));
    }
}
