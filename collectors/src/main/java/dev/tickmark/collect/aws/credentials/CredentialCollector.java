package dev.tickmark.collect.aws.credentials;

import dev.tickmark.collect.Collector;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.CutField;
import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.Operation;
import dev.tickmark.collect.Source;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetCredentialReportResponse;

/**
 * Reads the credential report, and guided by it what it does not tell: the true creation dates of access keys, the class
 * of MFA devices, the dates of signing certificates. Only users whose line calls for it are asked about.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html">GetCredentialReport</a>
 */
public final class CredentialCollector implements Collector {
    private static final String REPORT = "aws_iam_credential_report";
    private static final String ROOT = "aws_iam_root";
    private static final List<String> TABLES =
            List.of(REPORT, ROOT, AccessKeys.TABLE, MfaDevices.TABLE, SigningCertificates.TABLE);

    private static final Source SOURCE = new Source(
            "aws-iam-credentials",
            1,
            "aws",
            TABLES,
            List.of(
                    new Operation("iam", "GenerateCredentialReport", "iam:GenerateCredentialReport", TABLES),
                    new Operation("iam", "GetCredentialReport", "iam:GetCredentialReport", TABLES),
                    new Operation("iam", "ListAccessKeys", "iam:ListAccessKeys", List.of(AccessKeys.TABLE)),
                    new Operation("iam", "GetAccountSummary", "iam:GetAccountSummary", List.of(MfaDevices.TABLE)),
                    new Operation(
                            "iam", "ListVirtualMFADevices", "iam:ListVirtualMFADevices", List.of(MfaDevices.TABLE)),
                    new Operation("iam", "ListMFADevices", "iam:ListMFADevices", List.of(MfaDevices.TABLE)),
                    new Operation(
                            "iam",
                            "ListSigningCertificates",
                            "iam:ListSigningCertificates",
                            List.of(SigningCertificates.TABLE))),
            List.of(
                    new CutField("iam", "ListVirtualMFADevices", "Base32StringSeed"),
                    new CutField("iam", "ListVirtualMFADevices", "QRCodePNG"))); // which shows the seed as a picture

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
        AtomicReference<Guide> guide = new AtomicReference<>(Guide.NONE);
        evidence.populations(List.of(REPORT, ROOT), tables -> {
            Optional<GetCredentialReportResponse> answer = ReportReader.read(iam(scope, connections), connections);
            answer.ifPresent(report -> guide.set(ReportRows.write(report, tables.apply(REPORT), tables.apply(ROOT))));
            if (answer.isEmpty()) {
                for (String table : List.of(REPORT, ROOT)) {
                    tables.apply(table)
                            .verdict(
                                    Verdict.UNREACHABLE,
                                    "the credential report was still being made after " + ReportReader.TRIES + " tries",
                                    "Repeat the command with --resume in some minutes.");
                }
            }
        });
        evidence.population(
                AccessKeys.TABLE, rows -> AccessKeys.read(iam(scope, connections), connections, known(guide), rows));
        evidence.population(
                MfaDevices.TABLE,
                rows -> MfaDevices.read(iam(scope, connections), connections, known(guide), evidence, rows));
        evidence.population(
                SigningCertificates.TABLE,
                rows -> SigningCertificates.read(iam(scope, connections), connections, known(guide), rows));
    }

    private static Guide known(AtomicReference<Guide> guide) {
        return Objects.requireNonNullElse(guide.get(), Guide.NONE);
    }

    private static IamClient iam(Scope scope, Connections connections) {
        return connections.aws(IamClient.builder(), scope);
    }
}
