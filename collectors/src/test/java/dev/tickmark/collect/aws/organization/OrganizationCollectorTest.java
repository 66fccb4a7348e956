package dev.tickmark.collect.aws.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tickmark.collect.RecordedAws;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganizationCollectorTest {
    private static final Scope ACCOUNT = new Scope("aws", "111122223333", "global");
    private static final String ORGANIZATION = "aws_organization";
    private static final String MEMBER = "aws_organization_account";

    @TempDir
    Path folder;

    @Test
    void readsPastAnEmptyPageAndKeepsSuspendedAccountsAndLaterStates() {
        RecordedAws.Result result = collect("empty-page-and-suspended");

        assertThat(result.rows(MEMBER))
                .extracting(
                        row -> row.get("row_key"),
                        row -> row.get("name"),
                        row -> row.get("state"),
                        row -> row.get("status"),
                        row -> row.get("joined_at"))
                .containsExactly(
                        tuple("000011112222", "closed", "A_LATER_STATE", "", ""),
                        tuple("444455556666", "Größe", "ACTIVE", "ACTIVE", "2024-01-02T03:04:05Z"),
                        tuple("777788889999", "held", "", "SUSPENDED", ""));
        assertThat(result.completeness(MEMBER).verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(result.rows(ORGANIZATION))
                .extracting(row -> row.get("organization_id"), row -> row.get("is_management_account"))
                .containsExactly(tuple("o-example1", "false"));
    }

    @Test
    void anAccountInNoOrganizationAnswersSo() {
        RecordedAws.Result result = collect("not-in-use");

        assertThat(result.completeness(ORGANIZATION))
                .extracting(Completeness::verdict, Completeness::remedy)
                .containsExactly(Verdict.DISABLED, "");
        assertThat(result.completeness(MEMBER).verdict()).isEqualTo(Verdict.DISABLED);
    }

    @Test
    void aMemberAccountIsRefusedTheAccountsAndSaysSo() {
        RecordedAws.Result result = collect("member-account");

        assertThat(result.completeness(ORGANIZATION).verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(result.completeness(MEMBER).verdict()).isEqualTo(Verdict.DENIED);
        assertThat(result.completeness(MEMBER).remedy()).contains("Only the management account");
    }

    private RecordedAws.Result collect(String name) {
        return RecordedAws.from(getClass(), name).collect(new OrganizationCollector(), ACCOUNT, folder);
    }
}
