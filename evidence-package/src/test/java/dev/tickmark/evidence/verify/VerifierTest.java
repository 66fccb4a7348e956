package dev.tickmark.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.PdfStamper;
import dev.tickmark.evidence.TickmarkException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerifierTest {
    private static final Identity ROOT = Identity.authority("Example Root");
    private static final Identity SIGNER = ROOT.issue("Example Signer");
    private static final Identity OTHER = ROOT.issue("Example Other");
    private static final Identity DEMO = Identity.demo();
    private static final Identity TIME_ROOT = Identity.authority("Example Time Root");
    private static final Identity TIME = TIME_ROOT.issueTimeAuthority("Example Time");
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2028-01-01T00:00:00Z");
    private static final Trust PINNED = trust(List.of(SIGNER.fingerprint()), List.of(), List.of(), false, false);
    private static final String TABLE = PackageForge.TASK + "aws_account.csv";

    @TempDir
    Path folder;

    @Test
    void acceptsAWholePackageOfAPinnedSignerWithAProvenTime() {
        PackageForge forge = new PackageForge(SIGNER).files(PackageForge.stampedBy(TIME));

        Trust pinnedAndTimed =
                trust(List.of(SIGNER.fingerprint()), List.of(), List.of(TIME_ROOT.certificate()), false, true);

        VerifyResult result = Verifier.verify(
                VerifyRequest.of(forge.write(folder), pinnedAndTimed, NOW).inFull());

        assertThat(result.findings()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.headline()).isEqualTo("INTACT, SIGNER ACCEPTED, TIME PROVEN");
        assertThat(result.facts().stampedAt()).isEqualTo(PackageForge.STAMPED_AT);
        assertThat(result.facts().packageId()).isEqualTo("example-2026-11-23T02-00-00Z-7f3a");
        assertThat(result.facts().reportLevel()).isEqualTo("B-B");
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forged(Reason.SUMS_MISSING, "SHA256SUMS", forge -> forge.files(without("SHA256SUMS"))),
                forged(Reason.SUMS_SYNTAX, "SHA256SUMS", forge -> forge.list(text -> text + "\n")),
                forged(Reason.SUMS_SYNTAX, "SHA256SUMS", forge -> forge.list(text -> text.replace("  ", " *"))),
                forged(Reason.SUMS_SYNTAX, "SHA256SUMS", forge -> forge.list(text -> text.toUpperCase(Locale.ROOT))),
                forged(Reason.SUMS_SYNTAX, "SHA256SUMS", forge -> forge.list(VerifierTest::reversed)),
                forged(
                        Reason.SUMS_SYNTAX,
                        "SHA256SUMS",
                        forge -> forge.list(text -> text + "0".repeat(64) + "  ../etc/passwd\n")),
                forged(
                        Reason.SUMS_SYNTAX,
                        "SHA256SUMS",
                        forge -> forge.list(text -> "0".repeat(64) + "  SHA256SUMS.p7s\n" + text)),
                forged(Reason.SUMS_DUPLICATE, "SHA256SUMS", forge -> forge.list(text -> text + text)),
                forged(Reason.SIGNATURE_MISSING, "SHA256SUMS.p7s", forge -> forge.files(without("SHA256SUMS.p7s"))),
                forged(
                        Reason.SIGNATURE_UNREADABLE,
                        "SHA256SUMS.p7s",
                        forge -> forge.signature(bytes -> Arrays.copyOf(bytes, bytes.length + 1))),
                forged(Reason.SIGNATURE_UNREADABLE, "SHA256SUMS.p7s", forge -> forge.signature(bytes -> new byte[0])),
                forged(
                        Reason.SIGNATURE_UNREADABLE,
                        "SHA256SUMS.p7s",
                        resigned(signing -> signing.withoutSigningCertificate())),
                forged(Reason.SIGNATURE_UNREADABLE, "SHA256SUMS.p7s", resigned(signing -> signing.withoutTime())),
                forged(Reason.SIGNATURE_UNREADABLE, "SHA256SUMS.p7s", resigned(signing -> signing.with(OTHER))),
                forged(Reason.SIGNATURE_UNREADABLE, "SHA256SUMS.p7s", resigned(signing -> signing.carrying(TIME))),
                forged(
                        Reason.SIGNATURE_UNREADABLE,
                        "SHA256SUMS.p7s",
                        forge -> forge.signature(
                                bytes -> Signing.withUnsigned(bytes, CMSAttributes.contentHint, new byte[] {5, 0}))),
                forged(
                        Reason.SIGNATURE_ALGORITHM,
                        "SHA256SUMS.p7s",
                        resigned(signing -> signing.algorithm("SHA1withECDSA"))),
                forged(Reason.SIGNATURE_INVALID, "SHA256SUMS.p7s", resigned(signing -> signing.naming(OTHER))),
                forged(
                        Reason.SIGNATURE_INVALID,
                        "SHA256SUMS",
                        forge -> forge.signature(bytes -> Signing.by(SIGNER).over(new byte[] {1}))),
                forged(Reason.FILE_MISSING, TABLE, forge -> forge.files(without(TABLE))),
                forged(Reason.FILE_CHANGED, TABLE, forge -> forge.files(with(TABLE, "changed"))),
                forged(
                        Reason.FILE_NOT_LISTED,
                        "1-evidence/more.csv",
                        forge -> forge.files(with("1-evidence/more.csv", "added"))),
                forged(Reason.FILE_NOT_LISTED, "META-INF/x", forge -> forge.files(with("META-INF/x", "added"))),
                forged(
                        Reason.FILE_NOT_LISTED,
                        "SHA256SUMS.p7s.tsr.1",
                        forge -> forge.files(with("SHA256SUMS.p7s.tsr.1", "added"))),
                forged(Reason.CONTAINER_UNSAFE, "../evil", forge -> forge.files(with("../evil", "x"))),
                forged(Reason.CONTAINER_UNSAFE, "/evil", forge -> forge.files(with("/evil", "x"))),
                forged(Reason.CONTAINER_UNSAFE, "a\\evil", forge -> forge.files(with("a\\evil", "x"))),
                forged(Reason.CONTAINER_UNSAFE, "C:evil", forge -> forge.files(with("C:evil", "x"))),
                forged(Reason.CONTAINER_UNSAFE, "2-findings/", forge -> forge.files(with("2-findings/", ""))),
                forged(Reason.CONTAINER_UNSAFE, "nul.txt", forge -> forge.files(with("nul.txt", "x"))),
                forged(Reason.DUPLICATE_ENTRY, "run.json", forge -> forge.files(with("run.JSON", "{}"))),
                forged(Reason.DUPLICATE_ENTRY, "run.json/x", forge -> forge.files(with("run.json/x", "{}"))),
                forged(
                        Reason.PDF_SIGNATURE_MISSING,
                        "3-report/report.pdf",
                        forge -> forge.report(pdf -> PackageForge.pdf())),
                forged(
                        Reason.PDF_SIGNATURE_INVALID,
                        "3-report/report.pdf",
                        forge -> forge.report(pdf -> new byte[] {1, 2, 3})),
                forged(
                        Reason.PDF_SIGNATURE_INVALID,
                        "3-report/report.pdf",
                        forge -> forge.report(VerifierTest::otherText)),
                forged(
                        Reason.PDF_SIGNATURE_INVALID,
                        "3-report/report.pdf",
                        forge -> forge.report(VerifierTest::fullPadding)),
                forged(
                        Reason.PDF_CHANGED_AFTER_SIGNING,
                        "3-report/report.pdf",
                        forge -> forge.report(VerifierTest::updated)),
                forged(
                        Reason.PDF_CHANGED_AFTER_SIGNING,
                        "3-report/report.pdf",
                        forge -> forge.report(pdf -> PackageForge.sign(pdf, SIGNER, null))),
                forged(Reason.PDF_OTHER_SIGNER, "3-report/report.pdf", forge -> forge.reportSignedBy(OTHER)),
                forged(Reason.FACTS_INVALID, "package.json", forge -> forge.facts(text -> text + "{}")),
                forged(
                        Reason.FACTS_INVALID,
                        "package.json",
                        forge -> forge.facts(text -> text.replaceFirst("\\{", "{\"identity\":\"demo\","))),
                forged(Reason.FACTS_INVALID, "journal.jsonl", forge -> forge.journal(text -> text + "half a li")),
                forged(Reason.FACTS_MISMATCH, "package.json", forge -> forge.facts(text -> text.replace("B-B", "B-T"))),
                forged(
                        Reason.FACTS_MISMATCH,
                        "package.json",
                        forge -> forge.facts(text -> text.replace("\"real\"", "\"demo\""))),
                forged(
                        Reason.FACTS_MISMATCH,
                        "package.json",
                        forge -> forge.facts(text -> text.replace(SIGNER.fingerprint(), OTHER.fingerprint()))),
                forged(
                        Reason.FACTS_MISMATCH,
                        "package.json",
                        forge -> forge.facts(text -> text.replace(",{\"path\":\"runs.csv\"}", ""))),
                forged(
                        Reason.FACTS_MISMATCH,
                        "package.json",
                        forge -> forge.facts(text -> text.replace("runs.csv", "runs2.csv"))),
                forged(
                        Reason.FACTS_MISMATCH,
                        TABLE,
                        forge -> forge.journal(
                                text -> text.replaceAll("(aws_account.csv\":\")[0-9a-f]{8}", "$100000000"))),
                forged(
                        Reason.FACTS_MISMATCH,
                        TABLE,
                        forge -> forge.journal(text -> text.replaceAll("(?m)^.*aws_account.csv.*\n", ""))),
                forged(
                        Reason.FACTS_MISMATCH,
                        "1-evidence/gone.csv",
                        forge -> forge.journal(text -> text + "{\"files\":{\"1-evidence/gone.csv\":\"00\"}}\n")),
                forged(Reason.COMMITMENT_MISMATCH, "COMMITMENTS.p7s", forge -> forge.commitmentsSignedBy(OTHER)),
                forged(
                        Reason.COMMITMENT_MISMATCH,
                        "COMMITMENTS",
                        forge -> forge.commitments(text -> text.replaceAll("(?m)^file.* {2}runs.csv\n", ""))),
                forged(Reason.COMMITMENT_MISMATCH, "COMMITMENTS", forge -> forge.commitments(text -> text + "x\n")),
                forged(Reason.COMMITMENT_MISMATCH, TABLE, forge -> forge.commitments(VerifierTest::firstColumnOther)),
                forged(Reason.SIGNATURE_MISSING, "COMMITMENTS.p7s", forge -> forge.files(without("COMMITMENTS.p7s"))),
                forged(Reason.RENEWAL_INVALID, "RENEWAL-001", forge -> forge.files(with("RENEWAL-001", "x"))),
                forged(Reason.RENEWAL_INVALID, "RENEWAL-001", forge -> forge.files(with("RENEWAL-001.crl", "x"))));
    }

    @ParameterizedTest(name = "{0} {1} [{index}]")
    @MethodSource("forgeries")
    void everyForgeryIsNamedWithItsReasonAndItsFile(Reason reason, String file, UnaryOperator<PackageForge> change) {
        Path forged = change.apply(new PackageForge(SIGNER)).write(folder);

        VerifyResult result =
                Verifier.verify(VerifyRequest.of(forged, PINNED, NOW).inFull());

        assertThat(result.findings())
                .filteredOn(VerifyFinding::isFailure)
                .extracting(VerifyFinding::reason, VerifyFinding::file)
                .contains(tuple(reason, file));
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.intact()).isFalse();
        assertThat(result.findings()).allSatisfy(finding -> {
            assertThat(finding.problem()).endsWith(".");
            assertThat(finding.remedy()).endsWith(".");
        });
    }

    @Test
    void nobodyNamedMeansIntactButNotChecked() {
        VerifyResult result = verify(new PackageForge(SIGNER), Trust.NOBODY, NOW);

        assertThat(result.exitCode()).isEqualTo(8);
        assertThat(result.headline()).isEqualTo("INTACT, SIGNER NOT CHECKED");
        assertThat(failures(result)).containsExactly(Reason.SIGNER_UNTRUSTED);
    }

    @Test
    void anotherLeafOfTheSameAuthorityIsNotThePinnedOne() {
        Trust both = trust(List.of(OTHER.fingerprint()), List.of(ROOT.certificate()), List.of(), false, false);

        VerifyResult result = verify(new PackageForge(SIGNER), both, NOW);

        assertThat(failures(result)).containsExactly(Reason.SIGNER_MISMATCH);
        assertThat(result.headline()).isEqualTo("INTACT, SIGNER NOT ACCEPTED");
    }

    @Test
    void anAuthorityVouchesForItsOwnOnly() {
        Trust root = trust(List.of(), List.of(ROOT.certificate()), List.of(), false, false);
        Trust stranger = trust(List.of(), List.of(TIME_ROOT.certificate()), List.of(), false, false);

        assertThat(verify(new PackageForge(SIGNER), root, NOW).exitCode()).isZero();
        assertThat(failures(verify(new PackageForge(SIGNER), stranger, NOW))).containsExactly(Reason.SIGNER_UNTRUSTED);
    }

    @Test
    void theDemoIdentityIsRefusedEvenWherePinnedUnlessAllowed() {
        Trust pinned = trust(List.of(DEMO.fingerprint()), List.of(), List.of(), false, false);
        Trust allowed = trust(List.of(DEMO.fingerprint()), List.of(), List.of(), true, false);
        Trust allowedOnly = trust(List.of(), List.of(), List.of(), true, false);

        assertThat(failures(verify(new PackageForge(DEMO), pinned, NOW))).containsExactly(Reason.SIGNER_DEMO);
        assertThat(verify(new PackageForge(DEMO), allowed, NOW).exitCode()).isZero();
        assertThat(failures(verify(new PackageForge(DEMO), allowedOnly, NOW))).containsExactly(Reason.SIGNER_UNTRUSTED);
    }

    @Test
    void aCertificateForAnotherUseIsRefused() {
        Identity wrong = ROOT.issueEncryptionOnly("Example Mail");
        Trust root = trust(List.of(), List.of(ROOT.certificate()), List.of(), false, false);

        assertThat(failures(verify(new PackageForge(wrong), root, NOW))).containsExactly(Reason.SIGNER_UNTRUSTED);
    }

    @Test
    void anExpiredSignerIsRefusedUnlessTheTimeIsProven() {
        PackageForge stamped = new PackageForge(SIGNER).files(PackageForge.stampedBy(TIME));
        Trust withTime =
                trust(List.of(SIGNER.fingerprint()), List.of(), List.of(TIME_ROOT.certificate()), false, false);

        assertThat(failures(verify(stamped, PINNED, LATER))).containsExactly(Reason.SIGNER_EXPIRED);
        assertThat(verify(stamped, withTime, LATER).exitCode()).isZero();
    }

    @Test
    void aRevokedSignerIsRefusedUnlessItHappenedAfterTheProvenTime() {
        Instant before = Instant.parse("2026-06-01T00:00:00Z");
        Instant after = Instant.parse("2026-11-30T00:00:00Z");

        assertThat(failures(verify(new PackageForge(SIGNER), revoked(before, LATER), NOW)))
                .containsExactly(Reason.SIGNER_REVOKED);
        VerifyResult later =
                verify(new PackageForge(SIGNER).files(PackageForge.stampedBy(TIME)), revoked(after, LATER), NOW);
        assertThat(later.exitCode()).isZero();
        assertThat(later.findings()).extracting(VerifyFinding::reason).containsExactly(Reason.SIGNER_REVOKED);
        assertThat(failures(verify(new PackageForge(SIGNER), revoked(before, before), LATER)))
                .contains(Reason.SIGNER_REVOKED, Reason.SIGNER_UNTRUSTED);
    }

    @Test
    void aMissingTimeIsAWarningOrAFailureWhereItWasAskedFor() {
        Trust required = trust(List.of(SIGNER.fingerprint()), List.of(), List.of(), false, true);

        VerifyResult warned = verify(new PackageForge(SIGNER), PINNED, NOW);
        VerifyResult refused = verify(new PackageForge(SIGNER), required, NOW);

        assertThat(warned.exitCode()).isZero();
        assertThat(warned.headline()).isEqualTo("INTACT, SIGNER ACCEPTED, TIME CLAIMED ONLY");
        assertThat(warned.findings()).extracting(VerifyFinding::reason).containsExactly(Reason.NOT_TIMESTAMPED);
        assertThat(refused.exitCode()).isEqualTo(9);
        assertThat(refused.headline()).isEqualTo("INTACT, SIGNER ACCEPTED, TIME NOT PROVEN");
    }

    static Stream<Arguments> badTokens() {
        Instant expired = Instant.parse("2035-01-01T00:00:00Z");
        return Stream.of(
                Arguments.of(Reason.TIMESTAMP_UNREADABLE, token(bytes -> new byte[] {1})),
                Arguments.of(Reason.TIMESTAMP_UNREADABLE, token(bytes -> Arrays.copyOf(bytes, bytes.length + 1))),
                Arguments.of(Reason.TIMESTAMP_UNREADABLE, token(bytes -> new byte[CmsSignature.LONGEST + 1])),
                Arguments.of(
                        Reason.TIMESTAMP_MISMATCH, token(bytes -> Signing.timeResponse(TIME, new byte[] {1}, NOW))),
                Arguments.of(Reason.TIMESTAMP_INVALID, stamped(TIME, expired)),
                Arguments.of(Reason.TIMESTAMP_INVALID, token(bytes -> new byte[] {0x30, 5, 0x30, 3, 2, 1, 2})),
                Arguments.of(Reason.TSA_UNTRUSTED, stamped(ROOT.issueTimeAuthority("Example Stranger"), NOW)));
    }

    @ParameterizedTest(name = "{0} [{index}]")
    @MethodSource("badTokens")
    void aBadTimeTokenIsNamedAndTheContentStaysIntact(Reason reason, UnaryOperator<Map<String, byte[]>> change) {
        Trust trust = trust(List.of(SIGNER.fingerprint()), List.of(), List.of(TIME_ROOT.certificate()), false, false);

        VerifyResult result = verify(new PackageForge(SIGNER).files(change), trust, NOW);

        assertThat(failures(result)).containsOnly(reason);
        assertThat(result.exitCode()).isEqualTo(9);
        assertThat(result.findings()).extracting(VerifyFinding::file).contains("SHA256SUMS.p7s.tsr");
        assertThat(result.intact()).isTrue();
        assertThat(result.facts().timeProven()).isFalse();
    }

    @Test
    void theGravestOfTwoIsTheVerdictAndBothAreListed() {
        UnaryOperator<Map<String, byte[]>> stamp = stamped(ROOT.issueTimeAuthority("Example Stranger"), NOW);
        Trust strict = trust(List.of(OTHER.fingerprint()), List.of(), List.of(TIME_ROOT.certificate()), false, true);

        VerifyResult signerAndTime = verify(new PackageForge(SIGNER).files(stamp), strict, NOW);
        VerifyResult all = verify(
                new PackageForge(SIGNER).files(files -> with(TABLE, "x").apply(stamp.apply(files))), strict, NOW);

        assertThat(signerAndTime.exitCode()).isEqualTo(8);
        assertThat(failures(signerAndTime)).contains(Reason.SIGNER_MISMATCH, Reason.TSA_UNTRUSTED);
        assertThat(all.exitCode()).isEqualTo(6);
        assertThat(failures(all)).contains(Reason.FILE_CHANGED, Reason.SIGNER_MISMATCH, Reason.TSA_UNTRUSTED);
        assertThat(all.gravest().orElseThrow().reason()).isEqualTo(Reason.FILE_CHANGED);
        VerifyFinding differs = VerifyFinding.failure(Reason.FINDING_DIFFERS, "2-findings/findings.csv", "Differs.");
        assertThat(signerAndTime.with(List.of(differs)).exitCode()).isEqualTo(10);
        assertThat(all.with(List.of(differs)).exitCode()).isEqualTo(6);
    }

    @Test
    void aTokenInsideTheReportIsCheckedToo() {
        Trust trust = trust(List.of(SIGNER.fingerprint()), List.of(), List.of(TIME_ROOT.certificate()), false, false);
        UnaryOperator<PackageForge> level = forge -> forge.facts(text -> text.replace("B-B", "B-T"));
        Identity stranger = ROOT.issueTimeAuthority("Example Stranger");

        VerifyResult good = verify(
                level.apply(
                        new PackageForge(SIGNER).report(pdf -> PackageForge.sign(PackageForge.pdf(), SIGNER, TIME))),
                trust,
                NOW);
        VerifyResult bad = verify(
                level.apply(new PackageForge(SIGNER)
                        .report(pdf -> PackageForge.sign(PackageForge.pdf(), SIGNER, stranger))),
                trust,
                NOW);

        assertThat(good.exitCode()).isZero();
        assertThat(good.facts().reportLevel()).isEqualTo("B-T");
        assertThat(failures(bad)).containsExactly(Reason.TSA_UNTRUSTED);
    }

    @Test
    void aPackageFollowsTheOneThatItNames() {
        Map<String, byte[]> first = new PackageForge(SIGNER).build();
        Path before = PackageForge.write(folder, PackageForge.zip(first), "first.zip");
        Map<String, byte[]> stamped = PackageForge.stampedBy(TIME).apply(new TreeMap<>(first));
        Path beforeStamped = PackageForge.write(folder, PackageForge.zip(stamped), "stamped.zip");
        Path stranger = PackageForge.write(
                folder, PackageForge.zip(new PackageForge(SIGNER).run("other").build()), "other.zip");
        Path changed = PackageForge.write(
                folder, PackageForge.zip(with("package.json", "{}").apply(new TreeMap<>(first))), "changed.zip");
        String id = "example-2026-11-23T02-00-00Z-7f3a";
        Path second = new PackageForge(SIGNER)
                .run("second")
                .after(first, SIGNER, 1, id)
                .write(folder);
        VerifyRequest request = VerifyRequest.of(second, PINNED, NOW);

        assertThat(reasons(Verifier.verify(request))).contains(Reason.CHAIN_NOT_CHECKED);
        assertThat(reasons(Verifier.verify(request.after(before)))).containsExactly(Reason.NOT_TIMESTAMPED);
        assertThat(reasons(Verifier.verify(request.after(beforeStamped)))).containsExactly(Reason.NOT_TIMESTAMPED);
        assertThat(failures(Verifier.verify(request.after(stranger)))).containsExactly(Reason.CHAIN_BROKEN);
        assertThat(failures(Verifier.verify(request.after(changed)))).containsExactly(Reason.CHAIN_BROKEN);
        Path gap = new PackageForge(SIGNER)
                .run("third")
                .after(first, SIGNER, 2, id)
                .write(folder);
        assertThat(failures(Verifier.verify(VerifyRequest.of(gap, PINNED, NOW).after(before))))
                .containsExactly(Reason.CHAIN_BROKEN);
    }

    @Test
    void anotherSignerInTheChainHasToBeNamed() {
        Map<String, byte[]> first = new PackageForge(OTHER).build();
        Path before = PackageForge.write(folder, PackageForge.zip(first), "first.zip");
        Path second = new PackageForge(SIGNER)
                .run("second")
                .after(first, OTHER, 1, "example-2026-11-23T02-00-00Z-7f3a")
                .write(folder);
        Trust both = trust(List.of(SIGNER.fingerprint(), OTHER.fingerprint()), List.of(), List.of(), false, false);

        assertThat(failures(
                        Verifier.verify(VerifyRequest.of(second, PINNED, NOW).after(before))))
                .containsExactly(Reason.CHAIN_SIGNER_CHANGED);
        assertThat(Verifier.verify(VerifyRequest.of(second, both, NOW).after(before))
                        .exitCode())
                .isZero();
    }

    @Test
    void renewalsCarryTheProofOnlyOneAfterTheOther() {
        UnaryOperator<Map<String, byte[]>> stamped = PackageForge.stampedBy(TIME);
        UnaryOperator<Map<String, byte[]>> once =
                files -> renewed(stamped.apply(files), 1, Instant.parse("2028-01-01T00:00:00Z"));
        UnaryOperator<Map<String, byte[]>> twice =
                files -> renewed(once.apply(files), 2, Instant.parse("2030-06-01T00:00:00Z"));
        UnaryOperator<Map<String, byte[]>> backwards =
                files -> renewed(once.apply(files), 2, Instant.parse("2027-01-01T00:00:00Z"));
        UnaryOperator<Map<String, byte[]>> gap =
                files -> renewed(stamped.apply(files), 2, Instant.parse("2028-01-01T00:00:00Z"));
        Trust trust = trust(List.of(SIGNER.fingerprint()), List.of(), List.of(TIME_ROOT.certificate()), false, true);

        assertThat(verify(new PackageForge(SIGNER).files(once), trust, LATER).exitCode())
                .isZero();
        assertThat(verify(new PackageForge(SIGNER).files(twice), trust, LATER).exitCode())
                .isZero();
        assertThat(failures(verify(new PackageForge(SIGNER).files(backwards), trust, LATER)))
                .containsOnly(Reason.RENEWAL_INVALID);
        assertThat(failures(verify(new PackageForge(SIGNER).files(gap), trust, LATER)))
                .containsOnly(Reason.RENEWAL_INVALID);
        assertThat(failures(verify(
                        new PackageForge(SIGNER)
                                .files(files -> with("RENEWAL-001.tsr", "x").apply(twice.apply(files))),
                        trust,
                        LATER)))
                .containsOnly(Reason.RENEWAL_INVALID);
    }

    @Test
    void aFileThatIsNotThereIsForTheUserToPutRight() {
        assertThatThrownBy(() -> Verifier.verify(VerifyRequest.of(folder.resolve("none.zip"), PINNED, NOW)))
                .isInstanceOfSatisfying(
                        TickmarkException.class, e -> assertThat(e.kind()).isEqualTo(TickmarkException.Kind.FIX_FIRST));
    }

    private static Arguments forged(Reason reason, String file, UnaryOperator<PackageForge> change) {
        return Arguments.of(reason, file, change);
    }

    private VerifyResult verify(PackageForge forge, Trust trust, Instant at) {
        return Verifier.verify(VerifyRequest.of(forge.write(folder), trust, at));
    }

    private static List<Reason> failures(VerifyResult result) {
        return result.findings().stream()
                .filter(VerifyFinding::isFailure)
                .map(VerifyFinding::reason)
                .toList();
    }

    private static List<Reason> reasons(VerifyResult result) {
        return result.findings().stream().map(VerifyFinding::reason).toList();
    }

    private static Trust trust(
            List<String> pins,
            List<X509Certificate> authorities,
            List<X509Certificate> timeAuthorities,
            boolean demo,
            boolean required) {
        return new Trust(pins, authorities, timeAuthorities, List.of(), demo, required);
    }

    private static Trust revoked(Instant at, Instant nextUpdate) {
        X509CRL list = ROOT.revoke(SIGNER.certificate(), at, at, nextUpdate);
        return new Trust(
                List.of(SIGNER.fingerprint()),
                List.of(),
                List.of(TIME_ROOT.certificate()),
                List.of(list),
                false,
                false);
    }

    private static UnaryOperator<PackageForge> resigned(UnaryOperator<Signing> change) {
        return forge -> forge.files(files -> {
            byte[] list = PackageForge.of(files, "SHA256SUMS");
            files.put("SHA256SUMS.p7s", change.apply(Signing.by(SIGNER)).over(list));
            return files;
        });
    }

    private static UnaryOperator<Map<String, byte[]>> without(String name) {
        return files -> {
            files.remove(name);
            return files;
        };
    }

    private static UnaryOperator<Map<String, byte[]>> with(String name, String text) {
        return files -> {
            files.put(name, PackageForge.utf8(text));
            return files;
        };
    }

    private static UnaryOperator<Map<String, byte[]>> stamped(Identity authority, Instant at) {
        return PackageForge.stampedBy(authority, at);
    }

    private static UnaryOperator<Map<String, byte[]>> token(UnaryOperator<byte[]> change) {
        return files -> {
            Map<String, byte[]> stamped = PackageForge.stampedBy(TIME).apply(files);
            stamped.put("SHA256SUMS.p7s.tsr", change.apply(PackageForge.of(stamped, "SHA256SUMS.p7s.tsr")));
            return stamped;
        };
    }

    private static Map<String, byte[]> renewed(Map<String, byte[]> files, int number, Instant at) {
        StringBuilder list = new StringBuilder();
        new TreeMap<>(files).forEach((name, bytes) -> {
            if (PackageNames.mayBeUnlisted(name)) {
                list.append(Sha256.hex(bytes)).append("  ").append(name).append('\n');
            }
        });
        String name = "RENEWAL-00" + number;
        files.put(name, PackageForge.utf8(list.toString()));
        files.put(name + ".tsr", Signing.timeResponse(TIME, PackageForge.utf8(list.toString()), at));
        return files;
    }

    private static String reversed(String lines) {
        List<String> all = new ArrayList<>(lines.lines().toList());
        Collections.reverse(all);
        return String.join("\n", all) + "\n";
    }

    private static String firstColumnOther(String lines) {
        return lines.replaceAll("(?m)^column [0-9a-f]{8}([0-9a-f]{56} 0 .*aws_account.csv)$", "column 00000000$1");
    }

    private static byte[] otherText(byte[] pdf) {
        byte[] changed = pdf.clone();
        changed[12] ^= 1; // in the comment behind the header
        return changed;
    }

    /** Something else in the part of the gap that the signature does not use. */
    private static byte[] fullPadding(byte[] pdf) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("00000000>");
        byte[] changed = pdf.clone();
        changed[end + 7] = '1';
        return changed;
    }

    private static byte[] updated(byte[] pdf) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PdfStamper stamper = new PdfStamper(new PdfReader(pdf), out, '\0', true);
            stamper.getOverContent(1).rectangle(10, 10, 200, 200);
            stamper.getOverContent(1).fill();
            stamper.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
