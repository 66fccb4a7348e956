package dev.tickmark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The European Commission's validator over our signatures. It is asserted each time that it sees one: with another
 * Bouncy Castle than its own it would see none, and say nothing.
 */
class DssTest {
    @TempDir
    Path folder;

    @Test
    void passesTheListsSignature() {
        Path files = Judged.unpack(Judged.WITHOUT_TIME, folder);

        SimpleReport report =
                judge(files.resolve("SHA256SUMS.p7s"), files.resolve("SHA256SUMS"), anchors(Judged.WITHOUT_TIME));

        assertThat(indication(report)).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(level(report)).isEqualTo(SignatureLevel.CAdES_BASELINE_B);
    }

    @Test
    void passesTheCommitmentsSignature() {
        Path files = Judged.unpack(Judged.WITHOUT_TIME, folder);

        SimpleReport report =
                judge(files.resolve("COMMITMENTS.p7s"), files.resolve("COMMITMENTS"), anchors(Judged.WITHOUT_TIME));

        assertThat(indication(report)).isEqualTo(Indication.TOTAL_PASSED);
    }

    @Test
    void passesTheReportWithoutATimeToken() {
        Path files = Judged.unpack(Judged.WITHOUT_TIME, folder);

        SimpleReport report = judge(files.resolve("3-report/report.pdf"), null, anchors(Judged.WITHOUT_TIME));

        assertThat(indication(report)).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(level(report)).isEqualTo(SignatureLevel.PAdES_BASELINE_B);
    }

    @Test
    void passesTheReportWithATimeTokenAndTheTokenItself() {
        Path files = Judged.unpack(Judged.WITH_TIME, folder);

        SimpleReport report = judge(files.resolve("3-report/report.pdf"), null, anchors(Judged.WITH_TIME));

        assertThat(indication(report)).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(level(report)).isEqualTo(SignatureLevel.PAdES_BASELINE_T);
        assertThat(report.getSignatureTimestamps(report.getFirstSignatureId()))
                .singleElement()
                .satisfies(token -> assertThat(token.getIndication()).isEqualTo(Indication.PASSED));
    }

    @Test
    void doesNotPassAnythingWithoutTrust() {
        Path files = Judged.unpack(Judged.WITHOUT_TIME, folder);

        SimpleReport list = judge(files.resolve("SHA256SUMS.p7s"), files.resolve("SHA256SUMS"), List.of());
        SimpleReport report = judge(files.resolve("3-report/report.pdf"), null, List.of());

        assertThat(indication(list)).isEqualTo(Indication.INDETERMINATE);
        assertThat(indication(report)).isEqualTo(Indication.INDETERMINATE);
    }

    @Test
    void doesNotPassAChangedListOrAChangedReport() {
        Path files = Judged.unpack(Judged.WITHOUT_TIME, folder);
        Judged.flip(files.resolve("SHA256SUMS"), 0);
        Judged.flip(files.resolve("3-report/report.pdf"), 12);

        SimpleReport list =
                judge(files.resolve("SHA256SUMS.p7s"), files.resolve("SHA256SUMS"), anchors(Judged.WITHOUT_TIME));
        SimpleReport report = judge(files.resolve("3-report/report.pdf"), null, anchors(Judged.WITHOUT_TIME));

        assertThat(indication(list)).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(indication(report)).isEqualTo(Indication.TOTAL_FAILED);
    }

    private static List<Path> anchors(String which) {
        return List.of(Judged.of(which, "signer.pem"), Judged.of(which, "tsa.pem"));
    }

    private static SimpleReport judge(Path signature, @Nullable Path detached, List<Path> anchors) {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        anchors.forEach(anchor -> trusted.addCertificate(DSSUtils.loadCertificate(anchor.toFile())));
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setAIASource(null);
        verifier.setTrustedCertSources(trusted);
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(signature.toFile()));
        validator.setCertificateVerifier(verifier);
        if (detached != null) {
            validator.setDetachedContents(List.<DSSDocument>of(new FileDocument(detached.toFile())));
        }
        SimpleReport report = validator.validateDocument().getSimpleReport();
        assertThat(report.getSignaturesCount()).isEqualTo(1);
        return report;
    }

    private static Indication indication(SimpleReport report) {
        return report.getIndication(report.getFirstSignatureId());
    }

    private static SignatureLevel level(SimpleReport report) {
        return report.getSignatureFormat(report.getFirstSignatureId());
    }
}
