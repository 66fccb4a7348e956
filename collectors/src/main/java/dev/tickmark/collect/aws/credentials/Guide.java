package dev.tickmark.collect.aws.credentials;

import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.Shortfall;
import dev.tickmark.evidence.Verdict;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask about, as the credential report tells.
 *
 * @param users without root
 * @param record the report's, for lineage; blank where it was not read
 * @param shortfall of the report, which is one of all that it guides; null where it is whole
 */
record Guide(
        List<CredentialReport.Line> users,
        String record,
        @Nullable Shortfall shortfall) {
    static final Guide NONE = new Guide(
            List.of(),
            "",
            new Shortfall(
                    Verdict.PARTIAL,
                    "the credential report, which says whom to ask about, was not read",
                    "Do what aws_iam_credential_report asks for, then collect again."));

    Guide {
        users = List.copyOf(users);
    }

    List<CredentialReport.Line> users(Predicate<CredentialReport.Line> which) {
        return users.stream().filter(which).toList();
    }

    /** What is guided by half of a report is itself not whole. */
    void judge(PopulationWriter rows) {
        if (shortfall != null) {
            String reason = record.isEmpty()
                    ? shortfall.reason()
                    : "whom to ask about is taken from the credential report: " + shortfall.reason();
            rows.verdict(shortfall.verdict(), reason, shortfall.remedy());
        }
    }

    RowSource source(CredentialReport.Line line, String... columns) {
        return new RowSource(record, pointer(line), List.of(columns));
    }

    static String pointer(CredentialReport.Line line) {
        return "/GetCredentialReportResponse/GetCredentialReportResult/Content#line " + line.number();
    }
}
