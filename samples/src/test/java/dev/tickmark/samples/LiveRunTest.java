package dev.tickmark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tickmark.cli.Session;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.OutputLock;
import dev.tickmark.evidence.seal.time.LoopbackTimeAuthority;
import dev.tickmark.evidence.seal.time.LoopbackTimeAuthority.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRunTest {
    @TempDir
    static Path shared;

    private static LiveCompany company = open();

    @TempDir
    Path folder;

    /** One run of the configured company, which the tests copy and go on from. */
    @BeforeAll
    static void ranOnce() throws IOException {
        company = new LiveCompany(shared.resolve("company")).configured();
        assertThat(company.run("run", "--no-seal", "--out", "x"))
                .as(company.session().err())
                .isEqualTo(4);
    }

    @AfterAll
    static void close() throws IOException {
        company.close();
    }

    @Test
    void withoutAConfigurationItReadsTheOneAccountAndSaysWhatIsMissing() throws IOException {
        try (LiveCompany bare = new LiveCompany(folder)) {
            int exit = bare.run("run", "--demo-identity", "--out", "x", "--output", "json");

            assertThat(exit).as(bare.session().err()).isEqualTo(4);
            JsonNode result = bare.json();
            assertThat(result.path("exit").asInt()).isEqualTo(4);
            assertThat(result.path("exits").get(0).path("code").asInt()).isEqualTo(4);
            assertThat(Outcomes.verdicts(result)).isEqualTo(Map.of("aws_iam_saml_provider", "DENIED"));
            assertThat(Outcomes.byControl(Path.of(result.path("run_folder").asText())))
                    .containsEntry("IAM-006", "FAIL")
                    .containsEntry("MFA-001", "PASS")
                    .containsEntry("MFA-003", "FAIL")
                    .as("no register is declared")
                    .containsEntry("IAM-010", "NOT_EVALUATED")
                    .as("no roster is configured")
                    .containsEntry("UAR-005", "NOT_COLLECTED");
            assertThat(bare.run("verify", result.path("package").asText(), "--allow-demo"))
                    .isEqualTo(8);
        }
    }

    @Test
    void liveItFindsWhatItFindsInTheDemosRecording() throws IOException {
        assertThat(Outcomes.of(company.runs("x").get(0)))
                .isEqualTo(
                        Files.readString(LiveCompany.SAMPLES.resolve("src/test/resources/golden/demo-outcomes.txt")));
    }

    @Test
    void whatFailOnNamesIsSaidBesideTheGraver() throws IOException {
        Path copy = copied();

        assertThat(company.run("assess", "--out", copy.toString(), "--output", "json", "--fail-on", "FAIL"))
                .isEqualTo(4);

        assertThat(company.json().path("exits").findValuesAsText("code")).containsExactly("4", "5");
    }

    @Test
    void withoutAKeyItDoesAllButTheSealAndSaysHowToGoOn() throws IOException {
        Estate estate = Estate.generated(3);
        try (LiveCompany small = new LiveCompany(folder, estate)) {
            assertThat(small.run("run", "--out", "x", "--fail-on", "FAIL"))
                    .as(small.session().err())
                    .isEqualTo(3);

            assertThat(small.session().err()).contains("No signing key is configured");
            assertThat(small.session().out()).contains("tickmark key new").contains("tickmark seal");
            assertThat(small.runs("x").get(0).resolve("3-report/report.pdf")).isRegularFile();
            assertThat(folder.resolve("x/packages")).doesNotExist();
            assertThat(small.run("assess", "--out", "x", "--fail-on", "FAIL"))
                    .as(small.session().out())
                    .isEqualTo(5);
            assertThat(small.run("assess", "--out", "x")).isZero();
        }
    }

    @Test
    void aRunIsSealedLaterAndAgainWithAnotherKeyAndStaysAsItIs() throws IOException {
        Path copy = copied();
        Session session = company.session().with("KEY_PASSWORD", "correct horse");
        Path run = only(copy.resolve("runs"));
        Map<String, String> before = Digests.of(run);

        assertThat(session.run("seal", "--demo-identity", "--out", copy.toString()))
                .as(session.err())
                .isZero();
        Path first = only(copy.resolve("packages"));
        assertThat(session.run("key", "new", "--password-env", "KEY_PASSWORD"))
                .as(session.err())
                .isZero();
        String fingerprint = word(session.out(), "Fingerprint ");
        Path signed = configuration("signing: {pkcs12: evidence-signer.p12, password_env: KEY_PASSWORD}\n");
        assertThat(session.run("seal", run.toString(), "--out", copy.toString(), "--config", signed.toString()))
                .as(session.err())
                .isZero();

        assertThat(withoutJournal(Digests.of(run))).as("the run itself").isEqualTo(withoutJournal(before));
        String second = word(session.out(), "package    ");
        assertThat(second).isNotEqualTo(first.toString()).endsWith("-2.zip");
        assertThat(session.run("verify", second, "--signer", fingerprint, "--reperform"))
                .as(session.out())
                .isZero();
        assertThat(session.run("verify", second, "--signer", "evidence-signer.pem"))
                .as(session.err())
                .isZero();
        assertThat(session.run("verify", first.toString(), "--signer", fingerprint))
                .isEqualTo(8);
        assertThat(session.run("key", "show", "--config", signed.toString())).isZero();
        assertThat(session.out()).contains(fingerprint);
    }

    @Test
    void evidenceEditedBeforeTheSealIsNamedAndNotSealed() throws IOException {
        Path copy = copied();
        Path csv = only(copy.resolve("runs"))
                .resolve("1-evidence/aws_111122223333_global/aws-iam-authorization/aws_iam_user.csv");
        Files.writeString(csv, Files.readString(csv).replace("alice", "alicf"));

        assertThat(company.run("seal", "--demo-identity", "--out", copy.toString()))
                .isEqualTo(3);

        assertThat(company.session().err())
                .contains("aws_iam_user.csv")
                .contains("changed")
                .contains("Collect again");
        assertThat(copy.resolve("packages")).doesNotExist();
    }

    @Test
    void whileAnotherRunWritesThereItDoesNotBegin() throws IOException {
        Clock clock = Clock.fixed(LiveCompany.DAY, ZoneOffset.UTC);
        int before = company.server().calls();
        try (OutputLock lock = OutputLock.acquire(new OutputFolder(folder), "tickmark run", clock)) {
            assertThat(company.run("run", "--no-seal", "--out", folder.toString()))
                    .isEqualTo(7);
        }

        assertThat(company.session().err())
                .contains("A run of 'tickmark run' (process ")
                .contains("--out");
        assertThat(folder.resolve("runs")).doesNotExist();
        assertThat(company.server().calls()).isEqualTo(before);
    }

    @Test
    void aTimeAuthorityThatIsDownCostsTheProofOfTimeAlone() throws IOException {
        Path copy = copied();
        Session session = company.session();
        Instant later = LiveCompany.DAY.plusSeconds(60);
        String zip;
        try (LoopbackTimeAuthority down = new LoopbackTimeAuthority(Behaviour.SERVER_ERROR, later)) {
            Path stamping = configuration("timestamp: {authorities: [\"" + down.uri() + "\"]}\n");
            assertThat(session.run(
                            "seal", "--demo-identity", "--out", copy.toString(), "--config", stamping.toString()))
                    .as(session.err())
                    .isEqualTo(9);
            assertThat(session.out()).contains("NOT TIMESTAMPED").contains("tickmark stamp");
            zip = word(session.out(), "package    ");
            assertThat(session.run("stamp", zip, "--config", stamping.toString()))
                    .as(session.err())
                    .isEqualTo(9);
        }
        String signer = signer(session, zip);
        try (LoopbackTimeAuthority up = new LoopbackTimeAuthority(Behaviour.GOOD, later)) {
            session.at(later);
            assertThat(session.run("stamp", zip, "--authority", up.uri().toString()))
                    .as(session.err())
                    .isZero();
            String authority = up.rootPem(folder).toString();
            String[] verify = {
                "verify", zip, "--allow-demo", "--signer", signer, "--require-timestamp", "--tsa-ca", authority
            };
            assertThat(session.run(verify)).as(session.out()).isZero();
            assertThat(session.out()).contains("proven, ");
            assertThat(session.run(Arrays.copyOf(verify, 6)))
                    .as("nobody said whose time to accept")
                    .isEqualTo(9);
        } finally {
            session.at(LiveCompany.DAY);
        }
    }

    private static LiveCompany open() {
        try {
            return new LiveCompany(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the shared output folder, for a test to change. */
    private Path copied() throws IOException {
        return Folders.copy(shared.resolve("company/x"), folder.resolve("copy"));
    }

    /** The demo's configuration with a line more. */
    private static Path configuration(String more) throws IOException {
        Path file = company.folder().resolve("more.yaml");
        return Files.writeString(file, Files.readString(company.folder().resolve("tickmark.yaml")) + "\n" + more);
    }

    private static Map<String, String> withoutJournal(Map<String, String> digests) {
        Map<String, String> rest = new TreeMap<>(digests);
        rest.remove("journal.jsonl"); // it says that the run was sealed
        return rest;
    }

    private static String signer(Session session, String zip) {
        session.run("verify", zip);
        return word(session.out(), "fingerprint   ");
    }

    private static String word(String printed, String before) {
        return printed.lines()
                .filter(line -> line.startsWith(before))
                .findFirst()
                .orElseThrow()
                .substring(before.length())
                .strip();
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().get(0);
        }
    }
}
