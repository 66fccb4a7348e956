package dev.tickmark.collect.aws.credentials;

import dev.tickmark.collect.Cells;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.aws.Console;
import dev.tickmark.collect.aws.Pages;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;

/**
 * The access keys of the users that have an active one. The report's {@code last_rotated} is no creation date, so the
 * keys themselves are listed.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html">ListAccessKeys</a>
 */
final class AccessKeys {
    static final String TABLE = "aws_iam_access_key";

    private AccessKeys() {}

    static void read(IamClient iam, Connections connections, Guide guide, PopulationWriter rows) {
        List<CredentialReport.Line> users =
                guide.users(user -> user.is("access_key_1_active") || user.is("access_key_2_active"));
        guide.judge(rows);
        rows.endOfPage(true); // the report, which may name nobody
        PerUser.read(
                connections,
                rows,
                users,
                (user, marker) -> iam.listAccessKeys(request ->
                        request.userName(user).maxItems(Pages.IAM_LARGEST).marker(marker)),
                page -> Pages.marker(page.isTruncated(), page.marker()),
                (user, page) -> write(guide, user, page, rows));
    }

    private static void write(
            Guide guide, CredentialReport.Line user, ListAccessKeysResponse page, PopulationWriter rows) {
        List<AccessKeyMetadata> keys = page.accessKeyMetadata();
        for (int i = 0; i < keys.size(); i++) {
            AccessKeyMetadata key = keys.get(i);
            rows.row(
                    List.of(
                            RowSource.of(
                                    page,
                                    "/ListAccessKeysResponse/ListAccessKeysResult/AccessKeyMetadata/member[" + (i + 1)
                                            + "]",
                                    "access_key_id",
                                    "user_name",
                                    "status",
                                    "created_at"),
                            guide.source(user, "user_arn")),
                    key.accessKeyId(),
                    Cells.of("access_key_id", key.accessKeyId())
                            .and("user_name", key.userName())
                            .and("user_arn", user.arn())
                            .and("status", key.statusAsString())
                            .and("created_at", key.createDate()));
            Console.iam(user.arn(), "users/details", user.user())
                    .ifPresent(url -> rows.traceUrl(key.accessKeyId(), url + "?section=security_credentials"));
        }
    }
}
