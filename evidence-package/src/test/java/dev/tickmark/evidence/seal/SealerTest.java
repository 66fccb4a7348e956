package dev.tickmark.evidence.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.content.Sums;
import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.seal.facts.PackageFactsFile;
import dev.tickmark.evidence.seal.facts.PreviousPackage;
import dev.tickmark.evidence.seal.key.KeyFile;
import dev.tickmark.evidence.seal.key.NewKey;
import dev.tickmark.evidence.seal.key.Passphrase;
import dev.tickmark.evidence.seal.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    @TempDir
    Path folder;

    private SampleRun run;

    @BeforeEach
    void writeRun() {
        run = SampleRun.in(folder);
    }

    @Test
    void isAcceptedByStockToolsWithTheDemoCertificate() throws IOException {
        Path unpacked = Stock.unpack(run.sealed(), folder.resolve("unpacked"));

        Stock sums = Stock.run(unpacked, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS");
        Stock demo = Stock.run(
                unpacked,
                "openssl",
                "pkcs7",
                "-inform",
                "DER",
                "-in",
                "SHA256SUMS.p7s",
                "-print_certs",
                "-out",
                "../d.pem");
        Stock signature = verify(unpacked, "SHA256SUMS", "../d.pem");
        Stock commitments = verify(unpacked, "COMMITMENTS", "../d.pem");
        Stock report = Stock.run(unpacked, "pdfsig", "3-report/report.pdf");

        assertThat(sums).isEqualTo(new Stock(0, ""));
        assertThat(demo.exit()).isZero();
        assertThat(signature.text()).contains("CMS Verification successful");
        assertThat(commitments.text()).contains("CMS Verification successful");
        assertThat(report.text())
                .contains("Signature is Valid.", "Total document signed", "DEMO IDENTITY - NOT TRUSTED");
    }

    @Test
    void doesWhatVerifyTxtSaysLineByLine() throws IOException {
        Path zip = run.sealed();
        Path unpacked = Stock.unpack(zip, folder.resolve("unpacked"));
        Path work = Files.createDirectories(folder.resolve("auditor"));
        Files.copy(zip, work.resolve(zip.getFileName()));
        String text = Files.readString(unpacked.resolve("VERIFY.txt"), UTF_8);
        String shell = text.substring(text.indexOf("# unpack"), text.indexOf("# when, if"));

        Stock done = Stock.run(work, "bash", "-e", "-c", shell);

        assertThat(done.text()).startsWith("CMS Verification successful\nsubject=CN = DEMO IDENTITY - NOT TRUSTED\n");
        assertThat(done.exit()).isZero();
    }

    @Test
    void saysHowToCheckAnOrganisationsOwnKey() throws IOException {
        Passphrase passphrase = Passphrase.environment("KEY", Map.of("KEY", "secret"));
        NewKey made = NewKey.make("Example GmbH", folder.resolve("example.p12"), passphrase, SampleRun.NOW);
        SigningKey key = KeyFile.open(made.keyStore(), null, passphrase, SampleRun.NOW);
        Path zip = SampleRun.sealer().seal(run.request(key)).file();
        Path unpacked = Stock.unpack(zip, folder.resolve("unpacked"));
        Path work = Files.createDirectories(folder.resolve("auditor"));
        Files.copy(zip, work.resolve(zip.getFileName()));
        Files.copy(made.certificate(), work.resolve("ca.pem"));
        Files.copy(made.certificate(), work.resolve("signer.pem"));
        String text = Files.readString(unpacked.resolve("VERIFY.txt"), UTF_8);
        String shell = text.substring(text.indexOf("# unpack"), text.indexOf("# when, if"));

        Stock done = Stock.run(work, "bash", "-e", "-c", shell);

        assertThat(done.text())
                .startsWith("CMS Verification successful\nCMS Verification successful\nsubject=O = Example GmbH");
        assertThat(done.text().replace(":", "").toLowerCase(Locale.ROOT)).contains("fingerprint=" + made.fingerprint());
        assertThat(text).doesNotContain("DEMO");
    }

    @Test
    void listsEveryFileThatIsNotASignatureOrATokenOverTheList() throws IOException {
        Path unpacked = Stock.unpack(run.sealed(), folder.resolve("unpacked"));

        Sums.Parsed parsed = Sums.parse(Files.readAllBytes(unpacked.resolve("SHA256SUMS")));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.sums().digests().keySet())
                .containsExactly(
                        "1-evidence/aws_111122223333_global/aws.iam/aws_iam_user.csv",
                        "1-evidence/aws_111122223333_global/aws.iam/aws_iam_user.lineage.csv",
                        "1-evidence/aws_111122223333_global/aws.iam/aws_iam_user.schema.json",
                        "1-evidence/aws_111122223333_global/aws.iam/evidence.json",
                        "1-evidence/aws_111122223333_global/aws.iam/raw.warc.gz",
                        "1-evidence/completeness.csv",
                        "2-findings/findings.csv",
                        "2-findings/tests/IAM-006.sql",
                        "3-report/index.html",
                        "3-report/report.pdf",
                        "3-report/summary.json",
                        "COMMITMENTS",
                        "COMMITMENTS.keys",
                        "COMMITMENTS.p7s",
                        "VERIFY.txt",
                        "journal.jsonl",
                        "package.json",
                        "run.json",
                        "runs.csv");
    }

    @Test
    void givesTheSameBytesTwiceButForSignaturesAndKeys() throws IOException {
        Path first = Stock.unpack(run.sealed(), folder.resolve("first"));
        Files.delete(run.packages().resolve("example-2026-11-23T02-00-00Z-7f3a.zip"));
        Path second = Stock.unpack(run.sealed(), folder.resolve("second"));

        Map<String, String> before = Sums.parse(Files.readAllBytes(first.resolve("SHA256SUMS")))
                .sums()
                .digests();
        Map<String, String> after = Sums.parse(Files.readAllBytes(second.resolve("SHA256SUMS")))
                .sums()
                .digests();

        assertThat(before.keySet()).isEqualTo(after.keySet());
        assertThat(before.keySet().stream().filter(name -> !Objects.equals(before.get(name), after.get(name))))
                .containsExactly("3-report/report.pdf", "COMMITMENTS", "COMMITMENTS.keys", "COMMITMENTS.p7s");
    }

    @Test
    void followsThePreviousPackageByWhatNeverChangesInIt() throws IOException {
        Path first = run.sealed();
        PreviousPackage previous = PreviousPackage.of(first);
        SealRequest next = new SealRequest(
                "example-2",
                SampleRun.SUBJECT,
                SealRequest.files(run.folder()),
                new TreeMap<>(),
                run.demoKey(),
                null,
                previous,
                run.packages());

        Path unpacked = Stock.unpack(SampleRun.sealer().seal(next).file(), folder.resolve("unpacked"));

        PackageFacts facts = PackageFactsFile.read(Files.readAllBytes(unpacked.resolve("package.json")));
        assertThat(facts.sequence()).isEqualTo(2);
        assertThat(facts.previous()).isEqualTo(previous);
        assertThat(previous.packageId()).isEqualTo("example-2026-11-23T02-00-00Z-7f3a");
        assertThat(facts.identity()).isEqualTo(PackageFacts.Identity.DEMO);
    }

    @Test
    void refusesEvidenceThatWasEditedAfterItWasCollected() {
        SealRequest request = run.request(run.demoKey());
        TreeMap<String, String> collected = new TreeMap<>(Map.of("2-findings/findings.csv", "0".repeat(64)));
        SealRequest edited = new SealRequest(
                request.packageId(),
                request.subject(),
                request.files(),
                collected,
                request.key(),
                null,
                null,
                request.folder());

        assertThatThrownBy(() -> SampleRun.sealer().seal(edited))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("'2-findings/findings.csv' is not what was collected")
                .extracting(e -> ((TickmarkException) e).kind())
                .isEqualTo(TickmarkException.Kind.NOT_VERIFIED);
        assertThat(run.packages()).isEmptyDirectory();
    }

    @Test
    void neverOverwritesAPackage() throws IOException {
        byte[] before = Files.readAllBytes(run.sealed());

        assertThatThrownBy(run::sealed).isInstanceOf(TickmarkException.class).hasMessageContaining("already there");
        assertThat(run.packages().resolve("example-2026-11-23T02-00-00Z-7f3a.zip"))
                .hasBinaryContent(before);
    }

    @Test
    void handsOutNothingThatFailsItsOwnCheck() {
        Sealer strict = new Sealer(SampleRun.CLOCK, new SecureRandom(), file -> {
            assertThat(file).isNotEmptyFile();
            throw TickmarkException.notVerified("It is broken.", "Report it.");
        });

        assertThatThrownBy(() -> strict.seal(run.request(run.demoKey()))).hasMessage("It is broken. Report it.");
        assertThat(run.packages()).isEmptyDirectory();
    }

    @Test
    void clearsWhatAnInterruptedAttemptLeftBehind() throws IOException {
        Path leftover = run.packages().resolve(".example-2026-11-23T02-00-00Z-7f3a.zip.tmp");
        Files.createDirectories(leftover);
        Files.writeString(leftover.resolve("package.zip"), "half");

        run.sealed();

        try (Stream<Path> left = Files.list(run.packages())) {
            assertThat(left)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly("example-2026-11-23T02-00-00Z-7f3a.zip");
        }
    }

    @Test
    void saysWhatToDoWhereThereIsNoReport() throws IOException {
        Files.delete(run.folder().resolve("3-report/report.pdf"));

        assertThatThrownBy(run::sealed)
                .hasMessage("The run has no '3-report/report.pdf'. Make it with 'tickmark report'.");
    }

    @Test
    void refusesARunThatBringsAFileOfTheSealAlong() throws IOException {
        Files.writeString(run.folder().resolve("SHA256SUMS.p7s.tsr"), "x");

        assertThatThrownBy(run::sealed).hasMessageContaining("a name that only sealing gives");
    }

    @Test
    void saysThatThePackageCouldNotBeWritten() throws IOException {
        Files.writeString(run.packages(), "a file where the folder should be");

        assertThatThrownBy(run::sealed)
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("could not be made")
                .extracting(e -> ((TickmarkException) e).kind())
                .isEqualTo(TickmarkException.Kind.FIX_FIRST);
    }

    private static Stock verify(Path unpacked, String list, String authority) {
        return Stock.run(
                unpacked,
                "openssl",
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                list + ".p7s",
                "-content",
                list,
                "-CAfile",
                authority,
                "-out",
                "/dev/null");
    }
}
