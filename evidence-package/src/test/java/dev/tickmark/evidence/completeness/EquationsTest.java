package dev.tickmark.evidence.completeness;

import static dev.tickmark.evidence.completeness.Collected.population;
import static dev.tickmark.evidence.completeness.Collected.row;
import static dev.tickmark.evidence.completeness.Collected.unread;
import static dev.tickmark.evidence.completeness.Collected.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EquationsTest {
    private static final String GROUP = "aws_iam_group";
    private static final String USER = "aws_iam_user";
    private static final String REPORT = "aws_iam_credential_report";
    private static final String SUMMARY = "aws_iam_account_summary";
    private static final String KEY = "aws_iam_access_key";

    @TempDir
    Path out;

    @Test
    void equalCountsLeaveTheVerdictAndStandWithBothNumbers() {
        Evaluation evaluation = new Collected(out)
                .task("authorization", whole(GROUP, group("a"), group("b")))
                .task("summary", whole(SUMMARY, row("groups", "2")))
                .evaluate();

        PopulationRow groups = population(evaluation, GROUP);
        assertThat(groups.completeness().verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(groups.equations()).isEqualTo("2 rows = 2 aws_iam_account_summary.groups (same system)");
        assertThat(groups.equationsOpen()).isZero();
        assertThat(groups.folder()).isEqualTo("1-evidence/aws_111122223333_global/authorization");
        assertThat(evaluation.readAgain()).isEmpty();
    }

    @Test
    void anUnexplainedRestIsPartialWithTheNumbersAndIsReadAgain() {
        Evaluation evaluation = new Collected(out)
                .task("authorization", whole(GROUP, group("a")))
                .task("summary", whole(SUMMARY, row("groups", "2")))
                .evaluate();

        PopulationRow groups = population(evaluation, GROUP);
        assertThat(groups.completeness().verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(groups.completeness().reason())
                .isEqualTo("the counts do not agree: 1 rows but 2 aws_iam_account_summary.groups (same system),"
                        + " not explained");
        assertThat(groups.completeness().remedy()).contains("compare aws_iam_group with aws_iam_account_summary");
        assertThat(groups.equationsOpen()).isEqualTo(1);
        assertThat(population(evaluation, SUMMARY).completeness().verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(evaluation.readAgain())
                .containsExactly("aws_111122223333_global/authorization", "aws_111122223333_global/summary");
    }

    @Test
    void anEmptyListThatIsCountedElsewhereIsNotProvenEmpty() {
        Evaluation evaluation = new Collected(out)
                .task("authorization", whole(GROUP))
                .task("summary", whole(SUMMARY, row("groups", "5")))
                .evaluate();

        assertThat(population(evaluation, GROUP).completeness().verdict()).isEqualTo(Verdict.PARTIAL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"DENIED", "THROTTLED", "UNREACHABLE", "PARTIAL", "STALE"})
    void aSecondCountThatWasNotReadIsSaidAndCountedAndLeavesTheVerdict(Verdict verdict) {
        Evaluation evaluation = new Collected(out)
                .task("authorization", whole(GROUP, group("a")))
                .task("summary", unread(SUMMARY, verdict))
                .evaluate();

        PopulationRow groups = population(evaluation, GROUP);
        assertThat(groups.completeness().verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(groups.equations())
                .startsWith("not evaluated: aws_iam_account_summary was not read")
                .endsWith("(" + verdict + ")");
        assertThat(groups.equationsNotEvaluated()).isEqualTo(1);
        assertThat(groups.equationsOpen()).isZero();
        assertThat(evaluation.readAgain()).isEmpty();
    }

    @Test
    void aTableThatNobodyReadAndANumberThatIsNotStatedAreSaidToo() {
        Evaluation alone = new Collected(out.resolve("1"))
                .task("authorization", whole(GROUP, group("a")))
                .evaluate();
        Evaluation silent = new Collected(out.resolve("2"))
                .task("authorization", whole(GROUP, group("a")))
                .task("summary", whole(SUMMARY, row("users", "1")))
                .evaluate();

        assertThat(population(alone, GROUP).equations())
                .isEqualTo("not evaluated: aws_iam_account_summary was not read");
        assertThat(population(silent, GROUP).equations())
                .isEqualTo("not evaluated: aws_iam_account_summary.groups is not stated");
    }

    @Test
    void aVerdictThatIsNotWholeStaysAsItsTaskFoundIt() {
        Evaluation evaluation = new Collected(out)
                .task("authorization", unread(GROUP, Verdict.DENIED))
                .task("summary", whole(SUMMARY, row("groups", "5")))
                .evaluate();

        PopulationRow groups = population(evaluation, GROUP);
        assertThat(groups.completeness().verdict()).isEqualTo(Verdict.DENIED);
        assertThat(groups.completeness().remedy()).isEqualTo("Grant it.");
        assertThat(groups.equations()).isEqualTo("not evaluated: aws_iam_group was not read (DENIED)");
    }

    @Test
    void anItemNewerThanTheOtherSideExplainsTheDifferenceAndIsNamedOnBothSides() {
        Evaluation evaluation = new Collected(out)
                .task(
                        "authorization",
                        whole(USER, user("a", "2026-01-01T00:00:00Z"), user("b", "2026-11-23T01:00:00Z")))
                .task("report", reportOf("2026-11-23T00:30:00Z", user("a", "2026-01-01T00:00:00Z")))
                .task("summary", whole(SUMMARY, row("users", "2")))
                .evaluate();

        PopulationRow users = population(evaluation, USER);
        assertThat(users.completeness().verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(users.equations())
                .contains("2 rows against 1 aws_iam_credential_report rows (same system),"
                        + " explained as newer: arn:aws:iam::111122223333:user/b");
        assertThat(users.reconcilingItems()).containsExactly("b");
        PopulationRow report = population(evaluation, REPORT);
        assertThat(report.completeness().verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(report.reconcilingItems()).contains("arn:aws:iam::111122223333:user/b");
        assertThat(evaluation.readAgain()).isEmpty();
    }

    @Test
    void anItemMadeInTheVerySecondOfTheOtherSideExplainsNothing() {
        Evaluation evaluation = new Collected(out)
                .task(
                        "authorization",
                        whole(USER, user("a", "2026-01-01T00:00:00Z"), user("b", "2026-11-23T00:30:00Z")))
                .task("report", reportOf("2026-11-23T00:30:00Z", user("a", "2026-01-01T00:00:00Z")))
                .task("summary", whole(SUMMARY, row("users", "2")))
                .evaluate();

        assertThat(population(evaluation, USER).completeness().verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(population(evaluation, REPORT).completeness().verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(population(evaluation, REPORT).completeness().reason())
                .contains(
                        "1 rows but 2 aws_iam_user rows (same system), not explained: arn:aws:iam::111122223333:user/b");
    }

    @Test
    void equalCountsOfDifferentItemsAreNotEqual() {
        Evaluation evaluation = new Collected(out)
                .task("authorization", whole(USER, user("a", "2026-01-01T00:00:00Z")))
                .task("report", reportOf(Collected.AS_OF, user("b", "2026-01-01T00:00:00Z")))
                .task("summary", whole(SUMMARY, row("users", "1")))
                .evaluate();

        assertThat(population(evaluation, USER).completeness().verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(population(evaluation, USER).completeness().reason())
                .contains("not explained: arn:aws:iam::111122223333:user/a, arn:aws:iam::111122223333:user/b");
    }

    @Test
    void namesTenUnexplainedKeysAndCountsTheRest() {
        List<Collected.Row> users = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            users.add(user("u" + i, "2026-01-01T00:00:00Z"));
        }
        Evaluation evaluation = new Collected(out)
                .task("authorization", new Collected.Rows(USER, Verdict.COMPLETE, Collected.AS_OF, users))
                .task("report", reportOf(Collected.AS_OF))
                .task("summary", whole(SUMMARY, row("users", "20")))
                .evaluate();

        assertThat(population(evaluation, USER).completeness().reason())
                .contains("user/u10,", "user/u19 and 10 more")
                .doesNotContain("user/u20");
    }

    @Test
    void numbersPerKeyAreAddedUpAndANewerKeyExplainsItsPart() {
        Evaluation evaluation = new Collected(out)
                .task(
                        "keys",
                        whole(
                                KEY,
                                key("AKIA1", "a", "2026-01-01T00:00:00Z"),
                                key("AKIA2", "a", "2026-11-23T01:00:00Z"),
                                key("AKIA3", "b", "2026-01-01T00:00:00Z")))
                .task(
                        "report",
                        reportOf(
                                "2026-11-23T00:30:00Z",
                                reportKeys("a", "1"),
                                reportKeys("b", "1"),
                                reportKeys("c", "0")))
                .evaluate();

        PopulationRow keys = population(evaluation, KEY);
        assertThat(keys.completeness().verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(keys.equations())
                .isEqualTo("3 rows where status=Active against 2 aws_iam_credential_report.active_access_keys"
                        + " (same system), explained as newer: a");
        assertThat(keys.reconcilingItems()).containsExactly("AKIA2");
    }

    @Test
    void numbersPerKeyThatCancelOutInTotalStayOpen() {
        Evaluation evaluation = new Collected(out)
                .task(
                        "keys",
                        whole(
                                KEY,
                                key("AKIA1", "a", "2026-01-01T00:00:00Z"),
                                key("AKIA2", "a", "2026-01-01T00:00:00Z")))
                .task("report", reportOf(Collected.AS_OF, reportKeys("a", "1"), reportKeys("b", "1")))
                .evaluate();

        assertThat(population(evaluation, KEY).completeness().reason())
                .endsWith("2 rows where status=Active but 2 aws_iam_credential_report.active_access_keys"
                        + " (same system), not explained: a (2 against 1), b");
    }

    @Test
    void theSecondAttemptCountsAndIsNotReadAThirdTime() {
        Evaluation evaluation = new Collected(out)
                .task("authorization", whole(GROUP, group("a")))
                .task("summary", whole(SUMMARY, row("groups", "3")))
                .task(Collected.ACCOUNT, "authorization", 2, whole(GROUP, group("a"), group("b")))
                .task(Collected.ACCOUNT, "summary", 2, whole(SUMMARY, row("groups", "3")))
                .evaluate();

        PopulationRow groups = population(evaluation, GROUP);
        assertThat(groups.attempt()).isEqualTo(2);
        assertThat(groups.folder()).endsWith("/authorization.2");
        assertThat(groups.completeness().rows()).isEqualTo(2);
        assertThat(groups.equationsOpen()).isEqualTo(1);
        assertThat(evaluation.readAgain()).isEmpty();
    }

    @Test
    void aSecondAttemptThatLostAPopulationDoesNotCount() {
        Evaluation evaluation = new Collected(out)
                .task("authorization", whole(GROUP, group("a")))
                .task("summary", whole(SUMMARY, row("groups", "2")))
                .task(Collected.ACCOUNT, "authorization", 2, unread(GROUP, Verdict.THROTTLED))
                .evaluate();

        assertThat(population(evaluation, GROUP).attempt()).isEqualTo(1);
        assertThat(population(evaluation, GROUP).completeness().verdict()).isEqualTo(Verdict.PARTIAL);
    }

    @Test
    void anotherAccountIsNoSecondCount() {
        Scope other = new Scope("aws", "444455556666", "global");

        Evaluation evaluation = new Collected(out)
                .task("authorization", whole(GROUP, group("a")))
                .task(other, "summary", 1, whole(SUMMARY, row("groups", "1")))
                .evaluate();

        assertThat(population(evaluation, GROUP).equationsNotEvaluated()).isEqualTo(1);
    }

    @Test
    void aFileWithAnotherNumberOfRowsThanItsEvidenceSaysIsRefused() throws Exception {
        Collected collected = new Collected(out)
                .task("authorization", whole(GROUP, group("a"), group("b")))
                .task("summary", whole(SUMMARY, row("groups", "2")));
        RunFolder run = collected.run;
        Path csv = run.task(Collected.ACCOUNT, "authorization", 1).resolve(GROUP + ".csv");
        List<String> lines = Files.readAllLines(csv);
        Files.writeString(csv, lines.get(0) + "\r\n" + lines.get(1) + "\r\n");

        assertThatThrownBy(collected::evaluate)
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("has 1 rows where evidence.json says 2");
    }

    @Test
    void sameEvidenceSameRowsAndBytes() {
        Collected collected = new Collected(out)
                .task("authorization", whole(GROUP, group("a")))
                .task("summary", whole(SUMMARY, row("groups", "2")));
        CompletenessTable table = new CompletenessTable(Collected.TABLES);

        Evaluation evaluation = collected.evaluate();

        assertThat(collected.evaluate()).isEqualTo(evaluation);
        assertThat(table.write(collected.run, evaluation.rows()))
                .isEqualTo(table.write(collected.run, evaluation.rows()));
        assertThat(table.read(collected.run)).isEqualTo(evaluation.rows());
    }

    private static Collected.Row group(String id) {
        return row("row_key", id);
    }

    private static Collected.Row user(String name, String created) {
        return row("row_key", name, "arn", "arn:aws:iam::111122223333:user/" + name, "created_at", created);
    }

    private static Collected.Row key(String id, String user, String created) {
        return row("row_key", id, "user_name", user, "status", "Active", "created_at", created);
    }

    private static Collected.Row reportKeys(String user, String keys) {
        return row("row_key", user, "user_name", user, "active_access_keys", keys);
    }

    private static Collected.Rows reportOf(String generated, Collected.Row... rows) {
        return new Collected.Rows(
                REPORT, rows.length == 0 ? Verdict.EMPTY_PROVEN : Verdict.COMPLETE, generated, List.of(rows));
    }
}
