package dev.tickmark.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tickmark.conformance.Judged.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an auditor's own tools say of a whole package and of tampered ones, by the very lines of its VERIFY.txt: each
 * tampering is found by the line that is meant to find it.
 */
class StockToolsTest {
    private static final String TABLE = "1-evidence/aws_111122223333_global/aws.iam/aws_iam_user.csv";

    @TempDir
    Path folder;

    private Path files;
    private String instructions;

    StockToolsTest() {
        files = Path.of("");
        instructions = "";
    }

    @BeforeEach
    void unpackAsAnAuditorWould() throws IOException {
        files = Judged.unpack(Judged.WITH_TIME, folder.resolve("p"));
        Files.copy(Judged.of(Judged.WITH_TIME, "ca.pem"), folder.resolve("ca.pem"));
        Files.copy(Judged.of(Judged.WITH_TIME, "ca.pem"), folder.resolve("tsa-ca.pem"));
        Files.copy(Judged.of(Judged.WITH_TIME, "signer.pem"), folder.resolve("signer.pem"));
        instructions = Files.readString(files.resolve("VERIFY.txt"), UTF_8);
    }

    @Test
    void aWholePackagePassesEveryLine() {
        assertThat(line("sha256sum -c")).isEqualTo(new Answer(0, ""));
        assertThat(line("comm -3")).isEqualTo(new Answer(0, ""));
        assertThat(line("openssl cms -verify").text()).contains("CMS Verification successful");
        assertThat(line("openssl cms -verify").exit()).isZero();
        assertThat(line("openssl x509").text())
                .contains("subject=CN = Example Signer")
                .containsIgnoringCase("sha256 fingerprint");
        assertThat(line("openssl ts -verify").text()).contains("Verification: OK");
        assertThat(line("openssl ts -verify").exit()).isZero();
        assertThat(line("openssl ts -reply").text()).contains("Nov 23 02:10:00 2026 GMT");
    }

    @Test
    void aPinnedSignerPassesWithoutItsAuthority() {
        assertThat(instructions).contains("-partial_chain");
        String pinned = instructions
                .lines()
                .filter(line -> line.contains("-partial_chain"))
                .findFirst()
                .orElseThrow();

        assertThat(shell(pinned).exit()).isZero();
    }

    @Test
    void aChangedFileIsFoundByTheDigests() {
        Judged.flip(files.resolve(TABLE), 3);

        assertThat(line("sha256sum -c").exit()).isEqualTo(1);
        assertThat(line("sha256sum -c").text()).contains(TABLE + ": FAILED");
    }

    @Test
    void aMissingFileIsFoundByBoth() throws IOException {
        Files.delete(files.resolve(TABLE));

        assertThat(line("sha256sum -c").exit()).isEqualTo(1);
        assertThat(line("sha256sum -c").text()).contains(TABLE + ": FAILED open or read");
        assertThat(line("comm -3").text()).contains(TABLE);
    }

    @Test
    void anAddedFileIsFoundByTheComparisonOfNamesAlone() throws IOException {
        Files.writeString(files.resolve("1-evidence/added.csv"), "x", UTF_8);

        assertThat(line("sha256sum -c").exit()).isZero();
        assertThat(line("comm -3").text()).contains("1-evidence/added.csv");
    }

    @Test
    void aListThatWasMadeAgainIsFoundByTheSignature() {
        Judged.flip(files.resolve(TABLE), 3);
        shell("grep -v aws_iam_user.csv SHA256SUMS > x; sha256sum " + TABLE
                + " >> x; LC_ALL=C sort -k2 x > SHA256SUMS; rm x");

        assertThat(line("sha256sum -c").exit()).isZero();
        assertThat(line("openssl cms -verify").exit()).isNotZero();
        assertThat(line("openssl cms -verify").text()).contains("CMS Verification failure");
    }

    @Test
    void aChangedSignatureIsFoundByOpenSsl() {
        Judged.flip(files.resolve("SHA256SUMS.p7s"), -1);

        assertThat(line("openssl cms -verify").exit()).isNotZero();
        assertThat(line("openssl ts -verify").exit()).isNotZero();
    }

    @Test
    void aChangedTimeTokenIsFoundByOpenSsl() {
        Judged.flip(files.resolve("SHA256SUMS.p7s.tsr"), -1);

        assertThat(line("openssl ts -verify").exit()).isNotZero();
        assertThat(line("openssl ts -verify").text()).contains("Verification: FAILED");
    }

    @Test
    void anotherAuthorityDoesNotVouch() throws IOException {
        Files.copy(folder.resolve("signer.pem"), folder.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(line("openssl cms -verify").exit()).isNotZero();
    }

    @Test
    void aPdfReaderSeesTheReportsSignatureAndItsChange() {
        assumeInstalled("pdfsig");
        assertThat(line("pdfsig").text()).contains("Signature is Valid.", "Total document signed");

        Judged.flip(files.resolve("3-report/report.pdf"), 12);

        assertThat(line("pdfsig").text()).contains("Digest Mismatch");
        assertThat(line("pdfsig").exit()).as("its exit code says nothing").isZero();
    }

    @Test
    void aPdfCheckerFindsNoSyntaxError() {
        assumeInstalled("qpdf");

        assertThat(shell("qpdf --check 3-report/report.pdf").exit()).isZero();
    }

    /** Runs the first line of the instructions that begins like this. */
    private Answer line(String start) {
        String command = instructions
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("VERIFY.txt has no line " + start));
        return shell(command);
    }

    private Answer shell(String command) {
        return Judged.run(files, "bash", "-c", command);
    }

    private void assumeInstalled(String tool) {
        assumeThat(shell("command -v " + tool).exit()).isZero();
    }
}
