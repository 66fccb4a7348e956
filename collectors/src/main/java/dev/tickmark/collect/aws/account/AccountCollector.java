package dev.tickmark.collect.aws.account;

import dev.tickmark.collect.Cells;
import dev.tickmark.collect.Collector;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.Operation;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.Source;
import dev.tickmark.collect.aws.Pages;
import dev.tickmark.evidence.Scope;
import java.util.List;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.account.model.ListRegionsResponse;
import software.amazon.awssdk.services.account.model.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetAccountPasswordPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PasswordPolicy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Reads what there is once in an account: its alias, its regions, what IAM counts in it, and its password policy.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html">ListAccountAliases</a>
 * @see <a href="https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html">ListRegions</a>
 */
public final class AccountCollector implements Collector {
    private static final String ACCOUNT = "aws_account";
    private static final String REGION = "aws_account_region";
    private static final String SUMMARY = "aws_iam_account_summary";
    private static final String PASSWORD_POLICY = "aws_iam_password_policy";
    private static final int LARGEST_PAGE = 50;

    private static final Source SOURCE = new Source(
            "aws-account",
            1,
            "aws",
            List.of(ACCOUNT, REGION, SUMMARY, PASSWORD_POLICY),
            List.of(
                    new Operation("sts", "GetCallerIdentity", "", List.of(ACCOUNT)),
                    new Operation("iam", "ListAccountAliases", "iam:ListAccountAliases", List.of(ACCOUNT)),
                    new Operation("account", "ListRegions", "account:ListRegions", List.of(REGION)),
                    new Operation("iam", "GetAccountSummary", "iam:GetAccountSummary", List.of(SUMMARY)),
                    new Operation(
                            "iam",
                            "GetAccountPasswordPolicy",
                            "iam:GetAccountPasswordPolicy",
                            List.of(PASSWORD_POLICY))));

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
        evidence.population(ACCOUNT, rows -> account(scope, connections, rows));
        evidence.population(REGION, rows -> regions(connections.aws(AccountClient.builder(), scope), rows));
        evidence.population(SUMMARY, rows -> summary(connections.aws(IamClient.builder(), scope), rows));
        evidence.population(PASSWORD_POLICY, rows -> passwordPolicy(connections.aws(IamClient.builder(), scope), rows));
    }

    private static void account(Scope scope, Connections connections, PopulationWriter rows) {
        GetCallerIdentityResponse caller =
                connections.aws(StsClient.builder(), scope).getCallerIdentity();
        ListAccountAliasesResponse aliases =
                connections.aws(IamClient.builder(), scope).listAccountAliases();
        List<String> names = aliases.accountAliases(); // one at most
        rows.row(
                List.of(
                        RowSource.of(
                                caller,
                                "/GetCallerIdentityResponse/GetCallerIdentityResult",
                                "partition",
                                "caller_arn"),
                        RowSource.of(
                                aliases,
                                "/ListAccountAliasesResponse/ListAccountAliasesResult/AccountAliases",
                                "has_alias",
                                "alias")),
                "account",
                Cells.of("partition", partition(caller.arn()))
                        .and("has_alias", !names.isEmpty())
                        .and("alias", names.isEmpty() ? null : names.get(0))
                        .and("caller_arn", caller.arn()));
        rows.endOfPage(!Boolean.TRUE.equals(aliases.isTruncated()));
    }

    private static String partition(String arn) {
        return arn.split(":", 3)[1];
    }

    private static void regions(AccountClient account, PopulationWriter rows) {
        Pages.read(
                token -> account.listRegions(
                        request -> request.maxResults(LARGEST_PAGE).nextToken(token)),
                page -> Pages.token(page.nextToken()),
                (ListRegionsResponse page, Boolean last) -> {
                    for (int i = 0; i < page.regions().size(); i++) {
                        Region region = page.regions().get(i);
                        rows.row(
                                RowSource.of(page, "/Regions/" + i),
                                region.regionName(),
                                Cells.of("region_name", region.regionName())
                                        .and("opt_status", region.regionOptStatusAsString()));
                    }
                    rows.endOfPage(last);
                });
    }

    private static void summary(IamClient iam, PopulationWriter rows) {
        GetAccountSummaryResponse summary = iam.getAccountSummary();
        rows.row(
                RowSource.of(summary, "/GetAccountSummaryResponse/GetAccountSummaryResult/SummaryMap"),
                "summary",
                SummaryEntries.cells(summary.summaryMapAsStrings()));
        rows.endOfPage(true);
    }

    private static void passwordPolicy(IamClient iam, PopulationWriter rows) {
        String key = "password_policy";
        try {
            GetAccountPasswordPolicyResponse answer = iam.getAccountPasswordPolicy();
            PasswordPolicy policy = answer.passwordPolicy();
            rows.row(
                    RowSource.of(
                            answer, "/GetAccountPasswordPolicyResponse/GetAccountPasswordPolicyResult/PasswordPolicy"),
                    key,
                    Cells.of("policy_exists", true)
                            .and("minimum_password_length", policy.minimumPasswordLength())
                            .and("require_symbols", policy.requireSymbols())
                            .and("require_numbers", policy.requireNumbers())
                            .and("require_uppercase_characters", policy.requireUppercaseCharacters())
                            .and("require_lowercase_characters", policy.requireLowercaseCharacters())
                            .and("allow_users_to_change_password", policy.allowUsersToChangePassword())
                            .and("expire_passwords", policy.expirePasswords())
                            .and("max_password_age", policy.maxPasswordAge())
                            .and("password_reuse_prevention", policy.passwordReusePrevention())
                            .and("hard_expiry", policy.hardExpiry()));
        } catch (NoSuchEntityException e) { // an answer: no policy was ever set
            rows.row(RowSource.of(e, "/ErrorResponse/Error"), key, Cells.of("policy_exists", false));
        }
        rows.endOfPage(true);
    }
}
