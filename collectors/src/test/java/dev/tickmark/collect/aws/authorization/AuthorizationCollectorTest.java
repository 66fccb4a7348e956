package dev.tickmark.collect.aws.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tickmark.collect.RecordedAws;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizationCollectorTest {
    private static final Scope ACCOUNT = new Scope("aws", "111122223333", "global");

    @TempDir
    Path folder;

    @Test
    void goesOnAfterAnEmptyPageAndKeysByTheIdThatSurvivesARename() {
        RecordedAws.Result result = collect("three-pages");

        assertThat(result.completeness("aws_iam_user").verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(result.completeness("aws_iam_user").pages()).isEqualTo(3);
        assertThat(result.rows("aws_iam_user"))
                .extracting(
                        row -> row.get("row_key"),
                        row -> row.get("user_name"),
                        row -> row.get("path"),
                        row -> row.get("groups"),
                        row -> row.get("attached_policies"),
                        row -> row.get("permissions_boundary_arn"))
                .containsExactly(
                        tuple("AIDAEXAMPLE1", "=cmd", "/", "1", "1", ""),
                        tuple(
                                "AIDAEXAMPLE2",
                                "-dash",
                                "/people/",
                                "0",
                                "0",
                                "arn:aws:iam::111122223333:policy/boundary"));
        assertThat(result.rows("aws_iam_group_membership"))
                .extracting(row -> row.get("row_key"))
                .containsExactly("AIDAEXAMPLE1/admins");
    }

    @Test
    void listsUsersAndRolesOnceMoreAsPrincipals() {
        assertThat(collect("three-pages").rows("aws_iam_principal"))
                .extracting(row -> row.get("principal_type"), row -> row.get("principal_name"))
                .containsExactlyInAnyOrder(
                        tuple("user", "=cmd"),
                        tuple("user", "-dash"),
                        tuple("role", "deploy"),
                        tuple("role", "never"),
                        tuple("role", "AWSServiceRoleForSupport"));
    }

    @Test
    void keepsTagsThatDifferByCaseAlone() {
        assertThat(collect("three-pages").rows("aws_iam_user_tag"))
                .extracting(row -> row.get("row_key"), row -> row.get("tag_value"))
                .containsExactly(tuple("AIDAEXAMPLE1/Employee", "+49"), tuple("AIDAEXAMPLE1/employee", "E1001"));
    }

    @Test
    void tellsARoleThatWasNotUsedFromOneWhoseUseWasNotReturned() {
        assertThat(collect("three-pages").rows("aws_iam_role"))
                .extracting(
                        row -> row.get("role_name"),
                        row -> row.get("last_used_at"),
                        row -> row.get("last_used_at_note"),
                        row -> row.get("last_used_region"),
                        row -> row.get("service_linked"))
                .containsExactly(
                        tuple("deploy", "2026-10-01T00:00:00Z", "", "eu-central-1", "false"),
                        tuple("never", "", "no_information", "", "false"),
                        tuple("AWSServiceRoleForSupport", "", "not_returned", "", "true"));
    }

    @Test
    void leavesOutPoliciesOfAwsThatNothingUsesAndSaysSo() {
        RecordedAws.Result result = collect("three-pages");

        assertThat(result.rows("aws_iam_policy"))
                .extracting(row -> row.get("row_key"), row -> row.get("aws_managed"))
                .containsExactly(
                        tuple("arn:aws:iam::111122223333:policy/deploy", "false"),
                        tuple("arn:aws:iam::aws:policy/AdministratorAccess", "true"));
        assertThat(result.facts("aws_iam_policy").leftOut())
                .isEqualTo(Map.of("policy of AWS that nothing in the account uses", 1L));
        assertThat(result.rows("aws_iam_policy_attachment"))
                .extracting(row -> row.get("row_key"), row -> row.get("principal_type"), row -> row.get("policy_kind"))
                .containsExactly(
                        tuple("AGPAEXAMPLE1/arn:aws:iam::aws:policy/AdministratorAccess", "group", "aws_managed"),
                        tuple("AIDAEXAMPLE1/arn:aws:iam::111122223333:policy/deploy", "user", "customer_managed"));
    }

    @Test
    void takesApartOnlyTheVersionThatAppliesButKeepsEveryDocument() {
        RecordedAws.Result result = collect("three-pages");

        assertThat(result.rows("aws_iam_policy_document"))
                .extracting(row -> row.get("row_key"), row -> row.get("default_version"))
                .containsExactly(
                        tuple("AIDAEXAMPLE1/notes", "true"),
                        tuple("arn:aws:iam::111122223333:policy/deploy/v1", "false"),
                        tuple("arn:aws:iam::111122223333:policy/deploy/v2", "true"),
                        tuple("arn:aws:iam::aws:policy/AdministratorAccess/v1", "true"));
        assertThat(result.rows("aws_iam_policy_statement"))
                .extracting(
                        row -> row.get("row_key"),
                        row -> row.get("effect"),
                        row -> row.get("actions"),
                        row -> row.get("not_actions"),
                        row -> row.get("resources"),
                        row -> row.get("not_resources"))
                .containsExactly(
                        tuple("AIDAEXAMPLE1/notes/0", "Allow", "", "[\"iam:*\",\"organizations:*\"]", "[\"*\"]", ""),
                        tuple(
                                "arn:aws:iam::111122223333:policy/deploy/0",
                                "Allow",
                                "[\"s3:Get*\",\"IAM:*\"]",
                                "",
                                "[\"arn:aws:s3:::x/a+b c\"]",
                                ""),
                        tuple("arn:aws:iam::111122223333:policy/deploy/1", "Deny", "[\"*:*\"]", "", "", "[\"*\"]"),
                        tuple("arn:aws:iam::aws:policy/AdministratorAccess/0", "Allow", "[\"*\"]", "", "[\"*\"]", ""));
    }

    @Test
    void statesWhatAReaderWouldLookForInAStatement() {
        assertThat(collect("three-pages").rows("aws_iam_policy_statement"))
                .extracting(
                        row -> row.get("action_any"),
                        row -> row.get("iam_action_any"),
                        row -> row.get("resource_any"),
                        row -> row.get("uses_not_action"),
                        row -> row.get("uses_not_resource"),
                        row -> row.get("has_condition"))
                .containsExactly(
                        tuple("false", "false", "true", "true", "false", "true"),
                        tuple("false", "true", "false", "false", "false", "false"),
                        tuple("true", "true", "false", "false", "true", "false"),
                        tuple("true", "true", "true", "false", "false", "false"));
    }

    @Test
    void leadsFromAStatementToItsPlaceInTheAnswer() {
        assertThat(collect("three-pages").lineage("aws_iam_policy_statement"))
                .filteredOn(line -> "arn:aws:iam::111122223333:policy/deploy/1".equals(line.get("row_key")))
                .containsExactly(Map.of(
                        "row_key", "arn:aws:iam::111122223333:policy/deploy/1",
                        "record", "urn:test:03-iam-GetAccountAuthorizationDetails",
                        "pointer",
                                "/GetAccountAuthorizationDetailsResponse/GetAccountAuthorizationDetailsResult"
                                        + "/Policies/member[1]/PolicyVersionList/member[1]/Document#/Statement/1",
                        "columns", "*"));
    }

    @Test
    void aDeniedSecondPageIsNotHidden() {
        RecordedAws.Result result = collect("second-page-denied");

        for (String table : Details.TABLES) {
            assertThat(result.completeness(table).verdict()).as(table).isEqualTo(Verdict.DENIED);
        }
        Completeness users = result.completeness("aws_iam_user");
        assertThat(users.rows()).isEqualTo(1);
        assertThat(users.denial()).isEqualTo(DenialKind.NO_IDENTITY_POLICY);
    }

    @Test
    void aTokenThatComesAgainIsNoEnd() {
        assertThat(collect("token-without-end").completeness("aws_iam_group").verdict())
                .isEqualTo(Verdict.PARTIAL);
    }

    @Test
    void aDocumentThatIsNoPolicyKeepsItsRowAndMakesTheTableOfItsPartsPartial() {
        RecordedAws.Result result = collect("malformed-documents");

        assertThat(result.rows("aws_iam_role"))
                .extracting(
                        row -> row.get("role_name"),
                        row -> row.get("trust_policy_note"),
                        row -> row.get("trust_policy"))
                .containsExactly(
                        tuple("odd", "malformed", ""),
                        tuple(
                                "fine",
                                "",
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                                        + "{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"));
        assertThat(result.completeness("aws_iam_role").verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(result.completeness("aws_iam_role_trust"))
                .extracting(Completeness::verdict, Completeness::rows)
                .containsExactly(Verdict.PARTIAL, 1L);
        assertThat(result.rows("aws_iam_policy_document"))
                .extracting(row -> row.get("row_key"), row -> row.get("document_note"), row -> row.get("statements"))
                .containsExactly(
                        tuple("AIDAEXAMPLE1/broken", "malformed", ""),
                        tuple("AIDAEXAMPLE1/fine", "", "1"),
                        tuple("arn:aws:iam::111122223333:policy/deploy/v1", "malformed", ""));
        assertThat(result.completeness("aws_iam_policy_statement").verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.completeness("aws_iam_policy_statement").reason())
                .isEqualTo("2 documents (policy that applies) are missing or no policy in JSON:"
                        + " AIDAEXAMPLE1/broken, arn:aws:iam::111122223333:policy/deploy");
    }

    @Test
    void noPartitionIsTakenForGranted() {
        RecordedAws.Result result = collect("other-partition");

        assertThat(result.rows("aws_iam_policy"))
                .extracting(row -> row.get("aws_managed"))
                .containsExactly("true");
        assertThat(result.facts("aws_iam_user").traces())
                .containsEntry("AIDAEXAMPLE1", "https://console.amazonaws.cn/iam/home#/users/details/alice");
    }

    @Test
    void flattensWhoMayBecomeARole() {
        assertThat(collect("trusts").rows("aws_iam_role_trust"))
                .extracting(
                        row -> row.get("row_key"),
                        row -> row.get("principal_element"),
                        row -> row.get("principal_type"),
                        row -> row.get("principal_any"),
                        row -> row.get("trusted_account_id"),
                        row -> row.get("external_account"),
                        row -> row.get("federated_kind"))
                .containsExactlyInAnyOrder(
                        tuple("AROAanyone/0/0", "Principal", "*", "true", "", "", ""),
                        tuple("AROAbound/0/0", "Principal", "AWS", "false", "444455556666", "true", ""),
                        tuple("AROAunbound/0/0", "Principal", "AWS", "false", "444455556666", "true", ""),
                        tuple("AROAif-exists/0/0", "Principal", "AWS", "false", "444455556666", "true", ""),
                        tuple("AROAonly-stars/0/0", "Principal", "AWS", "false", "444455556666", "true", ""),
                        tuple("AROAother-case/0/0", "Principal", "AWS", "false", "444455556666", "true", ""),
                        tuple("AROAseveral/0/0", "Principal", "AWS", "false", "111122223333", "false", ""),
                        tuple("AROAseveral/0/1", "Principal", "AWS", "false", "444455556666", "true", ""),
                        tuple("AROAseveral/0/2", "Principal", "AWS", "false", "", "", ""),
                        tuple("AROAseveral/0/3", "Principal", "Service", "false", "", "", ""),
                        tuple("AROAweb/0/0", "Principal", "Federated", "false", "111122223333", "false", "oidc"),
                        tuple("AROAweb/1/0", "Principal", "Federated", "false", "", "", "web"),
                        tuple("AROAsaml/0/0", "Principal", "Federated", "false", "111122223333", "false", "saml"),
                        tuple("AROAnot-them/0/0", "NotPrincipal", "AWS", "true", "", "", ""),
                        tuple("AROAnobody/0/0", "", "", "false", "", "", ""));
    }

    @Test
    void anExternalIdCountsOnlyWhereItIsDemanded() {
        assertThat(collect("trusts").rows("aws_iam_role_trust"))
                .filteredOn(row -> "true".equals(row.get("has_external_id_condition")))
                .extracting(row -> row.get("role_name"))
                .containsExactly("bound", "other-case");
    }

    @Test
    void givesTheSubjectsThatAProviderMaySpeakFor() {
        assertThat(collect("trusts").rows("aws_iam_role_trust"))
                .filteredOn(row -> "web".equals(row.get("role_name")))
                .extracting(
                        row -> row.get("has_subject_condition"),
                        row -> row.get("subject_conditions"),
                        row -> row.get("condition_keys"))
                .containsExactly(
                        tuple(
                                "true",
                                "[{\"operator\":\"StringLike\",\"key\":\"token.actions.example.com:sub\","
                                        + "\"values\":[\"repo:example/*\"]}]",
                                "[\"token.actions.example.com:aud\",\"token.actions.example.com:sub\"]"),
                        tuple("false", "", ""));
    }

    @Test
    void aNegatedConditionIsStillNamed() {
        assertThat(collect("trusts").rows("aws_iam_role_trust"))
                .filteredOn(row -> "true".equals(row.get("has_mfa_condition")))
                .singleElement(InstanceOfAssertFactories.MAP)
                .containsEntry("role_name", "not-them")
                .containsEntry("conditions", "{\"Bool\":{\"aws:MultiFactorAuthPresent\":true}}");
    }

    private RecordedAws.Result collect(String name) {
        return RecordedAws.from(getClass(), name).collect(new AuthorizationCollector(), ACCOUNT, folder);
    }
}
