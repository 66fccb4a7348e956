package dev.tickmark.evidence.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found so far, in the order of the steps and each thing once. */
final class Findings {
    private final Set<VerifyFinding> found = new LinkedHashSet<>();

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
        found.add(new VerifyFinding(
                reason, severity, PackageNames.printable(file), PackageNames.printable(problem), reason.remedy()));
    }

    List<VerifyFinding> all() {
        return new ArrayList<>(found);
    }
}
