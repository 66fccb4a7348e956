package dev.tickmark.collect.aws.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.collect.Collector;
import dev.tickmark.collect.RecordedAws;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerCollectorTest {
    private static final Scope ACCOUNT = new Scope("aws", "111122223333", "global");

    @TempDir
    Path folder;

    @Test
    void readsTheIdentityWithItsPartitionAndItsLineage() {
        RecordedAws.Result result = collect("caller");

        assertThat(result.rows("aws_caller"))
                .containsExactly(Map.of(
                        "scope_id", "aws_111122223333_global",
                        "account_id", "111122223333",
                        "region", "global",
                        "as_of", "2026-11-23T02:00:01Z",
                        "row_key", "arn:aws:sts::111122223333:assumed-role/audit/alice",
                        "arn", "arn:aws:sts::111122223333:assumed-role/audit/alice",
                        "user_id", "AROAEXAMPLE:alice",
                        "partition", "aws"));
        assertThat(result.completeness("aws_caller").verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(result.lineage("aws_caller"))
                .containsExactly(Map.of(
                        "row_key", "arn:aws:sts::111122223333:assumed-role/audit/alice",
                        "record", "urn:test:01-sts-GetCallerIdentity",
                        "pointer", "/GetCallerIdentityResponse/GetCallerIdentityResult",
                        "columns", "*"));
    }

    @Test
    void anExpiredTokenSaysToSignInAgain() {
        Completeness completeness = collect("caller-token-expired").completeness("aws_caller");

        assertThat(completeness.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(completeness.denial()).isEqualTo(DenialKind.EXPIRED_CREDENTIALS);
        assertThat(completeness.reason())
                .isEqualTo(
                        "sts:GetCallerIdentity: ExpiredToken, The security token included in the request is expired");
        assertThat(completeness.remedy()).contains("aws sso login");
    }

    @Test
    void aSignInPageInsteadOfAnAnswerIsNoAnswer() {
        Completeness completeness = collect("caller-html").completeness("aws_caller");

        assertThat(completeness.verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(completeness.reason())
                .isEqualTo("sts:GetCallerIdentity: what came was not an answer of this service");
        assertThat(completeness.remedy()).contains("no proxy answers in its place");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Collector.class).stream().map(ServiceLoader.Provider::type))
                .contains(CallerCollector.class);
    }

    private RecordedAws.Result collect(String name) {
        return RecordedAws.from(getClass(), name).collect(new CallerCollector(), ACCOUNT, folder);
    }
}
