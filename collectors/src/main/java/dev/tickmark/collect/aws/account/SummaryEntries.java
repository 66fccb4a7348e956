package dev.tickmark.collect.aws.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.collect.Cells;
import dev.tickmark.evidence.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The entries of SummaryMap as columns; an entry that no column knows goes into {@code other_entries}. */
final class SummaryEntries {
    private static final List<String> KNOWN = List.of(
            "Users",
            "UsersQuota",
            "Groups",
            "GroupsQuota",
            "GroupsPerUserQuota",
            "Roles",
            "RolesQuota",
            "Policies",
            "PoliciesQuota",
            "PolicyVersionsInUse",
            "PolicyVersionsInUseQuota",
            "VersionsPerPolicyQuota",
            "AttachedPoliciesPerUserQuota",
            "AttachedPoliciesPerGroupQuota",
            "AttachedPoliciesPerRoleQuota",
            "PolicySizeQuota",
            "UserPolicySizeQuota",
            "GroupPolicySizeQuota",
            "RolePolicySizeQuota",
            "AssumeRolePolicySizeQuota",
            "AccessKeysPerUserQuota",
            "SigningCertificatesPerUserQuota",
            "ServerCertificates",
            "ServerCertificatesQuota",
            "InstanceProfiles",
            "InstanceProfilesQuota",
            "Providers",
            "MFADevices",
            "MFADevicesInUse",
            "AccountMFAEnabled",
            "AccountPasswordPresent",
            "AccountAccessKeysPresent",
            "AccountSigningCertificatesPresent",
            "GlobalEndpointTokenVersion");
    private static final Pattern WORD_BEGINS = Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=MFA)(?=[A-Z])");

    private SummaryEntries() {}

    static Cells cells(Map<String, Integer> entries) {
        Cells cells = Cells.none();
        ObjectNode others = Json.object();
        new TreeMap<>(entries).forEach((key, value) -> {
            if (KNOWN.contains(key)) {
                cells.and(WORD_BEGINS.matcher(key).replaceAll("_").toLowerCase(Locale.ROOT), value);
            } else {
                others.put(key, value);
            }
        });
        return cells.and("other_entries", others.isEmpty() ? null : Json.line(others));
    }
}
