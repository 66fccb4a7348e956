package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReperformanceTest {
    private static final String ACCEPTED = """
            - id: A1
              control: IAM-906
              requester: alice
              approver: bob
              reason: old
              compensating_control: watch
              approved_on: 2026-01-01
              expires_on: 2027-01-01
              items: [{scope: declared_files_global, row_key: k4}]
            """;

    @TempDir
    Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void anAssessedRun() {
        root = folder.resolve("2026-11-23T02-00-00Z-7f3a");
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "'alice, \"a\"", "Active", "2026-08-25T02:00:00Z"))
                .row(Toy.KEYS, Toy.key("k2", "=cmd", "Active", "2026-08-24T02:00:00Z"))
                .row(Toy.KEYS, Toy.key("k3", "bob — ü\r\n2", "Inactive", "2020-01-01T00:00:00Z"))
                .row(Toy.KEYS, Toy.key("k4", "eve", "Active", "2020-01-01T00:00:00Z"))
                .row(Toy.KEYS, Map.of("scope_id", "toy_1_east", "row_key", "k1", "user_name", "eve"))
                .population(Toy.KEYS, "toy_2_west", Map.of("verdict", "DENIED", "reason", "refused"))
                .write(root);
        Instant asOf = Instant.parse(Estate.AS_OF);
        facts(asOf).write(new RunFolder(root));
        new Declarations()
                .add(Declared.ACCEPTANCES, ACCEPTED.getBytes(StandardCharsets.UTF_8))
                .freeze(new RunFolder(root), Clock.fixed(asOf, ZoneOffset.UTC));
        AssessmentRequest plain = Toy.request(
                root,
                Toy.keyAge(),
                Toy.saying("select scope_id, row_key, 'PASS' as outcome, 'x' as reason, user_name as observation from"
                        + " toy_key"));
        Assessment.run(new AssessmentRequest(
                plain.root(),
                plain.out(),
                plain.catalog(),
                plain.tables(),
                plain.frameworks(),
                plain.organization(),
                asOf,
                List.of(new ParameterOverride("IAM-906", "max_age_days", "91", "Policy: \"keys\" 4.2")),
                Declared.of(new RunFolder(root)),
                plain.limits()));
    }

    private static RunFacts facts(Instant asOf) {
        return new RunFacts(
                "2026-11-23T02-00-00Z-7f3a",
                "example",
                asOf,
                asOf,
                null,
                new RunFacts.Tool("tickmark", "0", "", RunFacts.Tree.UNKNOWN, false, "17", List.of()),
                "0".repeat(64),
                "alice",
                null,
                List.of("toy-2026"),
                List.of(),
                List.of());
    }

    @Test
    void thePackagesOwnTestsGiveItsOwnFindingsByteByByte() throws IOException {
        Path again = folder.resolve("again");

        Reperformance.findings(root, again, Limits.usual());

        assertThat(everything(again)).isEqualTo(everything(root.resolve("2-findings")));
        assertThat(everything(again)).containsKeys("findings.csv", "criteria-toy-2026.csv", "tests/IAM-906.run.sql");
    }

    @Test
    void aFindingThatWasEditedComesOutOtherwise() throws IOException {
        Path findings = root.resolve("2-findings/findings.csv");
        String before = Files.readString(findings);
        Files.writeString(findings, before.replace(",k3,NOT_APPLICABLE,", ",k3,PASS,"));

        Reperformance.findings(root, folder.resolve("again"), Limits.usual());

        assertThat(folder.resolve("again/findings.csv")).hasContent(before);
    }

    @Test
    void theScriptForTheAuditorsShellGivesTheRowsOfTheQueryFromThePackageAlone() throws Exception {
        String script = Files.readString(root.resolve("2-findings/tests/IAM-906.run.sql"));

        List<String> rows = shell(script);

        assertThat(rows)
                .containsExactly(
                        "declared_files_global|k1|PASS|key of 'alice, \"a\", age 90 days",
                        "declared_files_global|k2|PASS|key of =cmd, age 91 days",
                        "declared_files_global|k3|NOT_APPLICABLE|key of bob — ü\r\n2, age 2518 days",
                        "declared_files_global|k4|FAIL|key of eve, age 2518 days",
                        "toy_1_east|k1|NOT_EVALUATED|key of eve, age unknown");
        assertThat(script)
                .contains("max_age_days = 91 days (policy: Policy: \"keys\" 4.2)")
                .contains("'1-evidence/toy_1_east/estate/toy_key.csv'")
                .doesNotContain(root.toString())
                .doesNotContain("'/")
                .containsSubsequence(
                        "read_csv",
                        "enable_external_access = false",
                        "lock_configuration = true",
                        "prepare",
                        "execute");
    }

    /** The statements in a fresh database, as the shell in the package's folder would run them. */
    private List<String> shell(String script) throws SQLException {
        String statements = script.lines()
                .filter(line -> !line.startsWith("."))
                .collect(Collectors.joining("\n"))
                .replace("'1-evidence/", "'" + root + "/1-evidence/");
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            for (String statement : Sql.statements("the script", statements)) {
                if (statement.isBlank()) {
                    continue;
                }
                try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                    if (prepared.execute() && statement.strip().startsWith("execute")) {
                        ResultSet result = prepared.getResultSet();
                        while (result.next()) {
                            rows.add(String.join(
                                    "|",
                                    result.getString(1),
                                    result.getString(2),
                                    result.getString(3),
                                    result.getString(4)));
                        }
                    }
                }
            }
        }
        return rows;
    }

    @Test
    void theDefinitionInThePackageIsOneOfTheCatalogsForm() throws IOException {
        assertThat(Files.readString(root.resolve("2-findings/tests/IAM-906.yaml")))
                .contains("value: \"91\"", "default: \"90\"", "policy: \"Policy: \\\"keys\\\" 4.2\"", "toy_key:");
        assertThat(Catalog.of(List.of(), List.of(Toy.keyAge())).control("IAM-906"))
                .isPresent();
    }

    private static Map<String, String> everything(Path from) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(from.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
