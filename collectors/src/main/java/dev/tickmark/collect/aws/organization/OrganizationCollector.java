package dev.tickmark.collect.aws.organization;

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
import dev.tickmark.evidence.Verdict;
import java.util.List;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.DescribeOrganizationResponse;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.organizations.model.Organization;

/**
 * Reads the organization and its accounts, suspended ones included. Only the management account and delegated
 * administrators are given the accounts; an account in no organization answers so.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html">DescribeOrganization</a>
 * @see <a href="https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html">ListAccounts</a>
 */
public final class OrganizationCollector implements Collector {
    private static final String ORGANIZATION = "aws_organization";
    private static final String ACCOUNT = "aws_organization_account";
    private static final Source SOURCE = new Source(
            "aws-organization",
            1,
            "aws",
            List.of(ORGANIZATION, ACCOUNT),
            List.of(
                    new Operation(
                            "organizations",
                            "DescribeOrganization",
                            "organizations:DescribeOrganization",
                            List.of(ORGANIZATION)),
                    new Operation(
                            "organizations",
                            "ListAccounts",
                            "organizations:ListAccounts",
                            List.of(ACCOUNT),
                            "Only the management account or a delegated administrator may list accounts: read that one"
                                    + " under 'sources', or exclude the table.")));

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
        evidence.population(ORGANIZATION, rows -> inUse(rows, () -> organization(scope, connections, rows)));
        evidence.population(ACCOUNT, rows -> inUse(rows, () -> accounts(scope, connections, rows)));
    }

    private static void inUse(PopulationWriter rows, Runnable read) {
        try {
            read.run();
        } catch (AwsOrganizationsNotInUseException e) { // an answer: there is nothing to read
            rows.verdict(Verdict.DISABLED, "the account is in no organization (AWSOrganizationsNotInUse)", "");
        }
    }

    private static void organization(Scope scope, Connections connections, PopulationWriter rows) {
        DescribeOrganizationResponse answer =
                connections.aws(OrganizationsClient.builder(), scope).describeOrganization();
        Organization organization = answer.organization();
        String management = organization.masterAccountId();
        rows.row(
                RowSource.of(answer, "/Organization"),
                organization.id(),
                Cells.of("organization_id", organization.id())
                        .and("arn", organization.arn())
                        .and("feature_set", organization.featureSetAsString())
                        .and("management_account_id", management)
                        .and("management_account_arn", organization.masterAccountArn())
                        .and(
                                "is_management_account",
                                management == null ? null : (Object) management.equals(scope.account())));
        rows.endOfPage(true);
    }

    private static void accounts(Scope scope, Connections connections, PopulationWriter rows) {
        OrganizationsClient organizations = connections.aws(OrganizationsClient.builder(), scope);
        Pages.read(
                token -> organizations.listAccounts(request -> request.nextToken(token)),
                page -> Pages.token(page.nextToken()),
                (ListAccountsResponse page, Boolean last) -> {
                    for (int i = 0; i < page.accounts().size(); i++) {
                        Account account = page.accounts().get(i);
                        rows.row(
                                RowSource.of(page, "/Accounts/" + i),
                                account.id(),
                                Cells.of("member_account_id", account.id())
                                        .and("arn", account.arn())
                                        .and("name", account.name())
                                        .and("email", account.email())
                                        .and("state", account.stateAsString())
                                        .and("status", account.statusAsString())
                                        .and("joined_method", account.joinedMethodAsString())
                                        .and("joined_at", account.joinedTimestamp()));
                    }
                    rows.endOfPage(last);
                });
    }
}
