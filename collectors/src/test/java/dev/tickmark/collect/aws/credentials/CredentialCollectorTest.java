package dev.tickmark.collect.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tickmark.collect.CutField;
import dev.tickmark.collect.RecordedAws;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialCollectorTest {
    private static final Scope ACCOUNT = new Scope("aws", "111122223333", "global");
    private static final String REPORT = "aws_iam_credential_report";
    private static final String ROOT = "aws_iam_root";
    private static final String KEY = "aws_iam_access_key";
    private static final String MFA = "aws_iam_mfa_device";
    private static final String CERTIFICATE = "aws_iam_signing_certificate";

    @TempDir
    Path folder;

    @Test
    void keepsTheThreeUnknownsApartFromValues() {
        assertThat(collect("every-state").rows(REPORT))
                .extracting(
                        row -> row.get("user_name"),
                        row -> row.get("password_enabled"),
                        row -> row.get("password_enabled_note"),
                        row -> row.get("password_last_used"),
                        row -> row.get("password_last_used_note"),
                        row -> row.get("access_key_1_last_used_region"),
                        row -> row.get("access_key_1_last_used_region_note"))
                .containsExactly(
                        tuple("=cmd", "true", "", "", "no_information", "us-east-1", ""),
                        tuple("@bob", "true", "", "2026-11-01T00:00:00Z", "", "", "N/A"),
                        tuple("carol", "", "not_supported", "", "N/A", "", "not_supported"),
                        tuple("plain", "false", "", "", "N/A", "", "N/A"));
    }

    @Test
    void theAsOfIsWhenTheReportWasMade() {
        RecordedAws.Result result = collect("every-state");

        assertThat(result.rows(REPORT)).extracting(row -> row.get("as_of")).containsOnly("2026-11-23T00:30:00Z");
        assertThat(result.rows(ROOT)).extracting(row -> row.get("as_of")).containsOnly("2026-11-23T00:30:00Z");
        assertThat(result.rows(KEY)).extracting(row -> row.get("as_of")).containsOnly("2026-11-23T02:00:01Z");
        assertThat(result.completeness(REPORT).verdict()).isEqualTo(Verdict.COMPLETE);
    }

    @Test
    void rootIsATableOfItsOwn() {
        RecordedAws.Result result = collect("every-state");

        assertThat(result.rows(ROOT))
                .extracting(
                        row -> row.get("row_key"),
                        row -> row.get("password_enabled"),
                        row -> row.get("password_last_changed_note"),
                        row -> row.get("active_access_keys"))
                .containsExactly(tuple("arn:aws:iam::111122223333:root", "true", "not_supported", "0"));
        assertThat(result.facts(REPORT).leftOut()).isEqualTo(Map.of("root user, which is in aws_iam_root", 1L));
        assertThat(result.lineage(ROOT))
                .extracting(line -> line.get("pointer"))
                .containsExactly("/GetCredentialReportResponse/GetCredentialReportResult/Content#line 2");
    }

    @Test
    void rootIsToldByItsArnAndMayHaveNoPasswordColumn() {
        RecordedAws.Result result = collect("root-not-supported");

        assertThat(result.rows(ROOT))
                .extracting(row -> row.get("password_enabled"), row -> row.get("password_enabled_note"))
                .containsExactly(tuple("", "not_supported"));
        assertThat(result.rows(REPORT))
                .extracting(row -> row.get("arn"))
                .containsExactly("arn:aws-us-gov:iam::111122223333:user/root/groot");
    }

    @Test
    void aReportWithoutRootIsNotTakenForAnAccountWithoutRoot() {
        RecordedAws.Result result = collect("no-root-row");

        assertThat(result.completeness(ROOT).verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.completeness(REPORT).verdict()).isEqualTo(Verdict.COMPLETE);
    }

    @Test
    void listsTheKeysOfUsersWithAnActiveOneWithTheirTrueCreationDate() {
        RecordedAws.Result result = collect("every-state");

        assertThat(result.rows(KEY))
                .extracting(
                        row -> row.get("access_key_id"),
                        row -> row.get("user_name"),
                        row -> row.get("user_arn"),
                        row -> row.get("status"),
                        row -> row.get("created_at"))
                .containsExactly(
                        tuple(
                                "AKIAEXAMPLE000000001",
                                "=cmd",
                                "arn:aws:iam::111122223333:user/=cmd",
                                "Active",
                                "2023-05-06T07:08:09Z"),
                        tuple(
                                "AKIAEXAMPLE000000002",
                                "=cmd",
                                "arn:aws:iam::111122223333:user/=cmd",
                                "Inactive",
                                "2024-05-06T07:08:09Z"),
                        tuple(
                                "AKIAEXAMPLE000000003",
                                "carol",
                                "arn:aws:iam::111122223333:user/carol",
                                "Quarantined",
                                "2025-05-06T07:08:09Z"));
        assertThat(result.completeness(KEY).verdict()).isEqualTo(Verdict.COMPLETE);
    }

    @Test
    void tellsTheClassOfADeviceByItsSerialNumber() {
        RecordedAws.Result result = collect("every-state");

        assertThat(result.rows(MFA))
                .extracting(
                        row -> row.get("serial_number"),
                        row -> row.get("kind"),
                        row -> row.get("device_class"),
                        row -> row.get("user_type"),
                        row -> row.get("user_name"),
                        row -> row.get("assigned"))
                .containsExactly(
                        tuple("GAHT12345678", "hardware", "one_time_code", "user", "@bob", "true"),
                        tuple("arn:aws:iam::111122223333:mfa/=cmd", "virtual", "one_time_code", "user", "=cmd", "true"),
                        tuple(
                                "arn:aws:iam::111122223333:mfa/root-account-mfa-device",
                                "virtual",
                                "one_time_code",
                                "root",
                                "",
                                "true"),
                        tuple("arn:aws:iam::111122223333:mfa/spare", "virtual", "one_time_code", "", "", "false"),
                        tuple(
                                "arn:aws:iam::111122223333:u2f/user/@bob/key-ABCDEF",
                                "fido",
                                "phishing_resistant",
                                "user",
                                "@bob",
                                "true"));
        assertThat(result.counts()).containsEntry("GetAccountSummary.MFADevicesInUse", 4L);
        assertThat(result.completeness(MFA).verdict()).isEqualTo(Verdict.COMPLETE);
    }

    @Test
    void asksAboutUsersWithAVirtualDeviceWhereMoreDevicesAreInUse() {
        RecordedAws.Result result = collect("fido-beside-virtual");

        assertThat(result.rows(MFA))
                .extracting(row -> row.get("kind"), row -> row.get("listed_by"))
                .containsExactly(tuple("virtual", "ListVirtualMFADevices"), tuple("fido", "ListMFADevices"));
        assertThat(result.facts(MFA).leftOut()).isEqualTo(Map.of("virtual device that was listed before", 1L));
    }

    @Test
    void theSeedOfADeviceIsCutAndInNoFile() throws IOException {
        RecordedAws.Result result = collect("every-state");

        assertThat(new CredentialCollector().source().cutFields())
                .extracting(CutField::text)
                .containsExactly("iam:ListVirtualMFADevices Base32StringSeed", "iam:ListVirtualMFADevices QRCodePNG");
        try (Stream<Path> files = Files.list(result.folder())) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("CANARYSEED", "Q0FOQVJZ"));
        }
    }

    @Test
    void readsTheEndOfACertificateAndLeavesItOpenWhereThereIsNone() {
        assertThat(collect("every-state").rows(CERTIFICATE))
                .extracting(row -> row.get("certificate_id"), row -> row.get("status"), row -> row.get("expires_at"))
                .containsExactly(
                        tuple("CERTEXAMPLE1", "Active", "2036-11-20T22:39:40Z"), tuple("CERTEXAMPLE2", "Inactive", ""));
    }

    @Test
    void asksAgainWhileTheReportIsMadeExpiredOrGone() {
        RecordedAws.Result result = collect("report-in-the-making");

        assertThat(result.completeness(REPORT).verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(result.rows(REPORT)).extracting(row -> row.get("user_name")).containsExactly("plain");
    }

    @Test
    void givesUpOnAReportThatNeverComesAndReadsNobodysKeysAsNone() {
        RecordedAws.Result result = collect("report-never-ready");

        assertThat(result.completeness(REPORT).verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(result.completeness(ROOT).verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(result.completeness(KEY).verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.completeness(CERTIFICATE).verdict()).isEqualTo(Verdict.PARTIAL);
    }

    @Test
    void aReportOlderThanFourHoursIsStaleAndSoIsWhatItGuides() {
        RecordedAws.Result result = collect("report-five-hours-old");

        assertThat(result.completeness(REPORT).verdict()).isEqualTo(Verdict.STALE);
        assertThat(result.completeness(REPORT).reason()).contains("2026-11-22T21:00:00Z");
        assertThat(result.completeness(KEY))
                .extracting(Completeness::verdict, Completeness::rows)
                .containsExactly(Verdict.STALE, 1L);
    }

    @Test
    void aDeniedReportLeavesTheVirtualDevicesButNotTheirCompleteness() {
        RecordedAws.Result result = collect("report-denied");

        assertThat(result.completeness(REPORT).verdict()).isEqualTo(Verdict.DENIED);
        assertThat(result.completeness(REPORT).denial()).isEqualTo(DenialKind.NO_IDENTITY_POLICY);
        assertThat(result.completeness(MFA))
                .extracting(Completeness::verdict, Completeness::rows)
                .containsExactly(Verdict.PARTIAL, 1L);
        assertThat(result.completeness(KEY))
                .extracting(Completeness::verdict, Completeness::rows)
                .containsExactly(Verdict.PARTIAL, 0L);
    }

    @Test
    void keepsColumnsThatItDoesNotKnowAndNamesLinesThatDoNotFit() {
        RecordedAws.Result result = collect("extra-columns");

        assertThat(result.rows(REPORT))
                .extracting(
                        row -> row.get("user_name"),
                        row -> row.get("arn"),
                        row -> row.get("additional_credentials_info"),
                        row -> row.get("other_columns"))
                .containsExactly(tuple(
                        "a,b", "arn:aws:iam::111122223333:user/a,b", "2 more keys", "{\"a_later_column\":\"new\"}"));
        assertThat(result.completeness(REPORT).verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.completeness(REPORT).reason()).endsWith("do not fit its header: 4");
    }

    @Test
    void aUserWhoIsGoneIsAnAnswerAndARefusalIsNone() {
        RecordedAws.Result result = collect("user-gone-and-user-denied");

        assertThat(result.rows(KEY)).extracting(row -> row.get("user_name")).containsExactly("kept");
        assertThat(result.facts(KEY).leftOut()).isEqualTo(Map.of("user deleted since the report was made", 1L));
        assertThat(result.completeness(KEY).verdict()).isEqualTo(Verdict.DENIED);
    }

    private RecordedAws.Result collect(String name) {
        return RecordedAws.from(getClass(), name).collect(new CredentialCollector(), ACCOUNT, folder);
    }
}
