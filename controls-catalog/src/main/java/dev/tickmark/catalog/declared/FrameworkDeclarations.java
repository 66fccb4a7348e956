package dev.tickmark.catalog.declared;

import dev.tickmark.evidence.run.RunFolder;
import java.util.Optional;

/** What management declares of frameworks, each in a file that may be absent. */
public record FrameworkDeclarations(
        Optional<StatementOfApplicability> statement,
        Optional<HipaaDecisions> decisions,
        Optional<ScopeDeclaration> scope) {
    /** Names below {@code 1-evidence/declared}. */
    public static final String STATEMENT = "statement-of-applicability.yaml";

    public static final String DECISIONS = "hipaa-decisions.yaml";
    public static final String SCOPE = "scope.yaml";

    /** Where nothing is declared. */
    public static FrameworkDeclarations nothing() {
        return new FrameworkDeclarations(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A run's copies, which were checked against the catalog before they were made. */
    static FrameworkDeclarations of(RunFolder run) {
        return new FrameworkDeclarations(
                Declared.text(run, STATEMENT)
                        .map(text -> StatementOfApplicability.read(Declared.name(STATEMENT), text, Optional.empty())),
                Declared.text(run, DECISIONS)
                        .map(text -> HipaaDecisions.read(Declared.name(DECISIONS), text, Optional.empty())),
                Declared.text(run, SCOPE)
                        .map(text -> ScopeDeclaration.read(Declared.name(SCOPE), text, Optional.empty())));
    }
}
