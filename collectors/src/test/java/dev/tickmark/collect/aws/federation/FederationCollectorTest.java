package dev.tickmark.collect.aws.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tickmark.collect.RecordedAws;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FederationCollectorTest {
    private static final Scope ACCOUNT = new Scope("aws", "111122223333", "global");
    private static final String SAML = "aws_iam_saml_provider";
    private static final String OIDC = "aws_iam_oidc_provider";

    @TempDir
    Path folder;

    @Test
    void readsTheIssuerAndTheCertificatesForSigningOutOfTheMetadata() {
        RecordedAws.Result result = collect("both-kinds");

        assertThat(result.rows(SAML))
                .extracting(
                        row -> row.get("provider_name"),
                        row -> row.get("entity_id"),
                        row -> row.get("signing_certificates"),
                        row -> row.get("certificate_first_expiry"),
                        row -> row.get("certificate_last_expiry"),
                        row -> row.get("metadata_note"),
                        row -> row.get("assertion_encryption_mode"))
                .containsExactly(
                        tuple("bare", "", "", "", "", "not_returned", ""),
                        tuple("evil", "", "", "", "", "malformed", ""),
                        tuple(
                                "idp",
                                "https://idp.example.com/saml",
                                "2",
                                "2026-12-13T22:56:09Z",
                                "2036-11-20T22:39:40Z",
                                "",
                                "Required"));
        assertThat(result.completeness(SAML).verdict()).isEqualTo(Verdict.COMPLETE);
    }

    @Test
    void readsWhomAnOidcProviderIssuesFor() {
        assertThat(collect("both-kinds").rows(OIDC))
                .extracting(
                        row -> row.get("url"),
                        row -> row.get("client_ids"),
                        row -> row.get("thumbprints"),
                        row -> row.get("tags"))
                .containsExactly(tuple(
                        "token.actions.example.com",
                        "[\"sts.amazonaws.com\",\"other\"]",
                        "[\"aabb\"]",
                        "{\"owner\":\"platform\"}"));
    }

    @Test
    void aProviderWhoseDetailsAreRefusedKeepsItsRowAndOneThatIsGoneIsLeftOut() {
        RecordedAws.Result result = collect("detail-denied-and-gone");

        assertThat(result.rows(SAML))
                .extracting(row -> row.get("provider_name"), row -> row.get("valid_until"), row -> row.get("entity_id"))
                .containsExactly(tuple("kept", "2027-01-02T03:04:05Z", ""));
        assertThat(result.facts(SAML).leftOut()).isEqualTo(Map.of("provider deleted since it was listed", 1L));
        assertThat(result.completeness(SAML).verdict()).isEqualTo(Verdict.DENIED);
        assertThat(result.completeness(OIDC).verdict()).isEqualTo(Verdict.EMPTY_PROVEN);
    }

    @Test
    void aRefusedListingIsNoEmptyOneAndHidesNoNeighbour() {
        RecordedAws.Result result = collect("list-denied");

        assertThat(result.completeness(SAML))
                .extracting(Completeness::verdict, Completeness::rows)
                .containsExactly(Verdict.DENIED, 0L);
        assertThat(result.completeness(OIDC).verdict()).isEqualTo(Verdict.COMPLETE);
    }

    private RecordedAws.Result collect(String name) {
        return RecordedAws.from(getClass(), name).collect(new FederationCollector(), ACCOUNT, folder);
    }
}
