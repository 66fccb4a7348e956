package dev.tickmark.evidence.verify;

import dev.tickmark.evidence.TickmarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a verification: all findings in the order of the steps, and the gravest as exit code and headline.
 *
 * @param signerNamed whether anybody said whose signature to accept
 */
public record VerifyResult(List<VerifyFinding> findings, VerifyFacts facts, boolean signerNamed) {
    private static final List<Integer> GRAVEST_FIRST = List.of(6, 10, 8, 9);

    public VerifyResult {
        findings = List.copyOf(findings);
    }

    /** The same with what later steps found. */
    public VerifyResult with(List<VerifyFinding> more) {
        List<VerifyFinding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new VerifyResult(all, facts, signerNamed);
    }

    /** 0, or the exit code of the gravest failure: 6, 10, 8 or 9 in this order. */
    public int exitCode() {
        return GRAVEST_FIRST.stream().filter(this::fails).findFirst().orElse(0);
    }

    /** Whether nothing was changed, added or removed, whoever signed. */
    public boolean intact() {
        return !fails(6);
    }

    /** Throws NOT_VERIFIED with the first thing that was changed, added or removed, if there is any. */
    public void requireIntact() {
        if (!intact()) {
            VerifyFinding first = gravest().orElseThrow();
            throw TickmarkException.notVerified(first.problem(), first.remedy());
        }
    }

    /** The finding that the verdict rests on; empty where there is no failure. */
    public Optional<VerifyFinding> gravest() {
        int exit = exitCode();
        return findings.stream()
                .filter(finding -> finding.isFailure() && finding.reason().exit() == exit)
                .findFirst();
    }

    /** The verdict in a few words. */
    public String headline() {
        return switch (exitCode()) {
            case 6 -> "NOT INTACT";
            case 10 -> "INTACT, NOT REPRODUCIBLE";
            case 8 -> signerNamed ? "INTACT, SIGNER NOT ACCEPTED" : "INTACT, SIGNER NOT CHECKED";
            case 9 -> "INTACT, SIGNER ACCEPTED, TIME NOT PROVEN";
            default -> "INTACT, SIGNER ACCEPTED, " + (facts.timeProven() ? "TIME PROVEN" : "TIME CLAIMED ONLY");
        };
    }

    private boolean fails(int exit) {
        return findings.stream()
                .anyMatch(finding -> finding.isFailure() && finding.reason().exit() == exit);
    }
}
