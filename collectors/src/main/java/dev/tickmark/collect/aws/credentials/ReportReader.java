package dev.tickmark.collect.aws.credentials;

import dev.tickmark.collect.Connections;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CredentialReportExpiredException;
import software.amazon.awssdk.services.iam.model.CredentialReportNotPresentException;
import software.amazon.awssdk.services.iam.model.CredentialReportNotReadyException;
import software.amazon.awssdk.services.iam.model.GetCredentialReportResponse;

/**
 * Asks for the credential report until it is there. A report of the last four hours is given again instead of a new one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html">GenerateCredentialReport</a>
 */
final class ReportReader {
    static final int TRIES = 30;
    static final Duration BETWEEN = Duration.ofSeconds(4);

    private ReportReader() {}

    /** Nothing where it was still being made after {@link #TRIES} tries. */
    static Optional<GetCredentialReportResponse> read(IamClient iam, Connections connections) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            if ("COMPLETE".equals(iam.generateCredentialReport().stateAsString())) {
                Optional<GetCredentialReportResponse> report = get(iam);
                if (report.isPresent()) {
                    return report;
                }
            }
            if (attempt < TRIES) {
                connections.pause(BETWEEN);
            }
        }
        return Optional.empty();
    }

    private static Optional<GetCredentialReportResponse> get(IamClient iam) {
        try {
            return Optional.of(iam.getCredentialReport());
        } catch (CredentialReportNotPresentException
                | CredentialReportExpiredException
                | CredentialReportNotReadyException e) { // three ways of saying: ask for a new one, and wait
            return Optional.empty();
        }
    }
}
