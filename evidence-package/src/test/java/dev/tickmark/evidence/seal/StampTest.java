package dev.tickmark.evidence.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.seal.facts.PackageFactsFile;
import dev.tickmark.evidence.seal.time.LoopbackTimeAuthority;
import dev.tickmark.evidence.seal.time.LoopbackTimeAuthority.Behaviour;
import dev.tickmark.evidence.seal.time.TimeAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampTest {
    private static final Instant LATER = SampleRun.NOW.plus(Duration.ofHours(3));
    private static final SelfCheck NO_CHECK = file -> {};

    @TempDir
    Path folder;

    private SampleRun run;

    @BeforeEach
    void writeRun() {
        run = SampleRun.in(folder);
    }

    @Test
    void sealsWithTheTimeInTheReportAndBesideBothLists() throws IOException {
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.GOOD, LATER)) {
            Sealed sealed = SampleRun.sealer().seal(request(authority));

            Path unpacked = Stock.unpack(sealed.file(), folder.resolve("unpacked"));
            Path root = authority.rootPem(folder);
            PackageFacts facts = PackageFactsFile.read(Files.readAllBytes(unpacked.resolve("package.json")));
            assertThat(sealed.time()).contains(LATER);
            assertThat(sealed.timeProblems()).isEmpty();
            assertThat(facts.reportLevel()).isEqualTo("B-T");
            assertThat(facts.timeAuthorities()).containsExactly(authority.uri());
            assertThat(verify(unpacked, "SHA256SUMS.p7s", root)).contains("Verification: OK");
            assertThat(verify(unpacked, "COMMITMENTS.p7s", root)).contains("Verification: OK");
            assertThat(Stock.run(unpacked, "pdfsig", "3-report/report.pdf").text())
                    .contains("Signature is Valid.", "Total document signed");
        }
    }

    @Test
    void sealsWithoutTheTimeWhereNobodyAnswersAndSaysSo() throws IOException {
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.GARBAGE, LATER)) {
            Sealed sealed = SampleRun.sealer().seal(request(authority));

            Path unpacked = Stock.unpack(sealed.file(), folder.resolve("unpacked"));
            assertThat(sealed.timeMissing()).isTrue();
            assertThat(sealed.timeProblems()).isNotEmpty();
            assertThat(sealed.facts().reportLevel()).isEqualTo("B-B");
            assertThat(unpacked.resolve("SHA256SUMS.p7s.tsr")).doesNotExist();
            assertThat(unpacked.resolve("COMMITMENTS.p7s.tsr")).doesNotExist();
        }
    }

    @Test
    void addsBothTokensLaterAndChangesNothingElse() throws IOException {
        Path file = run.sealed();
        Path before = Stock.unpack(file, folder.resolve("before"));
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.GOOD, LATER)) {
            List<Path> checked = new ArrayList<>();

            Stamp.Stamped stamped = new Stamp(authority(authority), checked::add).stamp(file);

            Path after = Stock.unpack(file, folder.resolve("after"));
            assertThat(stamped.added())
                    .hasToString("{COMMITMENTS.p7s.tsr=2026-11-23T05:10:00Z, SHA256SUMS.p7s.tsr=2026-11-23T05:10:00Z}");
            assertThat(verify(after, "SHA256SUMS.p7s", authority.rootPem(folder)))
                    .contains("Verification: OK");
            assertThat(checked).hasSize(2).first().isEqualTo(file);
            Files.delete(after.resolve("SHA256SUMS.p7s.tsr"));
            Files.delete(after.resolve("COMMITMENTS.p7s.tsr"));
            assertThat(Stock.run(folder, "diff", "-r", "before", "after")).isEqualTo(new Stock(0, ""));
            assertThat(before).isDirectory();
        }
    }

    @Test
    void addsNothingToAPackageThatHasBothTokens() throws IOException {
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.GOOD, LATER)) {
            Path file = SampleRun.sealer().seal(request(authority)).file();
            byte[] before = Files.readAllBytes(file);

            Stamp.Stamped stamped = new Stamp(authority(authority), NO_CHECK).stamp(file);

            assertThat(stamped.added()).isEmpty();
            assertThat(stamped.timeMissing()).isFalse();
            assertThat(file).hasBinaryContent(before);
        }
    }

    @Test
    void leavesThePackageAsItWasWhereNobodyAnswers() throws IOException {
        Path file = run.sealed();
        byte[] before = Files.readAllBytes(file);
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.WRONG_NONCE, LATER)) {
            Stamp.Stamped stamped = new Stamp(authority(authority), NO_CHECK).stamp(file);

            assertThat(stamped.timeMissing()).isTrue();
            assertThat(stamped.problems()).hasSize(2);
            assertThat(file).hasBinaryContent(before);
        }
    }

    @Test
    void doesNotStampWhatIsChanged() throws IOException {
        Path file = run.sealed();
        byte[] before = Files.readAllBytes(file);
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.GOOD, LATER)) {
            Stamp stamp = new Stamp(authority(authority), zip -> {
                throw TickmarkException.notVerified("It is changed.", "Ask for it again.");
            });

            assertThatThrownBy(() -> stamp.stamp(file)).hasMessage("It is changed. Ask for it again.");
            assertThat(authority.asked()).isZero();
            assertThat(file).hasBinaryContent(before);
        }
    }

    private SealRequest request(LoopbackTimeAuthority authority) {
        SealRequest plain = run.request(run.demoKey());
        return new SealRequest(
                plain.packageId(),
                plain.subject(),
                plain.files(),
                plain.collected(),
                plain.key(),
                authority(authority),
                null,
                plain.folder());
    }

    private static TimeAuthority authority(LoopbackTimeAuthority authority) {
        return new TimeAuthority(List.of(authority.uri()));
    }

    private static String verify(Path unpacked, String signature, Path root) {
        return Stock.run(
                        unpacked,
                        "openssl",
                        "ts",
                        "-verify",
                        "-data",
                        signature,
                        "-in",
                        signature + ".tsr",
                        "-CAfile",
                        root.toString())
                .text();
    }
}
