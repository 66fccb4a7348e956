package dev.tickmark.collect.aws.credentials;

import dev.tickmark.collect.Cells;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.aws.Pages;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesResponse;
import software.amazon.awssdk.services.iam.model.SigningCertificate;

/**
 * The signing certificates of the users that have an active one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html">ListSigningCertificates</a>
 */
final class SigningCertificates {
    static final String TABLE = "aws_iam_signing_certificate";

    private SigningCertificates() {}

    static void read(IamClient iam, Connections connections, Guide guide, PopulationWriter rows) {
        List<CredentialReport.Line> users = guide.users(user -> user.is("cert_1_active") || user.is("cert_2_active"));
        guide.judge(rows);
        rows.endOfPage(true); // the report, which may name nobody
        PerUser.read(
                connections,
                rows,
                users,
                (user, marker) -> iam.listSigningCertificates(request ->
                        request.userName(user).maxItems(Pages.IAM_LARGEST).marker(marker)),
                page -> Pages.marker(page.isTruncated(), page.marker()),
                (user, page) -> write(guide, user, page, rows));
    }

    private static void write(
            Guide guide, CredentialReport.Line user, ListSigningCertificatesResponse page, PopulationWriter rows) {
        List<SigningCertificate> certificates = page.certificates();
        for (int i = 0; i < certificates.size(); i++) {
            SigningCertificate certificate = certificates.get(i);
            rows.row(
                    List.of(
                            RowSource.of(
                                    page,
                                    "/ListSigningCertificatesResponse/ListSigningCertificatesResult/Certificates/member["
                                            + (i + 1) + "]",
                                    "certificate_id",
                                    "user_name",
                                    "status",
                                    "created_at",
                                    "expires_at"),
                            guide.source(user, "user_arn")),
                    certificate.certificateId(),
                    Cells.of("certificate_id", certificate.certificateId())
                            .and("user_name", certificate.userName())
                            .and("user_arn", user.arn())
                            .and("status", certificate.statusAsString())
                            .and("created_at", certificate.uploadDate())
                            .and("expires_at", expiry(certificate.certificateBody())));
        }
    }

    /** Nothing where the body is no certificate. */
    private static @Nullable Instant expiry(@Nullable String pem) {
        if (pem == null) {
            return null;
        }
        try {
            byte[] bytes = pem.strip().getBytes(StandardCharsets.US_ASCII);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            return certificate.getNotAfter().toInstant();
        } catch (CertificateException e) {
            return null;
        }
    }
}
