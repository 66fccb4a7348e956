package dev.tickmark.cli.report;

import org.jspecify.annotations.Nullable;

/**
 * What a report states besides the run.
 *
 * @param packageId the package that it goes into; null for a draft
 */
public record ReportOptions(Marking marking, @Nullable String packageId) {
    public ReportOptions {
        if ((marking == Marking.DRAFT) != (packageId == null)) {
            throw new IllegalArgumentException("a draft belongs to no package, and every other report does");
        }
    }

    /** The report of a run that is not sealed. */
    public static ReportOptions draft() {
        return new ReportOptions(Marking.DRAFT, null);
    }
}
