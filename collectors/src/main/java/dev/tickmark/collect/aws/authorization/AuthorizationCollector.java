package dev.tickmark.collect.aws.authorization;

import dev.tickmark.collect.Collector;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.Operation;
import dev.tickmark.collect.Source;
import dev.tickmark.collect.aws.Pages;
import dev.tickmark.evidence.Scope;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityType;

/**
 * Reads users, groups, roles and policies of an account with what connects them, from one listing: no other gives the
 * last use of roles, tags, boundaries and documents without a call for each. IAM is global, so is the scope's region.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html">GetAccountAuthorizationDetails</a>
 */
public final class AuthorizationCollector implements Collector {
    private static final Source SOURCE = new Source(
            "aws-iam-authorization",
            1,
            "aws",
            Details.TABLES,
            List.of(new Operation(
                    "iam", "GetAccountAuthorizationDetails", "iam:GetAccountAuthorizationDetails", Details.TABLES)));

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
        evidence.populations(Details.TABLES, tables -> {
            IamClient iam = connections.aws(IamClient.builder(), scope);
            Details details = new Details(scope.account(), tables);
            Pages.read(
                    marker -> iam.getAccountAuthorizationDetails(request -> request.filter(
                                    EntityType.USER,
                                    EntityType.GROUP,
                                    EntityType.ROLE,
                                    EntityType.LOCAL_MANAGED_POLICY,
                                    EntityType.AWS_MANAGED_POLICY)
                            .maxItems(Pages.IAM_LARGEST)
                            .marker(marker)),
                    page -> Pages.marker(page.isTruncated(), page.marker()),
                    details::page);
            details.judge();
        });
    }
}
