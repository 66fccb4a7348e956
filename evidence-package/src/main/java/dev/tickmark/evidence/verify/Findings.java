package dev.tickmark.evidence.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found so far, in the order of the steps and each thing once. */
final class Findings {
    private final List<Set<VerifyFinding>> parts = new ArrayList<>(List.of(new LinkedHashSet<>()));

    /** A place in this order for what a step finds that ends after the steps behind it. */
    Findings later() {
        Findings later = new Findings();
        parts.add(later.parts.get(0));
        parts.add(new LinkedHashSet<>());
        return later;
    }

    void failure(Reason reason, String file, String problem) {
        add(reason, Severity.FAILURE, file, problem);
    }

    void warning(Reason reason, String file, String problem) {
        add(reason, Severity.WARNING, file, problem);
    }

    void note(Reason reason, String file, String problem) {
        add(reason, Severity.NOTE, file, problem);
    }

    void add(Reason reason, Severity severity, String file, String problem) {
        parts.get(parts.size() - 1)
                .add(new VerifyFinding(
                        reason,
                        severity,
                        PackageNames.printable(file),
                        PackageNames.printable(problem),
                        reason.remedy()));
    }

    List<VerifyFinding> all() {
        Set<VerifyFinding> all = new LinkedHashSet<>();
        parts.forEach(all::addAll);
        return new ArrayList<>(all);
    }
}
