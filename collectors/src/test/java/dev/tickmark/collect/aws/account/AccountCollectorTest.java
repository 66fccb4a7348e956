package dev.tickmark.collect.aws.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tickmark.collect.RecordedAws;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountCollectorTest {
    private static final Scope ACCOUNT = new Scope("aws", "111122223333", "global");

    @TempDir
    Path folder;

    @Test
    void readsTheAliasAndThePartitionOfTheCaller() {
        assertThat(collect("whole").rows("aws_account"))
                .extracting(row -> row.get("alias"), row -> row.get("has_alias"), row -> row.get("partition"))
                .containsExactly(tuple("example-prod", "true", "aws-us-gov"));
    }

    @Test
    void anAccountWithoutAliasOrPolicyAnswersSo() {
        RecordedAws.Result result = collect("no-alias-and-no-policy");

        assertThat(result.rows("aws_account"))
                .extracting(row -> row.get("alias"), row -> row.get("has_alias"))
                .containsExactly(tuple("", "false"));
        assertThat(result.rows("aws_iam_password_policy"))
                .singleElement(InstanceOfAssertFactories.MAP)
                .containsEntry("policy_exists", "false")
                .containsEntry("require_symbols", "");
        assertThat(result.completeness("aws_iam_password_policy").verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(result.lineage("aws_iam_password_policy"))
                .extracting(line -> line.get("record"))
                .containsExactly("urn:test:06-iam-GetAccountPasswordPolicy");
    }

    @Test
    void aRefusalIsNotTheAbsenceOfAPolicyAndHidesNoNeighbour() {
        RecordedAws.Result result = collect("policy-denied");

        assertThat(result.rows("aws_iam_password_policy")).isEmpty();
        assertThat(result.completeness("aws_iam_password_policy").verdict()).isEqualTo(Verdict.DENIED);
        assertThat(result.completeness("aws_iam_account_summary").verdict()).isEqualTo(Verdict.COMPLETE);
    }

    @Test
    void whatThePolicyDoesNotStateStaysEmpty() {
        assertThat(collect("whole").rows("aws_iam_password_policy"))
                .extracting(
                        row -> row.get("minimum_password_length"),
                        row -> row.get("require_symbols"),
                        row -> row.get("require_numbers"),
                        row -> row.get("max_password_age"),
                        row -> row.get("expire_passwords"))
                .containsExactly(tuple("14", "true", "", "", "false"));
    }

    @Test
    void keepsCountsThatItDoesNotKnow() {
        assertThat(collect("whole").rows("aws_iam_account_summary"))
                .extracting(
                        row -> row.get("users"),
                        row -> row.get("mfa_devices_in_use"),
                        row -> row.get("account_mfa_enabled"),
                        row -> row.get("global_endpoint_token_version"),
                        row -> row.get("groups"),
                        row -> row.get("other_entries"))
                .containsExactly(tuple("2", "1", "1", "2", "", "{\"SomethingNew\":7}"));
    }

    @Test
    void readsRegionsPastAnEmptyPageWithStatesAsAnswered() {
        RecordedAws.Result result = collect("whole");

        assertThat(result.rows("aws_account_region"))
                .extracting(row -> row.get("row_key"), row -> row.get("opt_status"))
                .containsExactly(
                        tuple("af-south-1", "DISABLED"),
                        tuple("us-east-1", "ENABLED_BY_DEFAULT"),
                        tuple("xx-north-1", "SOMETHING_NEW"));
        assertThat(result.completeness("aws_account_region").pages()).isEqualTo(2);
        assertThat(result.completeness("aws_account_region").verdict()).isEqualTo(Verdict.COMPLETE);
    }

    private RecordedAws.Result collect(String name) {
        return RecordedAws.from(getClass(), name).collect(new AccountCollector(), ACCOUNT, folder);
    }
}
