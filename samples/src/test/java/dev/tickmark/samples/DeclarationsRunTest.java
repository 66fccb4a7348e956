package dev.tickmark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of what management states of frameworks, from the check to the package that comes out the same again. */
class DeclarationsRunTest {
    private static final Path SAMPLE = LiveCompany.SAMPLES.resolve("declarations");
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    @TempDir
    static Path folder;

    private static Session session = new Session(Path.of(""));
    private static JsonNode result = new ObjectMapper().createObjectNode();
    private static Path run = Path.of("");

    @BeforeAll
    static void sealedOnce() throws IOException {
        company(folder);
        session = new Session(folder).at(NOW);
        assertThat(session.run("run", "--demo-identity", "--output", "json"))
                .as(session.err())
                .isZero();
        result = new ObjectMapper().readTree(session.out());
        run = Path.of(result.path("run_folder").asText());
    }

    /** The demo's registers and the sample's declarations; no account is asked. */
    private static void company(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(LiveCompany.SAMPLES.resolve("demo"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".csv")).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        for (String name : List.of("statement-of-applicability.yaml", "hipaa-decisions.yaml", "scope.yaml")) {
            Files.copy(SAMPLE.resolve(name), folder.resolve(name));
        }
        String configuration = Files.readString(LiveCompany.SAMPLES.resolve("demo/tickmark.yaml"));
        Files.writeString(
                folder.resolve("tickmark.yaml"),
                configuration.replaceFirst("  aws:\n    - \\{account: \"111122223333\"}\n", ""));
    }

    @Test
    void isCompleteButForWhatIsUndecided() {
        assertThat(session.run("declare", "check")).as(session.err()).isZero();
        assertThat(session.out())
                .contains(
                        "statement-of-applicability: 93 of 93 controls of Annex A are stated, 84 apply, 1 beyond Annex A")
                .contains(
                        "20 of 22 addressable specifications are decided, undecided: 164.308(a)(7)(ii)(E), 164.312(c)(2)")
                .contains("scope: 3 of 5 SOC 2 categories in scope, HIPAA: business associate, 2 subservice");
        assertThat(result.at("/hipaa_decisions/undecided").toString())
                .isEqualTo("[\"164.308(a)(7)(ii)(E)\",\"164.312(c)(2)\"]");
    }

    @Test
    void isPrintedAsManagementsStatement() throws IOException {
        String html = Files.readString(run.resolve("3-report/index.html")).replaceAll("\\s+", " ");

        assertThat(html)
                .contains("What management states of the frameworks (not tested)")
                .contains(
                        "93 controls stated, 84 applicable (implemented: 68 yes, 13 partly, 2 planned, 1 no), 9 excluded")
                .contains("planned, for 2026-09-30. It was planned for 2026-09-30, which is past on 2026-11-23.")
                .contains("(beyond Annex A, from: contract with Example Clinic, 7.2)")
                .contains("20 of 22 addressable specifications are decided.")
                .contains("164.312(c)(2) Mechanism to authenticate")
                .contains("Its review was due on 2026-09-30.")
                .contains("(ended 54 days before this run)")
                .contains("As management declares, 24 of them are not asked of the organization")
                .contains("Declared out of scope (category not included)")
                .contains("Declared carved out in part</strong>: Carved out to Example Watch");
        JsonNode summary =
                new ObjectMapper().readTree(run.resolve("3-report/summary.json").toFile());
        assertThat(summary.at("/hipaa_decisions/decided").asInt()).isEqualTo(20);
        assertThat(summary.at("/frameworks/0/criteria_not_asked").asInt()).isEqualTo(24);
    }

    @Test
    void comesOutTheSameFromThePackageAlone() throws IOException {
        String signer = result.path("next").asText().replaceAll(".*--signer ([0-9a-f]{64}).*", "$1");
        Session auditor = new Session(Files.createDirectories(folder.resolve("auditor"))).at(NOW);

        int exit = auditor.run(
                "verify", result.path("package").asText(), "--signer", signer, "--allow-demo", "--reperform");

        assertThat(exit).as(auditor.out() + auditor.err()).isZero();
        assertThat(auditor.out()).contains("populations, findings and reports come out the same");
    }

    @Test
    void stopsTheRunBeforeAnythingIsCollectedWhereItHasAMistake() throws IOException {
        Path other = folder.resolve("other");
        company(other);
        Path scope = other.resolve("scope.yaml");
        Files.writeString(scope, Files.readString(scope).replace("[CC6.4]", "[CC6.44]"));
        Session wrong = new Session(other).at(NOW);

        assertThat(wrong.run("run", "--no-seal")).isEqualTo(2);
        assertThat(wrong.err())
                .contains("scope.yaml, line 23, column 16, key 'subservice_organizations[0].criteria[0]'")
                .contains("Did you mean 'CC6.4'?");
        assertThat(other.resolve("tickmark-out/runs")).doesNotExist();
    }
}
