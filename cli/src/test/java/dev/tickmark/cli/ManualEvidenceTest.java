package dev.tickmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From attached documents, approved deviations and responses to a package that comes out the same again. */
class ManualEvidenceTest {
    private static final String CONTROL = """
            id: ACME-001
            title: Workers have a manager
            objective: Someone answers for each worker.
            collection: automated
            cadence: quarterly
            version: 1
            main_table: hr_person
            when_empty: not_applicable
            evidence: [hr_person]
            remediation: Name a manager in the HR system.
            links: []
            """;
    private static final String QUERY = """
            select scope_id, row_key,
                   case when manager_id is null then 'FAIL'
                        when manager_id <> '' then 'PASS'
                        else 'NOT_EVALUATED' end as outcome,
                   concat('worker ', worker_id, ', manager ', coalesce(manager_id, 'none')) as reason
            from hr_person
            """;
    private static final String CONFIGURATION = """
            organization: Example Organization
            frameworks: [soc2-2017]
            sources:
              files:
                - table: hr_person
                  path: roster.csv
                  columns: {worker_id: id, display_name: name, manager_id: manager}
                  declaration:
                    system: Example HR
                    report: All workers
                    filter: none
                    run_by: erin@example.com
                    run_at: 2026-11-20T05:30:00Z
                    row_count: 3
            """;

    @TempDir
    Path folder;

    private Session session = new Session(Path.of(""));

    @BeforeEach
    void aRosterWithTwoWorkersWithoutManager() throws IOException {
        session = new Session(folder);
        Files.writeString(folder.resolve("tickmark.yaml"), CONFIGURATION);
        Files.writeString(folder.resolve("roster.csv"), "id,name,manager\nE1,Alice,E2\nE2,Bilal,\nE3,Chloe,\n");
        Files.createDirectories(folder.resolve("catalog/controls"));
        Files.writeString(folder.resolve("catalog/controls/acme-001.yaml"), CONTROL);
        Files.writeString(folder.resolve("catalog/controls/acme-001.sql"), QUERY);
        Files.writeString(folder.resolve("policy.pdf"), "%PDF-1.7 the policy");
        Files.writeString(folder.resolve("list.csv"), "a;b\n1;\"2\n"); // no CSV of ours
    }

    private void run(String... arguments) {
        assertThat(session.run(arguments)).as(session.out() + session.err()).isIn(0, 4);
    }

    private void attach(String file, String control, String... more) {
        run(Stream.concat(
                        Stream.of(
                                "attach",
                                file,
                                "--control",
                                control,
                                "--owner",
                                "Erin Example",
                                "--document-date",
                                "2026-11-01"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void whatPeopleDeclareIsSealedPrintedAndWorkedOutAgain() throws IOException {
        attach(
                "policy.pdf",
                "GOV-003",
                "--title",
                "Security policy",
                "--reviewed-by",
                "Frank",
                "--reviewed-on",
                "2026-11-02");
        attach("list.csv", "GOV-004");
        run("run", "--no-seal");
        run("acceptances", "--template");
        String skeleton = session.out();
        assertThat(skeleton)
                .contains("control: ACME-001")
                .contains("row_key: \"E2\"")
                .contains("# worker E3, manager none");
        Files.writeString(folder.resolve("acceptances.yaml"), skeleton);
        assertThat(session.run("run", "--no-seal")).isEqualTo(2);
        assertThat(session.err()).contains("acceptances.yaml, line 4,").contains("requester");
        Files.writeString(
                folder.resolve("acceptances.yaml"),
                skeleton.replace("requester:", "requester: Erin Example")
                                .replace("approver:", "approver: Frank Example")
                                .replace("reason:", "reason: The founder reports to the board.")
                                .replace("compensating_control:", "compensating_control: The board meets monthly.")
                                .replace("approved_on:", "approved_on: 2026-11-01")
                                .replace("expires_on:", "expires_on: 2027-11-01")
                                .replaceAll("(?m)^    # worker E3.*\n.*\n", "")
                        + "    - {scope: elsewhere, row_key: E9}\n");
        Files.writeString(folder.resolve("responses.yaml"), """
                - control: ACME-001
                  item: {account: Example HR, row_key: E3}
                  response: Bilal becomes the manager.
                  owner: Erin Example
                  due: 2026-12-15
                - control: ACME-001
                  item: {account: Example HR, row_key: E1}
                  response: Nothing to do.
                  owner: Erin Example
                """);

        session.at(Instant.parse("2026-11-23T03:00:00Z"));
        run("run", "--demo-identity");

        assertThat(session.err())
                .contains("Acceptance 'ACME-001-1' of elsewhere E9 in ACME-001 met no deviation.")
                .contains("The response to ACME-001 (1-evidence/declared/responses.yaml, line 6");
        Path run = newest();
        assertThat(Files.readString(run.resolve("2-findings/controls.csv")))
                .contains("ACME-001,Workers have a manager,FAIL,3,1,1,1,0,0,")
                .containsPattern("GOV-003,[^\n]*,PASS,1,1,")
                .containsPattern("GOV-004,[^\n]*,NOT_EVALUATED,1,");
        assertThat(Files.readString(run.resolve("2-findings/acceptances.csv")))
                .contains(",used,1")
                .contains(",unused,0");
        String html = Files.readString(run.resolve("3-report/index.html"));
        assertThat(html)
                .contains("Management response (not tested)")
                .contains("Bilal becomes the manager. (Erin Example, due 2026-12-15)")
                .doesNotContain("Nothing to do.")
                .contains("Security policy")
                .contains("met no deviation")
                .contains("documents are due");
        Path zip = packages().get(0);
        assertThat(session.run("verify", zip.toString(), "--allow-demo", "--reperform"))
                .as(session.out() + session.err())
                .isIn(0, 8);
        assertThat(session.out() + session.err())
                .contains("Running the tests again")
                .doesNotContain("DIFFERS")
                .doesNotContain("INCOMPLETE");
        run("acceptances");
        assertThat(session.out()).contains("343 days left").contains("E2: used").contains("elsewhere E9: unused");
    }

    @Test
    void aCopyThatIsEditedInTheRunIsNotSealed() throws IOException {
        attach("policy.pdf", "GOV-003", "--reviewed-by", "Frank", "--reviewed-on", "2026-11-02");
        run("run", "--no-seal");
        Path list = newest().resolve("1-evidence/declared/attachments.yaml");
        Files.writeString(list, Files.readString(list).replace("Frank", "Grace"));

        assertThat(session.run("seal", "--demo-identity")).isEqualTo(3);
        assertThat(session.err()).contains("1-evidence/declared/attachments.yaml");
    }

    @Test
    void aChangeAfterTheRunBeganDoesNotReachItsAssessment() throws IOException {
        attach("policy.pdf", "GOV-003", "--reviewed-by", "Frank", "--reviewed-on", "2026-11-02");
        run("run", "--no-seal");
        Files.delete(folder.resolve("attachments.yaml"));

        run("assess");

        assertThat(Files.readString(newest().resolve("2-findings/controls.csv")))
                .containsPattern("GOV-003,[^\n]*,PASS,1,1,");
    }

    private Path newest() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("tickmark-out/runs"))) {
            return runs.sorted().reduce((first, second) -> second).orElseThrow();
        }
    }

    private List<Path> packages() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tickmark-out/packages"))) {
            return files.filter(file -> file.toString().endsWith(".zip")).toList();
        }
    }
}
