package dev.tickmark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    @TempDir
    static Path folder;

    private static Session session = new Session(Path.of(""));
    private static JsonNode demo = new ObjectMapper().createObjectNode();

    @BeforeAll
    static void madeOnce() throws IOException {
        session = new Session(folder);
        assertThat(session.run("demo", "--output", "json")).as(session.err()).isZero();
        demo = new ObjectMapper().readTree(session.out());
    }

    @Test
    void itsResultIsOneJsonObject() {
        assertThat(demo.path("exit").asInt()).isZero();
        assertThat(Path.of(demo.path("package").asText())).isRegularFile();
        assertThat(Path.of(demo.path("run_folder").asText())).isDirectory();
        assertThat(demo.path("completeness").path("whole").asInt())
                .isLessThan(demo.path("completeness").path("populations").asInt());
        assertThat(demo.path("completeness")
                        .path("incomplete")
                        .get(0)
                        .path("verdict")
                        .asText())
                .isNotEmpty();
        assertThat(demo.path("outcomes").path("FAIL").asInt()).isPositive();
        assertThat(demo.path("controls").path("IAM-006").asText()).isEqualTo("FAIL");
        assertThat(demo.path("next").asText()).startsWith("tickmark verify ");
    }

    /** What the tests find in the demo; {@code -Dgolden.update=true} writes it anew. */
    @Test
    void itsOutcomesAreAsExpectedForEachControl() throws IOException {
        String outcomes = Outcomes.of(Path.of(demo.path("run_folder").asText()));
        Path golden = LiveCompany.SAMPLES.resolve("src/test/resources/golden/demo-outcomes.txt");
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(golden, outcomes);
        }

        assertThat(outcomes).isEqualTo(Files.readString(golden));
    }

    @Test
    void withoutAnAcceptedSignerItIsIntactAndNoMore() {
        assertThat(session.run("verify", zip())).isEqualTo(8);

        assertThat(session.out()).contains("INTACT, SIGNER NOT CHECKED");
    }

    @Test
    void theDemoIdentityIsNotAcceptedByItsFingerprintAlone() {
        assertThat(session.run("verify", zip(), "--signer", fingerprint())).isEqualTo(8);
    }

    @Test
    void anotherSignerIsNotAccepted() {
        assertThat(session.run("verify", zip(), "--signer", "0".repeat(64), "--allow-demo"))
                .isEqualTo(8);
    }

    @Test
    void withTheDemoAllowedItIsAcceptedAndComesOutTheSameAgain() {
        int exit = session.run("verify", zip(), "--signer", fingerprint(), "--allow-demo", "--reperform", "--full");

        assertThat(exit).as(session.out() + session.err()).isZero();
        assertThat(session.out()).contains("populations, findings and reports come out the same");
    }

    @Test
    void aProvenTimeIsNotThereToBeAskedFor() {
        assertThat(session.run("verify", zip(), "--signer", fingerprint(), "--allow-demo", "--require-timestamp"))
                .isEqualTo(9);
    }

    @Test
    void aSecondOneFollowsTheFirst() throws IOException {
        assertThat(session.run("demo", "--output", "json")).as(session.err()).isZero();
        String second =
                new ObjectMapper().readTree(session.out()).path("package").asText();

        assertThat(session.run("verify", second, "--signer", fingerprint(), "--allow-demo", "--previous", zip()))
                .as(session.out())
                .isZero();
        assertThat(session.run("verify", zip(), "--signer", fingerprint(), "--allow-demo", "--previous", second))
                .as(session.out())
                .isEqualTo(6);
    }

    @Test
    void itCanBeLookedInto() {
        assertThat(session.run("show", "runs")).isZero();
        assertThat(session.out()).contains(demo.path("run").asText()).contains("reported");
        assertThat(session.run("show", "tables")).isZero();
        assertThat(session.out()).contains("aws_iam_user").contains("DENIED").contains("aws_iam_saml_provider");
        assertThat(session.run("show", "table", "aws_iam_access_key")).isZero();
        assertThat(session.out()).contains("AKIAEXAMPLE");
        assertThat(session.run("show", "findings", "--control", "IAM-006")).isZero();
        assertThat(session.out()).contains("IAM-006  FAIL").doesNotContain("IAM-007");
        assertThat(session.run("show", "table", "aws_iam_usr")).isEqualTo(2);
        assertThat(session.err()).contains("Did you mean 'aws_iam_user'?");
        assertThat(session.run("show", "raw", "aws_iam_user", "nobody")).isEqualTo(2);
        assertThat(session.err()).contains("no row 'nobody'");
    }

    @Test
    void aRowLeadsToItsRecord() {
        session.run("show", "findings", "--control", "IAM-006", "--outcome", "FAIL");
        String row = session.out().lines().findFirst().orElseThrow().split("  ", 3)[2];

        assertThat(session.run("show", "raw", "aws_iam_access_key", row))
                .as(session.err())
                .isZero();
        assertThat(session.out()).contains("raw.warc.gz").contains("urn:uuid:");
    }

    @Test
    void theCatalogChecksItself() {
        assertThat(session.run("catalog", "check"))
                .as(session.out() + session.err())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run.json",
                "journal.jsonl",
                "2-findings/findings.csv",
                "3-report/report.pdf",
                "1-evidence/aws_111122223333_global/aws-iam-authorization/raw.warc.gz"
            })
    void oneByteChangedInAFileIsFoundAndTheFileIsNamed(String name, @TempDir Path work) throws IOException {
        Path changed = SealedFile.flip(Path.of(zip()), name, work.resolve("changed.zip"));

        assertThat(session.run("verify", changed.toString(), "--signer", fingerprint(), "--allow-demo", "--reperform"))
                .isEqualTo(6);
        assertThat(session.out()).contains(name);
    }

    private static String zip() {
        return demo.path("package").asText();
    }

    private static String fingerprint() {
        return demo.path("signer_fingerprint").asText();
    }
}
