package dev.tickmark.collect.aws.authorization;

import dev.tickmark.collect.Cells;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.aws.Arn;
import dev.tickmark.collect.aws.Console;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GroupDetail;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UserDetail;

/** Writes the pages of GetAccountAuthorizationDetails as rows, keeping nothing of a page once it is written. */
final class Details {
    static final List<String> TABLES = List.of(
            "aws_iam_user",
            "aws_iam_user_tag",
            "aws_iam_group",
            "aws_iam_group_membership",
            "aws_iam_role",
            "aws_iam_role_tag",
            "aws_iam_role_trust",
            "aws_iam_principal",
            "aws_iam_policy",
            "aws_iam_inline_policy",
            "aws_iam_policy_document",
            "aws_iam_policy_attachment",
            "aws_iam_policy_statement");

    private static final String RESULT =
            "/GetAccountAuthorizationDetailsResponse/GetAccountAuthorizationDetailsResult/";

    private final String account;
    private final Function<String, PopulationWriter> tables;
    private final Unread unreadTrusts = new Unread();
    private final Unread unreadPolicies = new Unread();

    /** @param account that is read, from which a trusted one may differ */
    Details(String account, Function<String, PopulationWriter> tables) {
        this.account = account;
        this.tables = tables;
    }

    void page(GetAccountAuthorizationDetailsResponse page, boolean last) {
        for (int i = 0; i < page.userDetailList().size(); i++) {
            user(page, page.userDetailList().get(i), RESULT + "UserDetailList" + member(i));
        }
        for (int i = 0; i < page.groupDetailList().size(); i++) {
            group(page, page.groupDetailList().get(i), RESULT + "GroupDetailList" + member(i));
        }
        for (int i = 0; i < page.roleDetailList().size(); i++) {
            role(page, page.roleDetailList().get(i), RESULT + "RoleDetailList" + member(i));
        }
        for (int i = 0; i < page.policies().size(); i++) {
            policy(page, page.policies().get(i), RESULT + "Policies" + member(i));
        }
        TABLES.forEach(table -> tables.apply(table).endOfPage(last));
    }

    /** Says once all pages are read what could not be taken apart. */
    void judge() {
        unreadTrusts.judge("trust policy", tables.apply("aws_iam_role_trust"));
        unreadPolicies.judge("policy that applies", tables.apply("aws_iam_policy_statement"));
    }

    private void user(SdkResponse answer, UserDetail user, String path) {
        tables.apply("aws_iam_user")
                .row(
                        RowSource.of(answer, path),
                        user.userId(),
                        Cells.of("user_name", user.userName())
                                .and("user_id", user.userId())
                                .and("arn", user.arn())
                                .and("path", user.path())
                                .and("created_at", user.createDate())
                                .and("permissions_boundary_arn", boundary(user.permissionsBoundary()))
                                .and("groups", size(user.hasGroupList(), user.groupList()))
                                .and(
                                        "attached_policies",
                                        size(user.hasAttachedManagedPolicies(), user.attachedManagedPolicies()))
                                .and("inline_policies", size(user.hasUserPolicyList(), user.userPolicyList()))
                                .and("tags", size(user.hasTags(), user.tags())));
        Console.iam(user.arn(), "users/details", user.userName())
                .ifPresent(url -> tables.apply("aws_iam_user").traceUrl(user.userId(), url));
        for (int i = 0; i < user.groupList().size(); i++) {
            String group = user.groupList().get(i);
            tables.apply("aws_iam_group_membership")
                    .row(
                            RowSource.of(answer, path + "/GroupList" + member(i)),
                            user.userId() + "/" + group,
                            Cells.of("user_name", user.userName())
                                    .and("user_id", user.userId())
                                    .and("user_arn", user.arn())
                                    .and("group_name", group));
        }
        Owner owner = new Owner("user", user.userId(), user.userName(), user.arn(), path);
        principal(answer, owner, user.createDate(), boundary(user.permissionsBoundary()));
        tags(answer, owner, user.tags());
        inline(answer, owner, user.userPolicyList(), "UserPolicyList");
        attached(answer, owner, user.attachedManagedPolicies());
    }

    /** Users and roles stand in one more table, for what is asked of both. */
    private void principal(SdkResponse answer, Owner owner, @Nullable Instant createdAt, @Nullable String boundary) {
        tables.apply("aws_iam_principal")
                .row(
                        RowSource.of(answer, owner.path()),
                        owner.id(),
                        Cells.of("principal_type", owner.type())
                                .and("principal_id", owner.id())
                                .and("principal_name", owner.name())
                                .and("principal_arn", owner.arn())
                                .and("created_at", createdAt)
                                .and("permissions_boundary_arn", boundary));
    }

    private void group(SdkResponse answer, GroupDetail group, String path) {
        tables.apply("aws_iam_group")
                .row(
                        RowSource.of(answer, path),
                        group.groupId(),
                        Cells.of("group_name", group.groupName())
                                .and("group_id", group.groupId())
                                .and("arn", group.arn())
                                .and("path", group.path())
                                .and("created_at", group.createDate())
                                .and(
                                        "attached_policies",
                                        size(group.hasAttachedManagedPolicies(), group.attachedManagedPolicies()))
                                .and("inline_policies", size(group.hasGroupPolicyList(), group.groupPolicyList())));
        Console.iam(group.arn(), "groups/details", group.groupName())
                .ifPresent(url -> tables.apply("aws_iam_group").traceUrl(group.groupId(), url));
        Owner owner = new Owner("group", group.groupId(), group.groupName(), group.arn(), path);
        inline(answer, owner, group.groupPolicyList(), "GroupPolicyList");
        attached(answer, owner, group.attachedManagedPolicies());
    }

    private void role(SdkResponse answer, RoleDetail role, String path) {
        PolicyDocument trust = PolicyDocument.of(role.assumeRolePolicyDocument());
        RoleLastUsed used = role.roleLastUsed();
        boolean serviceLinked = role.path() != null && role.path().startsWith("/aws-service-role/");
        tables.apply("aws_iam_role")
                .row(
                        RowSource.of(answer, path),
                        role.roleId(),
                        Cells.of("role_name", role.roleName())
                                .and("role_id", role.roleId())
                                .and("arn", role.arn())
                                .and("path", role.path())
                                .and("created_at", role.createDate())
                                .and("service_linked", serviceLinked)
                                .and("permissions_boundary_arn", boundary(role.permissionsBoundary()))
                                .and("last_used_at", used == null ? null : used.lastUsedDate())
                                .and("last_used_at_note", notUsed(used))
                                .and("last_used_region", used == null ? null : used.region())
                                .and("trust_policy", trust.json())
                                .and("trust_policy_note", trust.note())
                                .and(
                                        "attached_policies",
                                        size(role.hasAttachedManagedPolicies(), role.attachedManagedPolicies()))
                                .and("inline_policies", size(role.hasRolePolicyList(), role.rolePolicyList()))
                                .and(
                                        "instance_profiles",
                                        size(role.hasInstanceProfileList(), role.instanceProfileList()))
                                .and("tags", size(role.hasTags(), role.tags())));
        Console.iam(role.arn(), "roles/details", role.roleName())
                .ifPresent(url -> tables.apply("aws_iam_role").traceUrl(role.roleId(), url));
        PopulationWriter trusts = tables.apply("aws_iam_role_trust");
        if (!trust.readable()) {
            unreadTrusts.add(role.arn(), trusts);
        }
        for (Statement statement : trust.statements()) {
            int place = 0;
            for (Principal principal : Principal.of(statement)) {
                trusts.row(
                        RowSource.of(answer, path + "/AssumeRolePolicyDocument#" + principal.pointer()),
                        role.roleId() + "/" + statement.index() + "/" + place++,
                        trusted(role, serviceLinked, statement, principal));
            }
        }
        Owner owner = new Owner("role", role.roleId(), role.roleName(), role.arn(), path);
        principal(answer, owner, role.createDate(), boundary(role.permissionsBoundary()));
        tags(answer, owner, role.tags());
        inline(answer, owner, role.rolePolicyList(), "RolePolicyList");
        attached(answer, owner, role.attachedManagedPolicies());
    }

    private Cells trusted(RoleDetail role, boolean serviceLinked, Statement statement, Principal principal) {
        Conditions conditions = statement.conditions();
        return principal
                .into(statement.common(), account)
                .and("role_name", role.roleName())
                .and("role_id", role.roleId())
                .and("role_arn", role.arn())
                .and("service_linked", serviceLinked)
                .and("has_external_id_condition", conditions.bind("sts:externalid"))
                .and("external_ids_condition", conditions.only("sts:externalid"::equals))
                .and("has_mfa_condition", conditions.names("aws:multifactorauthpresent", "aws:multifactorauthage"))
                .and(
                        "has_org_condition",
                        conditions.names(
                                "aws:principalorgid", "aws:principalorgpaths", "aws:sourceorgid", "aws:sourceorgpaths"))
                .and(
                        "has_source_condition",
                        conditions.names(
                                "aws:sourceaccount", "aws:sourcearn", "aws:principalaccount", "aws:principalarn"))
                .and("has_subject_condition", conditions.nameEnding(":sub"))
                .and("subject_conditions", conditions.only(key -> key.endsWith(":sub")))
                .and("audience_conditions", conditions.only(key -> key.endsWith(":aud")))
                .and("condition_keys", conditions.keys());
    }

    private void policy(SdkResponse answer, ManagedPolicyDetail policy, String path) {
        boolean awsManaged = Arn.of(policy.arn()).map(Arn::awsManaged).orElse(false);
        if (awsManaged && isZero(policy.attachmentCount()) && isZero(policy.permissionsBoundaryUsageCount())) {
            tables.apply("aws_iam_policy").leftOut("policy of AWS that nothing in the account uses");
            return;
        }
        tables.apply("aws_iam_policy")
                .row(
                        RowSource.of(answer, path),
                        policy.arn(),
                        Cells.of("policy_arn", policy.arn())
                                .and("policy_name", policy.policyName())
                                .and("policy_id", policy.policyId())
                                .and("path", policy.path())
                                .and("aws_managed", awsManaged)
                                .and("default_version_id", policy.defaultVersionId())
                                .and("attachment_count", policy.attachmentCount())
                                .and("permissions_boundary_usage_count", policy.permissionsBoundaryUsageCount())
                                .and("attachable", policy.isAttachable())
                                .and("description", policy.description())
                                .and("created_at", policy.createDate())
                                .and("updated_at", policy.updateDate())
                                .and("versions", size(policy.hasPolicyVersionList(), policy.policyVersionList())));
        Console.iam(policy.arn(), "policies/details", policy.arn())
                .ifPresent(url -> tables.apply("aws_iam_policy").traceUrl(policy.arn(), url));
        boolean applied = false;
        for (int i = 0; i < policy.policyVersionList().size(); i++) {
            PolicyVersion version = policy.policyVersionList().get(i);
            PolicyDocument document = PolicyDocument.of(version.document());
            String place = path + "/PolicyVersionList" + member(i);
            Cells named = Cells.of("policy_key", policy.arn())
                    .and("policy_kind", kind(awsManaged))
                    .and("policy_arn", policy.arn())
                    .and("policy_name", policy.policyName());
            document(
                    RowSource.of(answer, place),
                    policy.arn() + "/" + version.versionId(),
                    document,
                    named.copy()
                            .and("version_id", version.versionId())
                            .and("default_version", version.isDefaultVersion())
                            .and("created_at", version.createDate()));
            if (Boolean.TRUE.equals(version.isDefaultVersion())) {
                applied = true;
                statements(answer, place + "/Document", policy.arn(), document, named);
            }
        }
        if (!applied) {
            unreadPolicies.add(policy.arn(), tables.apply("aws_iam_policy_statement"));
        }
    }

    private void inline(SdkResponse answer, Owner owner, List<PolicyDetail> policies, String list) {
        for (int i = 0; i < policies.size(); i++) {
            PolicyDetail policy = policies.get(i);
            PolicyDocument document = PolicyDocument.of(policy.policyDocument());
            String key = owner.id() + "/" + policy.policyName();
            String place = owner.path() + "/" + list + member(i);
            RowSource source = RowSource.of(answer, place);
            tables.apply("aws_iam_inline_policy")
                    .row(
                            source,
                            key,
                            Cells.of("owner_type", owner.type())
                                    .and("owner_id", owner.id())
                                    .and("owner_name", owner.name())
                                    .and("owner_arn", owner.arn())
                                    .and("policy_name", policy.policyName())
                                    .and("document_sha256", document.sha256()));
            Cells named = Cells.of("policy_key", key)
                    .and("policy_kind", "inline")
                    .and("policy_name", policy.policyName())
                    .and("owner_arn", owner.arn());
            document(source, key, document, named.copy().and("default_version", true));
            statements(
                    answer,
                    place + "/PolicyDocument",
                    key,
                    document,
                    named.and("owner_type", owner.type()).and("owner_id", owner.id()));
        }
    }

    private void document(RowSource source, String key, PolicyDocument document, Cells cells) {
        tables.apply("aws_iam_policy_document")
                .row(
                        source,
                        key,
                        cells.and("document", document.json())
                                .and("document_note", document.note())
                                .and(
                                        "statements",
                                        document.readable()
                                                ? document.statements().size()
                                                : null)
                                .and("document_sha256", document.sha256()));
    }

    private void statements(SdkResponse answer, String path, String key, PolicyDocument document, Cells named) {
        PopulationWriter rows = tables.apply("aws_iam_policy_statement");
        if (!document.readable()) {
            unreadPolicies.add(key, rows);
        }
        for (Statement statement : document.statements()) {
            rows.row(
                    RowSource.of(answer, path + "#" + statement.pointer()),
                    key + "/" + statement.index(),
                    statement.granted().and(named));
        }
    }

    private void attached(SdkResponse answer, Owner owner, List<AttachedPolicy> policies) {
        for (int i = 0; i < policies.size(); i++) {
            AttachedPolicy policy = policies.get(i);
            boolean awsManaged = Arn.of(policy.policyArn()).map(Arn::awsManaged).orElse(false);
            tables.apply("aws_iam_policy_attachment")
                    .row(
                            RowSource.of(answer, owner.path() + "/AttachedManagedPolicies" + member(i)),
                            owner.id() + "/" + policy.policyArn(),
                            Cells.of("principal_type", owner.type())
                                    .and("principal_id", owner.id())
                                    .and("principal_name", owner.name())
                                    .and("principal_arn", owner.arn())
                                    .and("policy_key", policy.policyArn())
                                    .and("policy_arn", policy.policyArn())
                                    .and("policy_name", policy.policyName())
                                    .and("policy_kind", kind(awsManaged)));
        }
    }

    private void tags(SdkResponse answer, Owner owner, List<Tag> tags) {
        for (int i = 0; i < tags.size(); i++) {
            Tag tag = tags.get(i);
            tables.apply("aws_iam_" + owner.type() + "_tag")
                    .row(
                            RowSource.of(answer, owner.path() + "/Tags" + member(i)),
                            owner.id() + "/" + tag.key(),
                            Cells.of(owner.type() + "_id", owner.id())
                                    .and(owner.type() + "_name", owner.name())
                                    .and("arn", owner.arn())
                                    .and("tag_key", tag.key())
                                    .and("tag_value", tag.value()));
        }
    }

    /** A count of what is not in the answer is not zero. */
    private static @Nullable Integer size(boolean stated, List<?> list) {
        return stated ? list.size() : null;
    }

    private static boolean isZero(@Nullable Integer count) {
        return count != null && count == 0;
    }

    private static String kind(boolean awsManaged) {
        return awsManaged ? "aws_managed" : "customer_managed";
    }

    private static @Nullable String boundary(@Nullable AttachedPermissionsBoundary boundary) {
        return boundary == null ? null : boundary.permissionsBoundaryArn();
    }

    private static @Nullable String notUsed(@Nullable RoleLastUsed used) {
        return used == null ? "not_returned" : used.lastUsedDate() == null ? "no_information" : null;
    }

    private static String member(int index) {
        return "/member[" + (index + 1) + "]";
    }
}
