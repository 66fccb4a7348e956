package dev.tickmark.evidence.verify;

/**
 * One thing that is wrong or worth saying.
 *
 * @param file the file in the package that it concerns, or the package's own file name
 * @param problem one sentence: what is wrong
 * @param remedy one sentence: what it means and what to do
 */
public record VerifyFinding(Reason reason, Severity severity, String file, String problem, String remedy) {
    public VerifyFinding {
        if (file.isBlank() || problem.isBlank() || remedy.isBlank()) {
            throw new IllegalArgumentException("a finding needs its file, what is wrong and what to do");
        }
        if (severity == Severity.FAILURE && reason.exit() == 0) {
            throw new IllegalArgumentException(reason + " is never a failure");
        }
    }

    public static VerifyFinding failure(Reason reason, String file, String problem) {
        return new VerifyFinding(reason, Severity.FAILURE, file, problem, reason.remedy());
    }

    public boolean isFailure() {
        return severity == Severity.FAILURE;
    }
}
