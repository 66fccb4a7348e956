package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.Link;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.catalog.declared.FrameworkDeclarations;
import dev.tickmark.catalog.declared.Skeletons;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What management states of frameworks, beside what the tests found. */
class ManagementStatementsTest {
    private static final Instant AS_OF = Instant.parse(Estate.AS_OF);
    private static final Catalog BUILT_IN = Catalog.builtIn();
    private static final String STATEMENT = Skeletons.statement(BUILT_IN)
            .replaceFirst("organization: ", "organization: Example ")
            .replaceFirst("scope: ", "scope: the platform ")
            .replaceFirst("owner: ", "owner: erin ")
            .replaceFirst("approver: ", "approver: carol ")
            .replaceFirst("approved_on: +#.*", "approved_on: 2026-11-01")
            .replace("applicable:\n", "applicable: true\n")
            .replace("justification:\n", "justification: A risk asks for it.\n")
            .replace("implemented:\n", "implemented: yes\n")
            .replaceFirst("(id: A\\.7\\.1 .*\n)    applicable: true", "$1    applicable: false")
            .replaceFirst("(id: A\\.7\\.1 .*\n.*\n.*\n)    implemented: yes\n", "$1");
    private static final String DECISIONS = """
            owner: erin
            decisions:
              - specification: "164.308(a)(5)(ii)(D)"
                decision: implemented
                decided_by: carol
                decided_on: 2025-03-01
                risk_analysis: RA-2025
                review_on: 2026-03-01
            """;
    private static final String SCOPE = """
            soc2:
              in_scope: [security, availability, confidentiality, privacy]
              reason: engagement letter
              owner: erin
              date: 2026-10-01
              out_of_scope: [{category: processing_integrity, reason: no transactions, owner: erin, date: 2026-10-01}]
            hipaa: {roles: [business_associate], reason: contracts, owner: erin, date: 2026-10-01}
            subservice_organizations:
              - name: Example Cloud
                services: hosting
                method: carve_out
                criteria: [CC6.4]
                complementary_controls: [Doors are guarded.]
                reason: no data centre
                owner: erin
                date: 2026-10-01
            """;

    @TempDir
    Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void aRun() {
        root = folder.resolve("2026-11-23T02-00-00Z-7f3a");
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2020-01-01T00:00:00Z"))
                .write(root);
        new RunFacts(
                        "2026-11-23T02-00-00Z-7f3a",
                        "example",
                        AS_OF,
                        AS_OF,
                        null,
                        new RunFacts.Tool("tickmark", "0", "", RunFacts.Tree.UNKNOWN, false, "17", List.of()),
                        "0".repeat(64),
                        "alice",
                        null,
                        List.of(),
                        List.of(),
                        List.of())
                .write(new RunFolder(root));
    }

    @Test
    void standBesideTheOutcomesAndComeOutTheSameAgainFromThePackage() throws IOException {
        assess(Map.of(
                FrameworkDeclarations.STATEMENT, STATEMENT,
                FrameworkDeclarations.DECISIONS, DECISIONS,
                FrameworkDeclarations.SCOPE, SCOPE));
        Path again = folder.resolve("again");

        Reperformance.findings(root, again, Limits.usual());

        assertThat(everything(again)).isEqualTo(everything(findings()));
        assertThat(lines("statement-of-applicability.csv")).hasSize(94);
        assertThat(lines("statement-of-applicability.csv"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("A.8.5,Secure authentication,annex_a,,true,A risk asks for it.,yes,")
                        .endsWith(",IAM-906 FAIL"))
                .anySatisfy(line -> assertThat(line).startsWith("A.7.1,").contains(",false,A risk asks for it.,,,"));
        assertThat(lines("hipaa-decisions.csv")).hasSize(23);
        assertThat(lines("hipaa-decisions.csv"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("164.308(a)(5)(ii)(D),Password management,implemented,")
                        .endsWith(",Its review was due on 2026-03-01.,IAM-906 FAIL"))
                .filteredOn(line -> line.contains(",undecided,"))
                .hasSize(21);
        assertThat(lines("criteria-soc2-2017.csv"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("CC6.4,,,,,,category security,carved_out,\"Carved out to Example Cloud"))
                .filteredOn(line -> line.contains(",category_not_included,"))
                .hasSize(5);
        assertThat(lines("criteria-iso27001-2022.csv"))
                .anySatisfy(line -> assertThat(line).endsWith(",annex A,excluded,A risk asks for it."))
                .anySatisfy(line -> assertThat(line).isEqualTo("4.1,,,,,,,,"));
        assertThat(lines("criteria-hipaa-breach-notification.csv"))
                .filteredOn(line -> line.contains(",not_this_role,"))
                .hasSize(7);
    }

    @Test
    void thatWereEditedInTheFindingsComeOutOtherwise() throws IOException {
        assess(Map.of(
                FrameworkDeclarations.STATEMENT, STATEMENT,
                FrameworkDeclarations.DECISIONS, DECISIONS,
                FrameworkDeclarations.SCOPE, SCOPE));
        Map<String, String> before = everything(findings());
        edit("statement-of-applicability.csv", "annex_a,,false,", "annex_a,,true,");
        edit("hipaa-decisions.csv", ",undecided,", ",implemented,");
        edit("criteria-soc2-2017.csv", ",category_not_included,", ",in_scope,");
        Path again = folder.resolve("again");

        Reperformance.findings(root, again, Limits.usual());

        assertThat(everything(again)).isEqualTo(before).isNotEqualTo(everything(findings()));
    }

    @Test
    void leaveEveryAddressableSpecificationUndecidedWhereNothingIsDeclared() throws IOException {
        assess(Map.of());
        Path again = folder.resolve("again");

        Reperformance.findings(root, again, Limits.usual());

        assertThat(everything(again)).isEqualTo(everything(findings()));
        assertThat(findings().resolve("statement-of-applicability.csv")).doesNotExist();
        assertThat(lines("hipaa-decisions.csv"))
                .filteredOn(line -> line.contains(",undecided,"))
                .hasSize(22);
        assertThat(lines("criteria-soc2-2017.csv"))
                .anySatisfy(line -> assertThat(line).isEqualTo("CC6.4,,,,,,category security,,"));
    }

    private void assess(Map<String, String> files) {
        Declarations declarations = new Declarations();
        files.forEach((name, text) -> declarations.add(name, text.getBytes(StandardCharsets.UTF_8)));
        declarations.freeze(new RunFolder(root), Clock.fixed(AS_OF, ZoneOffset.UTC));
        AssessmentRequest plain = Toy.request(root);
        Assessment.run(new AssessmentRequest(
                plain.root(),
                plain.out(),
                Catalog.of(BUILT_IN.frameworks(), List.of(linked(Toy.keyAge()))),
                plain.tables(),
                BUILT_IN.frameworks().stream().map(Framework::id).toList(),
                plain.organization(),
                AS_OF,
                List.of(),
                Declared.of(new RunFolder(root)),
                plain.limits()));
    }

    private static Control linked(Control control) {
        List<Link> links = Stream.of("soc2:CC6.1", "iso27001:A.8.5", "hipaa:164.308(a)(5)(ii)(D)")
                .map(each -> each.split(":", 2))
                .map(each -> new Link(each[0], each[1], Link.Strength.INDIRECT, "limits a key's life.", ""))
                .toList();
        return new Control(
                control.id(),
                control.title(),
                control.objective(),
                control.risk(),
                control.request(),
                control.rule(),
                control.evidence(),
                control.registers(),
                control.parameters(),
                control.test(),
                control.whenEmpty(),
                control.notCovered(),
                control.remediation(),
                control.references(),
                links,
                control.file());
    }

    private Path findings() {
        return root.resolve("2-findings");
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(findings().resolve(name));
    }

    private void edit(String name, String from, String to) throws IOException {
        Path file = findings().resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replaceFirst(from, to));
    }

    private static Map<String, String> everything(Path folder) throws IOException {
        Map<String, String> everything = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                everything.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return everything;
    }
}
