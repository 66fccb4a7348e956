package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Control.WhenEmpty;
import dev.tickmark.catalog.declared.Acceptance;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.catalog.declared.FrameworkDeclarations;
import dev.tickmark.catalog.declared.Item;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssessmentTest {
    private static final String ALL_PASS = "select scope_id, row_key, 'PASS' as outcome, 'seen' as reason from toy_key";

    @TempDir
    Path root;

    @Test
    void givesOneFindingForEachRowWithTheThresholdItUsed() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2026-08-25T02:00:00Z"))
                .row(Toy.KEYS, Toy.key("k2", "=cmd", "Active", "2026-08-24T02:00:00Z"))
                .row(Toy.KEYS, Toy.key("k3", "bob", "Inactive", "2020-01-01T00:00:00Z"))
                .row(Toy.KEYS, Map.of("row_key", "k4", "user_name", "'eve", "status", "Active"))
                .write(root);

        AssessmentSummary summary = Assessment.run(Toy.request(root, Toy.keyAge()));

        assertThat(lines("findings.csv"))
                .containsExactly(
                        "control_id,test_id,test_version,main_table,scope_id,account_id,region,row_key,outcome,reason,"
                                + "observation,acceptance_id",
                        finding("k1", "PASS", "\"key of alice, age 90 days\""),
                        finding("k2", "FAIL", "\"key of =cmd, age 91 days\""),
                        finding("k3", "NOT_APPLICABLE", "\"key of bob, age 2518 days\""),
                        finding("k4", "NOT_EVALUATED", "\"key of 'eve, age unknown\""));
        assertThat(lines("controls.csv"))
                .containsExactly(
                        "control_id,title,outcome,items,passed,failed,accepted,not_applicable,not_evaluated,scopes,"
                                + "scopes_incomplete,evidence_as_of_min,evidence_as_of_max,thresholds",
                        "IAM-906,Keys are replaced in time,FAIL,4,1,1,0,1,1,1,0,2026-11-23T02:00:00Z,"
                                + "2026-11-23T02:00:00Z,\"max_age_days = 90 days (a benchmark; built-in default, not the"
                                + " organisation's stated policy)\"");
        assertThat(lines("criteria-toy-2026.csv"))
                .containsExactly(
                        "criterion_id,control_id,link,reason,not_covered,control_outcome",
                        "T1.2,IAM-906,direct,limits a key's life,keys elsewhere,FAIL",
                        "T1.1,,,,,");
        assertThat(lines("acceptances.csv")).hasSize(1);
        assertThat(summary.outcomes()).containsExactly(Map.entry(Outcome.FAIL, 1L));
        assertThat(summary.incomplete()).isEmpty();
    }

    @Test
    void everyTypeOfColumnArrivesAsItIs() throws IOException {
        Toy.estate()
                .row(
                        Toy.KEYS,
                        Map.of(
                                "row_key", "k1",
                                "user_name", "'a \"b\", c\r\nd — é",
                                "uses", "-4",
                                "seen_on", "2026-11-22",
                                "root", "true",
                                "policy", "{\"a\":[1]}",
                                "created_at", "2026-11-22T02:00:00Z"))
                .write(root);

        Assessment.run(Toy.request(root, Toy.saying("""
                        select scope_id, row_key, 'PASS' as outcome,
                               concat(user_name, '|', uses + 1, '|', seen_on, '|', root and true, '|',
                                      json_extract_string(policy, '$.a[0]'), '|', created_at, '|', status is null) as reason
                        from toy_key""")));

        assertThat(Files.readString(root.resolve("2-findings/findings.csv")))
                .contains("\"''a \"\"b\"\", c\r\nd — é|-3|2026-11-22|true|1|2026-11-22 02:00:00|true\"");
    }

    @Test
    void evidenceThatIsNotWholeIsNotEvaluatedAndKeepsTheFindingsOnRowsThatWereRead() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k2", "bob", "Active", "2026-11-01T00:00:00Z"))
                .population(
                        Toy.KEYS,
                        Toy.SCOPE,
                        Map.of("verdict", "DENIED", "reason", "page 2 was refused", "remedy", "Grant toy:List."))
                .write(root);

        AssessmentSummary summary = Assessment.run(Toy.request(root, Toy.keyAge()));

        assertThat(lines("findings.csv"))
                .contains(
                        finding("k2", "PASS", "\"key of bob, age 22 days\""),
                        finding(
                                "population:toy_key",
                                "NOT_EVALUATED",
                                "toy_key is DENIED here: page 2 was refused. Grant toy:List."));
        assertThat(summary.controls().get(0).outcome()).isEqualTo(Outcome.NOT_EVALUATED);
        assertThat(summary.controls().get(0).scopesIncomplete()).isEqualTo(1);
        assertThat(summary.incomplete()).extracting(each -> each.table()).containsExactly(Toy.KEYS);
    }

    @Test
    void aSecondTableThatIsNotWholeSpoilsTheControlToo() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "bob", "Active", "2026-11-01T00:00:00Z"))
                .population(Toy.DOORS, "aws_111122223333_global", Map.of("verdict", "STALE", "reason", "a day old"))
                .write(root);

        assertThat(outcome(Toy.control(
                        "IAM-908",
                        ALL_PASS,
                        List.of(Toy.KEYS, Toy.DOORS),
                        List.of(),
                        List.of(),
                        WhenEmpty.NOT_APPLICABLE)))
                .isEqualTo(Outcome.NOT_EVALUATED);
        assertThat(lines("findings.csv")).hasSize(3);
    }

    @Test
    void anEmptyPopulationSaysWhatTheControlSaysOfIt() {
        Toy.estate().populationIfAbsent(Toy.KEYS, Toy.SCOPE).write(root);

        for (WhenEmpty whenEmpty : WhenEmpty.values()) {
            Control control = Toy.control("IAM-908", ALL_PASS, List.of(Toy.KEYS), List.of(), List.of(), whenEmpty);
            assertThat(outcome(control)).isEqualTo(whenEmpty.outcome());
        }
    }

    @Test
    void anEmptyListOfRunsSaysWhatTheControlSaysOfIt() throws IOException {
        Toy.estate().populationIfAbsent(Populations.RUNS, "tickmark").write(root);

        assertThat(outcome(Toy.control(
                        "GOV-908",
                        ALL_PASS.replace("toy_key", "tickmark_run"),
                        List.of(Populations.RUNS),
                        List.of(),
                        List.of(),
                        WhenEmpty.FAIL)))
                .isEqualTo(Outcome.FAIL);
        assertThat(lines("findings.csv").get(1)).contains(",tickmark,example,global,population:tickmark_run,FAIL,");
    }

    @Test
    void aDisabledScopeIsNotApplicable() throws IOException {
        Toy.estate()
                .population(Toy.KEYS, Toy.SCOPE, Map.of("verdict", "DISABLED", "reason", "the region is not enabled"))
                .write(root);

        assertThat(outcome(Toy.keyAge())).isEqualTo(Outcome.NOT_APPLICABLE);
        assertThat(lines("findings.csv"))
                .contains(finding("population:toy_key", "NOT_APPLICABLE", "the region is not enabled"));
    }

    @Test
    void aTableWithoutASourceMakesTheControlNotCollected() throws IOException {
        Toy.estate().populationIfAbsent(Toy.DOORS, Toy.SCOPE).write(root);

        assertThat(outcome(Toy.keyAge())).isEqualTo(Outcome.NOT_COLLECTED);
        assertThat(lines("findings.csv")).hasSize(1);
        assertThat(root.resolve("2-findings/tests/IAM-906.sql")).hasContent(Toy.SQL);
        assertThat(root.resolve("2-findings/tests/IAM-906.run.sql")).doesNotExist();
    }

    @Test
    void whatWasTriedAndFailedIsNeverNotCollected() {
        Toy.estate()
                .population(Toy.DOORS, Toy.SCOPE, Map.of("verdict", "DENIED", "reason", "refused"))
                .write(root);

        assertThat(outcome(Toy.control(
                        "IAM-908",
                        ALL_PASS,
                        List.of(Toy.KEYS, Toy.DOORS),
                        List.of(),
                        List.of(),
                        WhenEmpty.NOT_APPLICABLE)))
                .isEqualTo(Outcome.NOT_EVALUATED);
    }

    @Test
    void aRegisterThatNobodyDeclaredIsEmptyAndTheQueryCanTell() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "bob", "Active", "2026-11-01T00:00:00Z"))
                .write(root);

        Assessment.run(Toy.request(root, Toy.saying("""
                        select scope_id, row_key,
                               case when not exists (select 1 from tickmark_population
                                                     where table_name = 'register_toy_exception') then 'NOT_EVALUATED'
                                    when user_name in (select user_name from register_toy_exception) then 'PASS'
                                    else 'FAIL' end as outcome,
                               'no register declared' as reason
                        from toy_key""")));

        assertThat(lines("findings.csv").get(1)).contains("NOT_EVALUATED,no register declared");
    }

    @Test
    void findingsThatAreNotOneForEachRowMakeTheControlNotEvaluated() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2026-11-01T00:00:00Z"))
                .row(Toy.KEYS, Toy.key("k2", "bob", "Active", "2026-11-01T00:00:00Z"))
                .row(Toy.KEYS, Toy.key("k3", "eve", "Inactive", "2026-11-01T00:00:00Z"))
                .write(root);
        Map<String, String> complaints = new TreeMap<>();
        complaints.put(ALL_PASS + " where status = 'Active'", "no finding for 'k3' in declared_files_global");
        complaints.put(ALL_PASS + " union all " + ALL_PASS + " where row_key = 'k2'", "more than one finding for 'k2'");
        complaints.put(
                ALL_PASS + " union all select scope_id, 'k9', 'FAIL', 'x' from toy_key where row_key = 'k1'",
                "a finding for what the main table does not hold: 'k9'");
        complaints.put(
                ALL_PASS + " union all select 'aws_999999999999_global', row_key, 'FAIL', 'x' from toy_key",
                "a finding for what the main table does not hold: 'k1' in aws_999999999999_global");
        complaints.put(
                ALL_PASS + " union all select scope_id, null, 'FAIL', 'x' from toy_key where row_key = 'k1'",
                "does not hold: 'null'");
        complaints.put(ALL_PASS.replace("PASS", "GOOD"), "the outcome 'GOOD', which is none, for 'k1'");
        complaints.put(ALL_PASS.replace("PASS", "ACCEPTED"), "the outcome 'ACCEPTED', which is none");
        complaints.put(ALL_PASS.replace("'PASS'", "null"), "the outcome 'null', which is none");
        complaints.put(ALL_PASS.replace("seen", " "), "no reason for 'k1'");

        for (Map.Entry<String, String> complaint : complaints.entrySet()) {
            assertThat(outcome(Toy.saying(complaint.getKey()))).isEqualTo(Outcome.NOT_EVALUATED);
            assertThat(lines("findings.csv")).hasSize(2);
            assertThat(lines("findings.csv").get(1))
                    .startsWith("IAM-907,IAM-907,3,toy_key,tickmark,example,global,test:IAM-907,NOT_EVALUATED")
                    .contains(complaint.getValue());
        }
    }

    @Test
    void anAcceptedDeviationIsAcceptedUntilItsLastDay() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2020-01-01T00:00:00Z"))
                .row(Toy.KEYS, Toy.key("k2", "bob", "Active", "2020-01-01T00:00:00Z"))
                .row(Toy.KEYS, Toy.key("k3", "eve", "Active", "2026-11-22T00:00:00Z"))
                .write(root);
        AssessmentRequest plain = Toy.request(root, Toy.keyAge());

        Assessment.run(new AssessmentRequest(
                plain.root(),
                plain.out(),
                plain.catalog(),
                plain.tables(),
                plain.frameworks(),
                plain.organization(),
                plain.asOf(),
                plain.overrides(),
                new Declared(
                        true,
                        List.of(
                                acceptance("A1", "k1", "2026-11-23"),
                                acceptance("A2", "k2", "2026-11-22"),
                                acceptance("A3", "k3", "2027-01-01"),
                                new Acceptance(
                                        "A4",
                                        "IAM-906",
                                        "alice",
                                        "bob",
                                        "migration",
                                        "none",
                                        LocalDate.parse("2026-11-24"),
                                        LocalDate.parse("2026-11-30"),
                                        List.of(new Item("", "files", "k2")))),
                        List.of(),
                        List.of(),
                        FrameworkDeclarations.nothing()),
                plain.limits()));

        assertThat(lines("findings.csv").get(1)).contains(",k1,ACCEPTED,").endsWith(",A1");
        assertThat(lines("findings.csv").get(2)).contains(",k2,FAIL,").endsWith(",");
        assertThat(lines("findings.csv").get(3)).contains(",k3,PASS,").endsWith(",");
        assertThat(lines("acceptances.csv"))
                .hasSize(5)
                .satisfies(lines -> assertThat(lines.get(1)).endsWith(",2026-11-23,,2026-01-01,used,1"))
                .satisfies(lines -> assertThat(lines.get(2)).endsWith(",2026-11-22,,2026-01-01,expired,1"))
                .satisfies(lines -> assertThat(lines.get(3)).endsWith(",2027-01-01,,2026-01-01,unused,0"))
                .satisfies(lines -> assertThat(lines.get(4)).endsWith(",2026-11-30,files,2026-11-24,not_yet,1"));
    }

    private static Acceptance acceptance(String id, String rowKey, String lastDay) {
        return new Acceptance(
                id,
                "IAM-906",
                "alice",
                "bob",
                "migration",
                "none",
                LocalDate.parse("2026-01-01"),
                LocalDate.parse(lastDay),
                List.of(new Item(Toy.SCOPE, "", rowKey)));
    }

    @Test
    void aReconcilingItemIsNotEvaluatedWhereverItStands() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2026-11-23T00:00:00Z"))
                .population(Toy.KEYS, Toy.SCOPE, Map.of("reconciling_items", "[\"k1\",\"k7\"]"))
                .write(root);

        assertThat(outcome(Toy.keyAge())).isEqualTo(Outcome.NOT_EVALUATED);
        assertThat(lines("findings.csv").get(1)).contains(",k1,NOT_EVALUATED,").contains("age 0 days");
        assertThat(lines("findings.csv").get(2)).contains(",k7,NOT_EVALUATED,");
    }

    @Test
    void theOrganisationsThresholdAndItsPolicyAreUsedAndPrinted() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2026-11-01T00:00:00Z"))
                .write(root);

        Assessment.run(with(new ParameterOverride("IAM-906", "max_age_days", "21", "Access policy 4.2")));

        assertThat(lines("findings.csv").get(1)).contains("FAIL");
        assertThat(lines("controls.csv").get(1)).endsWith(",max_age_days = 21 days (policy: Access policy 4.2)");
    }

    @Test
    void anOverrideOfTheWrongTypeOrOfNothingIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> Assessment.run(with(new ParameterOverride("IAM-906", "max_age_days", "many", ""))))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("'many', which is not a whole number");
        assertThatThrownBy(() -> Assessment.run(with(new ParameterOverride("IAM-906", "max_age_day", "1", ""))))
                .hasMessageContaining("Did you mean 'max_age_days'?");
        assertThatThrownBy(() -> Assessment.run(with(new ParameterOverride("IAM-996", "max_age_days", "1", ""))))
                .hasMessageContaining("'IAM-996', which is no control");
    }

    private AssessmentRequest with(ParameterOverride override) {
        AssessmentRequest plain = Toy.request(root, Toy.keyAge());
        return new AssessmentRequest(
                plain.root(),
                plain.out(),
                plain.catalog(),
                plain.tables(),
                plain.frameworks(),
                plain.organization(),
                plain.asOf(),
                List.of(override),
                plain.declared(),
                plain.limits());
    }

    @Test
    void aTestThatTakesTooLongIsStoppedAndNotEvaluated() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2026-11-01T00:00:00Z"))
                .write(root);
        String slow = "select scope_id, row_key, 'PASS' as outcome, concat('n ', (select count(*) from"
                + " generate_series(1, 100000) a(i), generate_series(1, 100000) b(i) where (a.i * b.i) % 7 = 3)) as reason"
                + " from toy_key";

        Assessment.run(limited(Toy.saying(slow), new Limits(Duration.ofMillis(300), "1GB", "1GB")));

        assertThat(lines("findings.csv").get(1)).contains("test:IAM-907,NOT_EVALUATED,The test took longer");
    }

    @Test
    void aTestThatNeedsTooMuchMemoryIsStoppedAndNotEvaluated() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2026-11-01T00:00:00Z"))
                .write(root);
        String big =
                "select scope_id, row_key, 'PASS' as outcome, concat('n ', (select length(list(a.i * b.i order by a.i))"
                        + " from generate_series(1, 100000) a(i), generate_series(1, 300) b(i))) as reason from toy_key";

        Assessment.run(limited(Toy.saying(big), new Limits(Duration.ofMinutes(2), "150MB", "1MB")));

        assertThat(lines("findings.csv").get(1))
                .contains("test:IAM-907,NOT_EVALUATED")
                .contains("more than 150MB of memory");
    }

    private AssessmentRequest limited(Control control, Limits limits) {
        AssessmentRequest plain = Toy.request(root, control);
        return new AssessmentRequest(
                plain.root(),
                plain.out(),
                plain.catalog(),
                plain.tables(),
                plain.frameworks(),
                plain.organization(),
                plain.asOf(),
                plain.overrides(),
                plain.declared(),
                limits);
    }

    @Test
    void aQueryThatCannotRunOverTheEvidenceNamesControlAndFile() {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2026-11-01T00:00:00Z"))
                .write(root);

        assertThatThrownBy(() -> Assessment.run(Toy.request(
                        root,
                        Toy.saying("select scope_id, row_key, 'PASS' as outcome, concat(cast(user_name as integer)) as"
                                + " reason from toy_key"))))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("controls/iam/IAM-907.sql")
                .hasMessageContaining("IAM-907")
                .hasMessageContaining("alice");
        assertThat(root.resolve("2-findings")).doesNotExist();
    }

    @Test
    void evidenceWithAnotherNumberOfRowsThanItsListIsRefused() throws IOException {
        Toy.estate()
                .row(Toy.KEYS, Toy.key("k1", "alice", "Active", "2026-11-01T00:00:00Z"))
                .row(Toy.KEYS, Toy.key("k2", "bob", "Active", "2026-11-01T00:00:00Z"))
                .write(root);
        Path csv = root.resolve("1-evidence/" + Toy.SCOPE + "/estate/toy_key.csv");
        Files.writeString(csv, String.join("\r\n", Files.readAllLines(csv).subList(0, 2)) + "\r\n");

        assertThatThrownBy(() -> Assessment.run(Toy.request(root, Toy.keyAge())))
                .isInstanceOfSatisfying(
                        TickmarkException.class,
                        e -> assertThat(e.kind()).isEqualTo(TickmarkException.Kind.NOT_VERIFIED))
                .hasMessageContaining("has 1 rows, and completeness.csv says 2");
    }

    @Test
    void theSameEvidenceGivesTheSameBytesEachTimeAndReplacesWhatWasThere() throws IOException {
        Estate estate = Toy.estate();
        for (int i = 0; i < 300; i++) {
            estate.row(
                    Toy.KEYS,
                    Toy.key("k" + i % 7 + "-ü" + i, "u" + i % 13, "Active", "2026-08-2" + i % 9 + "T00:00:00Z"));
        }
        estate.write(root);
        Control pairs = Toy.saying("""
                select scope_id, row_key, 'PASS' as outcome,
                       concat(user_name, ' has ', string_agg(row_key, ', ' order by row_key) over (partition by user_name
                              order by row_key rows between unbounded preceding and unbounded following)) as reason
                from toy_key""");

        Assessment.run(Toy.request(root, Toy.keyAge(), pairs));
        Map<String, String> first = everything();
        Files.writeString(root.resolve("2-findings/left-over"), "x");
        Assessment.run(Toy.request(root, Toy.keyAge(), pairs));

        assertThat(everything()).isEqualTo(first);
        assertThat(root.toFile().list()).containsExactlyInAnyOrder("1-evidence", "2-findings");
    }

    @Test
    void theListOfPopulationsAndTheListOfRunsAreTablesLikeOthers() throws IOException {
        Toy.estate()
                .row(Populations.RUNS, Map.of("row_key", "r1", "kind", "run", "run_id", "r1", "state", "running"))
                .populationIfAbsent(Toy.KEYS, Toy.SCOPE)
                .write(root);

        Assessment.run(Toy.request(
                root,
                Toy.control(
                        "GOV-908",
                        "select scope_id, row_key, 'PASS' as outcome, concat(kind, ' of ', (select count(*) from"
                                + " tickmark_population), ' population') as reason from tickmark_run",
                        List.of(Populations.RUNS),
                        List.of(),
                        List.of(),
                        WhenEmpty.FAIL),
                Toy.control(
                        "GOV-909",
                        "select scope_id, row_key, 'PASS' as outcome, verdict as reason from tickmark_population",
                        List.of(Populations.TABLE),
                        List.of(),
                        List.of(),
                        WhenEmpty.FAIL)));

        assertThat(lines("findings.csv"))
                .contains(
                        "GOV-909,GOV-909,3,tickmark_population,declared_files_global,files,global,"
                                + "declared_files_global/toy_key,PASS,EMPTY_PROVEN,,",
                        "GOV-908,GOV-908,3,tickmark_run,tickmark,tickmark,global,r1,PASS,run of 1 population,,");
    }

    private Map<String, String> everything() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root.resolve("2-findings"))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        files.remove("2-findings/left-over");
        return files;
    }

    private Outcome outcome(Control control) {
        return Assessment.run(Toy.request(root, control)).controls().get(0).outcome();
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(root.resolve("2-findings").resolve(file));
    }

    private static String finding(String rowKey, String outcome, String reason) {
        return "IAM-906,IAM-906,3,toy_key,declared_files_global,files,global," + rowKey + "," + outcome + "," + reason
                + ",,";
    }

    @Test
    void aCatalogThatCannotRunIsRefusedBeforeAnythingIsCollected() {
        assertThatThrownBy(() -> Assessment.check(
                        Catalog.of(List.of(), List.of(Toy.saying("select now()"))),
                        Toy.tables().values(),
                        List.of()))
                .isInstanceOf(TickmarkException.class);
    }
}
