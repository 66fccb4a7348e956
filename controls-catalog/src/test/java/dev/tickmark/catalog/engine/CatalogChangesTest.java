package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with a catalog of the organisation's own. */
class CatalogChangesTest {
    private static final String OVERRIDE = """
            id: IAM-006
            overrides: built-in
            title: Keys are replaced sooner
            remove: [references]
            parameters:
              max_age_days: {value: 60, origin: Access standard 4.2}
            """;
    private static final String OWN = """
            id: ACME-1
            title: Roles have a short name
            objective: A long name is cut in reports.
            cadence: yearly
            collection: automated
            version: 1
            main_table: aws_iam_role
            evidence: [aws_iam_role]
            parameters:
              longest: {value: 5, origin: ours}
            when_empty: not_applicable
            remediation: Rename it.
            links:
              - {criterion: "house:R1", strength: indirect, why: A name says who owns it.}
              - {criterion: "soc2:CC6.1", strength: indirect, why: A name says who owns it.}
            """;
    private static final String QUERY = """
            select scope_id, row_key,
                   case when length(role_name) <= $longest then 'PASS'
                        when length(role_name) > $longest then 'FAIL'
                        else 'NOT_EVALUATED' end as outcome,
                   concat('the name is ', coalesce(role_name, 'unknown')) as reason
            from aws_iam_role
            """;
    private static final String FRAMEWORK = """
            id: house-2026
            key: house
            title: House rules
            publisher: Example
            edition: "2026"
            notice: Our own.
            criteria: [{id: R1, title: Names are short}]
            """;

    @TempDir
    Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void anAssessedRun() throws IOException {
        root = folder.resolve("2026-11-23T02-00-00Z-7f3a");
        Map<String, String> files = new TreeMap<>(Map.of(
                "controls/iam-006.yaml",
                OVERRIDE,
                "controls/acme-1-names.yaml",
                OWN,
                "controls/acme-1-names.sql",
                QUERY,
                "frameworks/house-2026.yaml",
                FRAMEWORK,
                "frameworks/soc2-2017.yaml",
                "id: soc2-2017\noverrides: built-in\ncriteria: [{id: CC6.1, title: In our words}]\n"));
        new Estate(tables())
                .row("aws_iam_role", Map.of("row_key", "r1", "role_name", "admin"))
                .row("aws_iam_role", Map.of("row_key", "r2", "role_name", "administrator"))
                .write(root);
        Path kept = root.resolve("1-evidence/declared/catalog");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.createDirectories(kept.resolve(file.getKey()).getParent());
            Files.writeString(kept.resolve(file.getKey()), file.getValue());
        }
        facts().write(new RunFolder(root));
        Catalog all = Catalog.builtInAnd(kept);
        List<Control> some = Stream.of("IAM-006", "IAM-007", "ACME-1")
                .map(id -> all.control(id).orElseThrow())
                .toList();
        Assessment.run(new AssessmentRequest(
                root,
                root.resolve("2-findings"),
                Catalog.of(all.frameworks(), some, all.own()),
                tables(),
                List.of("house-2026"),
                "example",
                Instant.parse(Estate.AS_OF),
                List.of(),
                Declared.nothing(),
                Limits.usual()));
    }

    @Test
    void eachChangeIsListedWithTheFileThatMakesIt() throws IOException {
        List<String> lines = Files.readAllLines(root.resolve("2-findings/catalog-changes.csv"));
        String digest = Disk.sha256(root.resolve("1-evidence/declared/catalog/controls/iam-006.yaml"));

        assertThat(lines.get(0)).isEqualTo("kind,id,change,key,built_in,used,file,sha256");
        assertThat(lines)
                .contains(
                        "control,IAM-006,changed,parameters.max_age_days.value,90,60,controls/iam-006.yaml," + digest,
                        "control,ACME-1,added,,,Roles have a short name,controls/acme-1-names.yaml,"
                                + Disk.sha256(root.resolve("1-evidence/declared/catalog/controls/acme-1-names.yaml")))
                .anyMatch(line -> line.startsWith("control,IAM-006,removed,references,"))
                .anyMatch(line -> line.startsWith("control,IAM-006,changed,title,") && line.contains("sooner"))
                .anyMatch(line -> line.startsWith("control,ACME-1,added,query,,"))
                .anyMatch(line -> line.startsWith("framework,house-2026,added,,,House rules,"))
                .anyMatch(line -> line.startsWith("framework,soc2-2017,changed,criteria.CC6.1.title,")
                        && line.contains("In our words"))
                .noneMatch(line -> line.contains("IAM-007"));
    }

    @Test
    void whatWasOverriddenIsKeptAsItWas() {
        assertThat(root.resolve("2-findings/built-in/controls/IAM-006.yaml"))
                .content()
                .contains("value: \"90\"");
        assertThat(root.resolve("2-findings/built-in/controls/IAM-006.sql")).isNotEmptyFile();
        assertThat(root.resolve("2-findings/built-in/controls/ACME-1.yaml")).doesNotExist();
        assertThat(root.resolve("2-findings/built-in/frameworks/soc2-2017.yaml"))
                .isNotEmptyFile();
    }

    @Test
    void everyFileOfTheFindingsFollowsFromThePackageAlone() throws IOException {
        Path again = folder.resolve("again/2-findings");
        Files.createDirectories(again.getParent());

        Reperformance.findings(root, again, Limits.usual());

        assertThat(files(again)).isEqualTo(files(root.resolve("2-findings")));
    }

    @Test
    void anotherOwnFileThanTheOneThatWasUsedComesOutOtherwise() throws IOException {
        Path own = root.resolve("1-evidence/declared/catalog/controls/iam-006.yaml");
        Files.writeString(own, OVERRIDE.replace("60", "61"));
        Path again = folder.resolve("again/2-findings");
        Files.createDirectories(again.getParent());

        Reperformance.findings(root, again, Limits.usual());

        Map<String, String> expected = files(root.resolve("2-findings"));
        Map<String, String> made = files(again);
        assertThat(expected.keySet()).isEqualTo(made.keySet());
        assertThat(made.keySet().stream().filter(name -> !Objects.equals(made.get(name), expected.get(name))))
                .contains("catalog-changes.csv", "tests/IAM-006.yaml", "controls.csv");
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static Map<String, dev.tickmark.evidence.table.TableDefinition> tables() {
        return AssessmentRequest.byName(Tables.builtIn().all());
    }

    private static RunFacts facts() {
        Instant asOf = Instant.parse(Estate.AS_OF);
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
                List.of("house-2026"),
                List.of(),
                List.of());
    }
}
