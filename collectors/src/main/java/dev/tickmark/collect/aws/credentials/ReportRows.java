package dev.tickmark.collect.aws.credentials;

import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.Shortfall;
import dev.tickmark.collect.aws.Console;
import dev.tickmark.evidence.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.GetCredentialReportResponse;

/** Writes the credential report: users into one table, root into its own. */
final class ReportRows {
    /** How long AWS gives the same report again, and a little for the time that passes on the way. */
    private static final Duration OLDEST = Duration.ofHours(4).plusMinutes(5);

    private static final int NAMED_LINES = 10;

    private ReportRows() {}

    static Guide write(GetCredentialReportResponse answer, PopulationWriter users, PopulationWriter root) {
        CredentialReport report = CredentialReport.parse(answer.content().asString(StandardCharsets.UTF_8));
        Instant generated = answer.generatedTime();
        List<CredentialReport.Line> guided = new ArrayList<>();
        boolean rootSeen = false;
        for (PopulationWriter rows : List.of(users, root)) {
            if (generated != null) {
                rows.asOf(generated);
            }
            rows.converted("base64 to text");
        }
        for (CredentialReport.Line line : report.lines()) {
            PopulationWriter rows = line.root() ? root : users;
            rows.row(RowSource.of(answer, Guide.pointer(line)), line.arn(), line.cells());
            if (line.root()) {
                rootSeen = true;
                users.leftOut("root user, which is in aws_iam_root");
            } else {
                guided.add(line);
                root.leftOut("user, who is in aws_iam_credential_report");
                Console.iam(line.arn(), "users/details", line.user())
                        .ifPresent(url -> users.traceUrl(line.arn(), url + "?section=security_credentials"));
            }
        }
        Shortfall shortfall = shortfall(answer, report);
        for (PopulationWriter rows : List.of(users, root)) {
            report.unreadable().forEach(line -> rows.leftOut("line not readable"));
            if (shortfall != null) {
                rows.verdict(shortfall.verdict(), shortfall.reason(), shortfall.remedy());
            }
            rows.endOfPage(true);
        }
        if (!rootSeen) {
            root.verdict(
                    Verdict.PARTIAL,
                    "the credential report has no row of the root user",
                    "Check that the endpoint is the vendor's: AWS always reports the root user.");
        }
        return new Guide(guided, RowSource.of(answer, "").record(), shortfall);
    }

    private static @Nullable Shortfall shortfall(GetCredentialReportResponse answer, CredentialReport report) {
        if (!report.unreadable().isEmpty()) {
            String lines = report.unreadable().stream()
                    .limit(NAMED_LINES)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            return new Shortfall(
                    Verdict.PARTIAL,
                    report.unreadable().size() + " lines of the credential report do not fit its header: " + lines,
                    "Look at these lines in the recording, and report them as a defect of the collector.");
        }
        Instant generated = answer.generatedTime();
        if (generated == null) {
            return new Shortfall(
                    Verdict.STALE,
                    "the credential report does not say when it was made",
                    "Check that the endpoint is the vendor's.");
        }
        Optional<Instant> answered = answeredAt(answer);
        return answered.isPresent() && generated.plus(OLDEST).isBefore(answered.get())
                ? new Shortfall(
                        Verdict.STALE,
                        "the credential report was made at " + generated
                                + ", more than four hours before it was asked for",
                        "Allow iam:GenerateCredentialReport, wait some minutes, and collect again.")
                : null;
    }

    /** The source's own clock, so that the report's age does not depend on ours. */
    private static Optional<Instant> answeredAt(GetCredentialReportResponse answer) {
        return answer.sdkHttpResponse().firstMatchingHeader("Date").flatMap(date -> {
            try {
                return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }
}
