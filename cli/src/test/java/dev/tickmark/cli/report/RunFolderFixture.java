package dev.tickmark.cli.report;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.ControlTest;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.EvidenceRequest;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.Link;
import dev.tickmark.catalog.Parameter;
import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.csv.CsvWriter;
import dev.tickmark.evidence.csv.LineageCsv;
import dev.tickmark.evidence.run.Accuracy;
import dev.tickmark.evidence.run.DeclaredFile;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes an assessed run folder with an item of every kind that is hard to print. */
final class RunFolderFixture {
    static final String ACCOUNT = "aws_111122223333_global";
    static final String OTHER = "aws_444455556666_global";
    static final String RTL_OVERRIDE = "invoice\u202Egpj.exe";
    static final String LONG_KEY = "arn:aws:iam::111122223333:user/" + "subdivision-of-the-group/".repeat(18) + "+dev";
    static final String LONG_REASON =
            "the last of very many words: " + "attached policy, ".repeat(420) + "end of the reason";
    static final String RECORD = "urn:uuid:3103ca9c-3675-8678-86d5-221eed8e000c";
    static final String KEY = "AKIAIOSFODNN7EXAMPLE";

    private static final String FINDINGS = "control_id,test_id,test_version,main_table,scope_id,account_id,region,"
            + "row_key,outcome,reason,observation,acceptance_id";
    private static final String CONTROLS = "control_id,title,outcome,items,passed,failed,accepted,not_applicable,"
            + "not_evaluated,scopes,scopes_incomplete,evidence_as_of_min,evidence_as_of_max,thresholds";
    private static final String CRITERIA = "criterion_id,control_id,link,reason,not_covered,control_outcome";

    private final Path run;
    private final Map<String, Map<Outcome, Long>> counts = new TreeMap<>();

    private RunFolderFixture(Path run) {
        this.run = run;
    }

    /** A run with the given number of further failing access keys. */
    static Path write(Path folder, int manyKeys) throws IOException {
        Path run = folder.resolve("2026-11-23T02-00-00Z-7f3a");
        Files.createDirectories(run.resolve("1-evidence/" + ACCOUNT + "/aws-identity"));
        Files.createDirectories(run.resolve("1-evidence/" + OTHER + "/aws-identity"));
        Files.createDirectories(run.resolve("1-evidence/declared_hr_global/file"));
        Files.createDirectories(run.resolve("2-findings"));
        RunFolderFixture fixture = new RunFolderFixture(run);
        fixture.runJson();
        fixture.completeness();
        fixture.evidence(ACCOUNT, "111122223333");
        fixture.evidence(OTHER, "444455556666");
        fixture.lineage();
        fixture.runs();
        fixture.findings(manyKeys);
        fixture.controls();
        fixture.criteria();
        fixture.acceptances();
        fixture.asUsed();
        return run;
    }

    static Catalog catalog() {
        List<Criterion> criteria = new ArrayList<>();
        for (String number : List.of("CC6.1", "CC6.2", "CC6.3", "CC7.1")) {
            criteria.add(new Criterion(
                    number,
                    number.equals("CC6.1") ? "Access is limited by technical means" : "Short words of ours",
                    "Logical access",
                    "criterion",
                    Criterion.Obligation.NOT_STATED,
                    "",
                    "",
                    "",
                    ""));
        }
        Framework soc2 = new Framework(
                "soc2-2017",
                "soc2",
                "SOC 2 Trust Services Criteria",
                "AICPA",
                "2017, points of focus 2022",
                "The numbers are AICPA's, the words are ours.",
                "",
                "https://www.aicpa-cima.com/",
                criteria);
        return Catalog.of(
                List.of(soc2),
                List.of(
                        control("IAM-002", "The root user has no keys", "aws_iam_root", List.of()),
                        control(
                                "IAM-006",
                                "Access keys are replaced in time",
                                "aws_iam_access_key",
                                List.of(new Parameter(
                                        "max_age_days", Parameter.Type.INTEGER, "90", "CIS AWS Foundations", "days"))),
                        control("IAM-010", "Administrators are approved", "aws_iam_user", List.of()),
                        control("MFA-001", "People use a second factor", "aws_iam_user", List.of()),
                        control("UAR-004", "Leavers have no access", "hr_person", List.of()),
                        document("BCP-001", "A restore was tried")));
    }

    private static Control control(String id, String title, String table, List<Parameter> parameters) {
        return new Control(
                id,
                title,
                "A leaked key stops working before it is worth much.",
                "",
                EvidenceRequest.of("", EvidenceRequest.Gathering.AUTOMATED, "quarterly"),
                "",
                List.of(table),
                List.of(),
                parameters,
                Optional.of(new ControlTest(id, 1, table, id + ".sql", "select 1")),
                Control.WhenEmpty.NOT_APPLICABLE,
                "Keys outside AWS; people who sign in through Identity Center.",
                "Create a second key, move the workload to it, deactivate the old key, delete it after a week.",
                List.of(),
                List.of(new Link(
                        "soc2", "CC6.1", Link.Strength.SUPPORTING, "limits a stolen credential", "other clouds")),
                id + ".yaml");
    }

    private static Control document(String id, String title) {
        return new Control(
                id,
                title,
                "A backup can be read back.",
                "",
                EvidenceRequest.of(
                        "The record of the last restore, with date and who did it",
                        EvidenceRequest.Gathering.MANUAL,
                        "yearly"),
                "",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Control.WhenEmpty.NOT_APPLICABLE,
                "",
                "Try a restore.",
                List.of(),
                List.of(),
                id + ".yaml");
    }

    private void runJson() {
        Instant at = Instant.parse("2026-11-23T02:00:00Z");
        RunFacts.ScopeFact sandbox = new RunFacts.ScopeFact(
                new Scope("aws", "777788889999", "global"),
                false,
                "sandbox without customer data",
                "bob",
                "2026-10-01");
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("worker_id", "Employee ID");
        columns.put("work_email", "E-mail (work)");
        DeclaredFile roster = new DeclaredFile(
                "hr_person",
                Path.of("roster.csv"),
                "hr",
                "All workers",
                "former workers since 2026-01-01",
                "erin@example.com",
                Instant.parse("2026-11-22T17:30:00Z"),
                43,
                columns,
                Optional.empty(),
                "UTF-8",
                Optional.of("dd.MM.yyyy"),
                "Europe/Berlin");
        new RunFacts(
                        "2026-11-23T02-00-00Z-7f3a",
                        "M\u00fcller & S\u00f6hne <GmbH>",
                        at,
                        at,
                        null,
                        new RunFacts.Tool(
                                "tickmark",
                                "0.1.0-SNAPSHOT",
                                "809498a1b2c3d4e5f60718293a4b5c6d7e8f9012",
                                RunFacts.Tree.MODIFIED,
                                false,
                                "17.0.15 (Temurin)",
                                List.of(
                                        new RunFacts.Jar("duckdb_jdbc-1.5.6.0.jar", "ab".repeat(32)),
                                        new RunFacts.Jar("jwarc-0.31.1.jar", "ac".repeat(32)),
                                        new RunFacts.Jar("openpdf-2.0.5.jar", "ad".repeat(32)))),
                        "cd".repeat(32),
                        "alice@example.com",
                        7,
                        List.of("soc2-2017"),
                        List.of(
                                RunFacts.ScopeFact.in(new Scope("aws", "111122223333", "global")),
                                RunFacts.ScopeFact.in(new Scope("aws", "444455556666", "global")),
                                RunFacts.ScopeFact.in(new Scope("declared", "hr", "global")),
                                sandbox),
                        List.of(new RunFacts.Parameter("MFA-001", "grace_days", "7", "ISP-4 \u00a72")),
                        List.of(new RunFacts.Exclusion(
                                "aws_account_region", "identity alone is asked for", "carol", "2026-10-02")),
                        List.of(roster))
                .write(new RunFolder(run));
    }

    private void completeness() {
        table("1-evidence/completeness.csv", columns("tickmark_population"), rows -> {
            population(
                    rows,
                    ACCOUNT,
                    "aws_iam_access_key",
                    "aws-identity",
                    "COMPLETE",
                    "SOURCE",
                    12,
                    "12 rows = 12 aws_iam_account_summary.access_keys (same system)",
                    "",
                    "last page read, counts agree",
                    "");
            population(
                    rows,
                    ACCOUNT,
                    "aws_iam_root",
                    "aws-identity",
                    "COMPLETE",
                    "SOURCE",
                    1,
                    "",
                    "",
                    "the report has its row",
                    "");
            population(
                    rows,
                    ACCOUNT,
                    "aws_iam_user",
                    "aws-identity",
                    "COMPLETE",
                    "SOURCE",
                    9,
                    "9 rows + 1 root = 10 rows of the credential report (same system)",
                    "",
                    "last page read, counts agree",
                    "");
            population(
                    rows,
                    OTHER,
                    "aws_iam_access_key",
                    "aws-identity",
                    "DENIED",
                    "SOURCE",
                    0,
                    "",
                    "NO_IDENTITY_POLICY",
                    "iam:ListAccessKeys is denied to role 'audit'",
                    "Grant iam:ListAccessKeys to arn:aws:iam::444455556666:role/audit");
            population(
                    rows,
                    OTHER,
                    "aws_iam_user",
                    "aws-identity",
                    "EMPTY_PROVEN",
                    "SOURCE",
                    0,
                    "0 rows = 0 aws_iam_account_summary.users (same system)",
                    "",
                    "the only page was empty and the summary counts none",
                    "");
            population(
                    rows,
                    "declared_hr_global",
                    "hr_person",
                    "file",
                    "PARTIAL",
                    "DECLARED",
                    41,
                    "41 rows = 43 rows shown by the system (independent)",
                    "",
                    "2 lines could not be read: 17, 30",
                    "Put lines 17 and 30 right in the export, or export it again");
        });
    }

    private static void population(
            Consumer<List<String>> rows,
            String scope,
            String table,
            String collector,
            String verdict,
            String basis,
            long count,
            String equations,
            String denial,
            String reason,
            String remedy) {
        String account = scope.split("_", -1)[1];
        boolean open = verdict.equals("PARTIAL");
        rows.accept(List.of(
                scope,
                account,
                "global",
                "2026-11-23T02:00:03Z",
                scope + "/" + table,
                table,
                "1",
                collector,
                "1-evidence/" + scope + "/" + collector,
                "1",
                verdict,
                basis,
                Long.toString(count),
                "1",
                open ? "2" : "",
                "2026-11-23T02:00:01Z",
                "2026-11-23T02:00:09Z",
                "-312",
                equations,
                open ? "1" : "0",
                open ? "[\"w-17\",\"w-30\"]" : "",
                denial,
                reason,
                remedy,
                "0"));
    }

    private void evidence(String scope, String account) {
        Map<String, Long> conversions = Map.of("instant", 24L, "boolean", 12L);
        List<Accuracy.Trace> trace = List.of(
                new Accuracy.Trace("AIDAEXAMPLEALICE", "https://console.aws.amazon.com/iam/home#/users/details/alice"),
                new Accuracy.Trace("AIDAEXAMPLEBOB", "https://console.aws.amazon.com/iam/home#/users/details/bob"));
        List<Evidence.Table> tables = new ArrayList<>();
        for (String table : List.of("aws_iam_access_key", "aws_iam_root", "aws_iam_user")) {
            tables.add(new Evidence.Table(
                    table,
                    1,
                    new Completeness(Verdict.COMPLETE, Basis.SOURCE, 12, 1, "last page read", "", null),
                    Instant.parse("2026-11-23T02:00:03Z"),
                    new Accuracy(12, 12, Map.of(), "1", conversions, trace),
                    "12".repeat(32)));
        }
        new Evidence(
                        "aws-identity",
                        1,
                        new Scope("aws", account, "global"),
                        "arn:aws:sts::" + account + ":assumed-role/audit/tickmark-2026-11-23T02-00-00Z-7f3a",
                        Instant.parse("2026-11-23T02:00:01Z"),
                        Instant.parse("2026-11-23T02:00:09Z"),
                        -312L,
                        List.of(
                                new Evidence.Operation(
                                        "iam",
                                        "GetAccountAuthorizationDetails",
                                        "MaxItems=1000, Filter=User, Role, Group, LocalManagedPolicy",
                                        3,
                                        4,
                                        Map.of("Throttling", 1L)),
                                new Evidence.Operation("iam", "ListAccessKeys", "", 9, 9, Map.of())),
                        List.of(),
                        new Evidence.Recording("raw.warc.gz", "ef".repeat(32), 27),
                        tables,
                        Map.of())
                .write(run.resolve("1-evidence/" + scope + "/aws-identity"));
    }

    private void lineage() {
        table("1-evidence/" + ACCOUNT + "/aws-identity/aws_iam_user.lineage.csv", LineageCsv.COLUMNS, rows -> {
            for (String key : List.of("AIDAEXAMPLEALICE", "AIDAEXAMPLEBOB", "AIDAEXAMPLECAROL")) {
                rows.accept(List.of(key, RECORD, "/UserDetailList/member[1]", "user_id;user_name"));
                rows.accept(List.of(key, "urn:uuid:another", "/Content#line 4", "password_last_used"));
            }
        });
    }

    private void runs() {
        table("runs.csv", columns("tickmark_run"), rows -> {
            rows.accept(List.of(
                    "tickmark",
                    "mueller",
                    "global",
                    "2026-11-23T02:00:00Z",
                    "2026-11-16T02-00-00Z-1111",
                    "run",
                    "2026-11-16T02-00-00Z-1111",
                    "2026-11-16T02:00:00Z",
                    "2026-11-16T02:01:00Z",
                    "failed",
                    "",
                    "",
                    "1",
                    "",
                    "",
                    "7"));
            rows.accept(List.of(
                    "tickmark",
                    "mueller",
                    "global",
                    "2026-11-23T02:00:00Z",
                    "2026-11-23T02-00-00Z-7f3a",
                    "run",
                    "2026-11-23T02-00-00Z-7f3a",
                    "2026-11-23T02:00:00Z",
                    "2026-11-23T02:00:15Z",
                    "collected",
                    "6",
                    "2",
                    "0",
                    "",
                    "2026-11-16T02:00:00Z",
                    "7"));
            rows.accept(List.of(
                    "tickmark",
                    "mueller",
                    "global",
                    "2026-11-23T02:00:00Z",
                    "schedule",
                    "schedule",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "7"));
        });
    }

    private void findings(int manyKeys) {
        table("2-findings/findings.csv", texts(FINDINGS), rows -> {
            finding(
                    rows,
                    "IAM-002",
                    "aws_iam_root",
                    ACCOUNT,
                    "root",
                    Outcome.PASS,
                    "root has no access keys",
                    "root signed in 12 days ago",
                    "");
            finding(
                    rows,
                    "IAM-006",
                    "aws_iam_access_key",
                    ACCOUNT,
                    KEY,
                    Outcome.FAIL,
                    "key of =cmd|' /C calc'!A0, Active, age 400 days, limit 90 days",
                    "",
                    "");
            finding(
                    rows,
                    "IAM-006",
                    "aws_iam_access_key",
                    ACCOUNT,
                    "AKIAI44QH8DHBEXAMPLE",
                    Outcome.ACCEPTED,
                    "key of backup, Active, age 120 days, limit 90 days",
                    "",
                    "ACC-7");
            finding(
                    rows,
                    "IAM-006",
                    "aws_iam_access_key",
                    ACCOUNT,
                    "AKIAIABCDEFGHEXAMPLE",
                    Outcome.PASS,
                    "key of alice, Active, age 12 days, limit 90 days",
                    "",
                    "");
            for (int i = 0; i < manyKeys; i++) {
                finding(
                        rows,
                        "IAM-006",
                        "aws_iam_access_key",
                        ACCOUNT,
                        "key-" + i,
                        Outcome.FAIL,
                        "key of service-" + i + ", Active, age " + (91 + i) + " days, limit 90 days",
                        "",
                        "");
            }
            finding(
                    rows,
                    "IAM-006",
                    "aws_iam_access_key",
                    OTHER,
                    "population:aws_iam_access_key",
                    Outcome.NOT_EVALUATED,
                    "aws_iam_access_key was not read: iam:ListAccessKeys is denied",
                    "",
                    "");
            finding(
                    rows,
                    "IAM-010",
                    "aws_iam_user",
                    ACCOUNT,
                    "population:register_administrator",
                    Outcome.NOT_EVALUATED,
                    "no register declared",
                    "",
                    "");
            for (String name : List.of(
                    "=cmd",
                    "alice",
                    "\u4e2d\u6587\u540d",
                    "\u0395\u03bb\u03ad\u03bd\u03b7",
                    "\u0416\u0430\u043d\u043d\u0430",
                    "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df",
                    "\u0645\u062d\u0645\u062f",
                    RTL_OVERRIDE,
                    "<b>bold</b>&amp;")) {
                Outcome outcome = name.equals("alice") ? Outcome.PASS : Outcome.FAIL;
                finding(
                        rows,
                        "MFA-001",
                        "aws_iam_user",
                        ACCOUNT,
                        name,
                        outcome,
                        "console password true, second factor " + name.equals("alice"),
                        outcome == Outcome.PASS ? "virtual device; a phishing-resistant one is better" : "",
                        "");
            }
            finding(rows, "MFA-001", "aws_iam_user", ACCOUNT, LONG_KEY, Outcome.FAIL, "no second factor", "", "");
            finding(rows, "MFA-001", "aws_iam_user", ACCOUNT, "+ops", Outcome.FAIL, LONG_REASON, "", "");
            finding(
                    rows,
                    "MFA-001",
                    "aws_iam_user",
                    ACCOUNT,
                    "robot",
                    Outcome.NOT_APPLICABLE,
                    "no console password",
                    "",
                    "");
            finding(
                    rows,
                    "UAR-004",
                    "hr_person",
                    "declared_hr_global",
                    "population:hr_person",
                    Outcome.NOT_EVALUATED,
                    "2 lines could not be read: 17, 30",
                    "",
                    "");
        });
    }

    private void finding(
            Consumer<List<String>> rows,
            String control,
            String table,
            String scope,
            String key,
            Outcome outcome,
            String reason,
            String observation,
            String acceptance) {
        counts.computeIfAbsent(control, none -> new EnumMap<>(Outcome.class)).merge(outcome, 1L, Long::sum);
        rows.accept(List.of(
                control,
                control,
                "1",
                table,
                scope,
                scope.split("_", -1)[1],
                "global",
                key,
                outcome.name(),
                reason,
                observation,
                acceptance));
    }

    private void controls() {
        table("2-findings/controls.csv", texts(CONTROLS), rows -> {
            control(rows, "BCP-001", "A restore was tried", Outcome.NOT_COLLECTED, 0, "");
            control(rows, "IAM-002", "The root user has no keys", Outcome.PASS, 0, "");
            control(
                    rows,
                    "IAM-006",
                    "Access keys are replaced in time",
                    Outcome.FAIL,
                    1,
                    "max_age_days = 90 days (CIS AWS Foundations; built-in default, not the organisation's stated policy)");
            control(rows, "IAM-010", "Administrators are approved", Outcome.NOT_EVALUATED, 1, "");
            control(rows, "MFA-001", "People use a second factor", Outcome.FAIL, 0, "");
            control(rows, "UAR-004", "Leavers have no access", Outcome.NOT_EVALUATED, 1, "");
        });
    }

    private void control(
            Consumer<List<String>> rows, String id, String title, Outcome outcome, int incomplete, String thresholds) {
        Map<Outcome, Long> own = counts.getOrDefault(id, Map.of());
        long items = own.values().stream().mapToLong(Long::longValue).sum();
        List<String> cells = new ArrayList<>(List.of(id, title, outcome.name(), Long.toString(items)));
        for (Outcome each :
                List.of(Outcome.PASS, Outcome.FAIL, Outcome.ACCEPTED, Outcome.NOT_APPLICABLE, Outcome.NOT_EVALUATED)) {
            cells.add(Long.toString(own.getOrDefault(each, 0L)));
        }
        cells.addAll(List.of(
                "2",
                Integer.toString(incomplete),
                items == 0 ? "" : "2026-11-23T01:58:00Z",
                items == 0 ? "" : "2026-11-23T02:00:03Z",
                thresholds));
        rows.accept(cells);
    }

    private void acceptances() {
        String header =
                "acceptance_id,control_id,scope_id,row_key,requester,approver,reason,compensating_control,expires_on";
        table(
                "2-findings/acceptances.csv",
                texts(header),
                rows -> rows.accept(List.of(
                        "ACC-7",
                        "IAM-006",
                        ACCOUNT,
                        "AKIAI44QH8DHBEXAMPLE",
                        "carol",
                        "dave",
                        "vendor appliance",
                        "address list",
                        "2027-01-31")));
    }

    private void asUsed() throws IOException {
        Files.createDirectories(run.resolve("2-findings/tests"));
        Files.writeString(run.resolve("2-findings/tests/IAM-006.yaml"), """
                id: "IAM-006"
                version: 3
                title: "Access keys are replaced in time"
                objective: "A leaked key stops working before it is worth much."
                cadence: "quarterly"
                collection: "automated"
                main_table: "aws_iam_access_key"
                when_empty: "not_applicable"
                evidence:
                  - "aws_iam_access_key"
                parameters:
                  max_age_days:
                    value: "90"
                    type: "integer"
                    origin: "CIS AWS Foundations"
                    unit: "days"
                not_covered_note: "Keys outside AWS."
                remediation: "Create a second key and delete the old one."
                """);
    }

    private void criteria() {
        table("2-findings/criteria-soc2-2017.csv", texts(CRITERIA), rows -> {
            rows.accept(List.of(
                    "CC6.1",
                    "IAM-006",
                    "supporting",
                    "limits how long a stolen credential works",
                    "keys outside AWS",
                    "FAIL"));
            rows.accept(List.of(
                    "CC6.1",
                    "MFA-001",
                    "direct",
                    "a second factor is asked for",
                    "applications without single sign-on",
                    "FAIL"));
            rows.accept(List.of(
                    "CC6.2",
                    "UAR-004",
                    "supporting",
                    "leavers are found",
                    "contractors outside the roster",
                    "NOT_EVALUATED"));
            rows.accept(List.of("CC6.3", "", "", "", "", ""));
            rows.accept(List.of("CC7.1", "", "", "", "", ""));
        });
    }

    private static List<Column> columns(String table) {
        return Tables.builtIn().table(table).allColumns();
    }

    private static List<Column> texts(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(name -> new Column(name, ColumnType.TEXT, "", name, List.of(), Column.Sensitivity.NONE))
                .toList();
    }

    private void table(String path, List<Column> columns, Consumer<Consumer<List<String>>> rows) {
        try (CsvWriter writer = new CsvWriter(run.resolve(path), path, columns)) {
            rows.accept(writer::row);
            writer.finish();
        }
    }
}
