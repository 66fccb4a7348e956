package dev.tickmark.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers on loopback for an invented account, in the formats that the AWS API references document: enough of STS, IAM,
 * Organizations and Account for the demo's recording and for the benchmarks.
 */
public final class EstateServer implements AutoCloseable {
    private static final String IAM_NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";
    private static final String STS_NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final String READER = "assumed-role/EvidenceReader/tickmark";

    private final Estate estate;
    private final Clock clock;
    private final Duration latency;
    private final LoopbackHttp server;
    private final AtomicInteger calls = new AtomicInteger();
    private final ObjectMapper json = new ObjectMapper();
    private volatile Fault fault = (action, number, usual) -> usual;

    /** Stands between an answer and the one who asked: gives it as it is, another one, none, or late. */
    interface Fault {
        /** Gives what is sent in the place of the usual answer; {@code number} counts the calls from 1. */
        LoopbackHttp.Response answer(String action, int number, LoopbackHttp.Response usual)
                throws IOException, InterruptedException;
    }

    /** @param latency added to every answer, as a distant endpoint would */
    public EstateServer(Estate estate, Clock clock, Duration latency) throws IOException {
        this.estate = estate;
        this.clock = clock;
        this.latency = latency;
        this.server = new LoopbackHttp(this::answer);
    }

    public URI endpoint() {
        return server.address();
    }

    EstateServer misbehaving(Fault how) {
        fault = how;
        return this;
    }

    /** An answer that says no, as the query services word it. */
    static LoopbackHttp.Response refusal(LoopbackHttp.Response usual, int status, String code, String message) {
        return new LoopbackHttp.Response(
                status, usual.headers(), error(status, code, message).body());
    }

    /** The calls answered so far. */
    public int calls() {
        return calls.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private LoopbackHttp.Response answer(LoopbackHttp.Request request) throws IOException, InterruptedException {
        int number = calls.incrementAndGet();
        if (!latency.isZero()) {
            Thread.sleep(latency.toMillis());
        }
        String target = request.headers().get("x-amz-target");
        if (target != null) {
            String action = target.substring(target.lastIndexOf('.') + 1);
            Answer answer = organizations(target, request.body());
            return fault.answer(action, number, response(number, "application/x-amz-json-1.1", answer));
        }
        if (request.path().equals("/listRegions")) {
            return fault.answer("ListRegions", number, response(number, "application/json", regions()));
        }
        Map<String, String> form = form(request.body());
        String action = form.getOrDefault("Action", "");
        return fault.answer(action, number, response(number, "text/xml", query(action, form)));
    }

    private record Answer(int status, String body) {}

    private LoopbackHttp.Response response(int number, String type, Answer answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("x-amzn-RequestId", String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", number));
        headers.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        return new LoopbackHttp.Response(answer.status(), headers, answer.body());
    }

    private Answer query(String action, Map<String, String> form) {
        if (estate.denied().contains(action)) {
            return error(
                    403,
                    "AccessDenied",
                    "User: arn:aws:sts::" + estate.account() + ":" + READER + " is not authorized to perform: iam:"
                            + action + " on resource: * because no identity-based policy allows the iam:" + action
                            + " action");
        }
        Xml xml = new Xml();
        boolean sts = action.equals("GetCallerIdentity");
        xml.open(action + "Response", sts ? STS_NAMESPACE : IAM_NAMESPACE);
        xml.open(action + "Result");
        switch (action) {
            case "GetCallerIdentity" ->
                xml.leaf("Arn", "arn:aws:sts::" + estate.account() + ":" + READER)
                        .leaf("UserId", "AROAEXAMPLE00000099:tickmark")
                        .leaf("Account", estate.account());
            case "GetAccountSummary" -> summary(xml);
            case "ListAccountAliases" ->
                xml.leaf("IsTruncated", "false")
                        .open("AccountAliases")
                        .leaf("member", estate.alias())
                        .close();
            case "GetAccountPasswordPolicy" -> {
                if (estate.passwordPolicy().isEmpty()) {
                    return error(
                            404,
                            "NoSuchEntity",
                            "The Password Policy with domain name " + estate.account() + " cannot be found.");
                }
                xml.open("PasswordPolicy");
                estate.passwordPolicy().forEach(xml::leaf);
                xml.close();
            }
            case "GenerateCredentialReport" -> xml.leaf("State", "COMPLETE");
            case "GetCredentialReport" ->
                xml.leaf("Content", Base64.getEncoder().encodeToString(report().getBytes(StandardCharsets.UTF_8)))
                        .leaf("ReportFormat", "text/csv")
                        .leaf("GeneratedTime", estate.reportGenerated().toString());
            case "GetAccountAuthorizationDetails" -> authorization(xml, form);
            case "ListAccessKeys" -> accessKeys(xml, form.getOrDefault("UserName", ""));
            case "ListMFADevices" -> mfaDevices(xml, form.getOrDefault("UserName", ""));
            case "ListVirtualMFADevices" -> virtualDevices(xml);
            case "ListSigningCertificates" -> certificates(xml, form.getOrDefault("UserName", ""));
            case "ListSAMLProviders" -> providers(xml, "saml", "SAMLProviderList");
            case "ListOpenIDConnectProviders" -> providers(xml, "oidc", "OpenIDConnectProviderList");
            case "GetSAMLProvider" -> saml(xml, form.getOrDefault("SAMLProviderArn", ""));
            case "GetOpenIDConnectProvider" -> oidc(xml, form.getOrDefault("OpenIDConnectProviderArn", ""));
            case "ListUsers" -> users(xml);
            default -> {
                return error(400, "InvalidAction", "Could not find operation " + action);
            }
        }
        xml.close()
                .open("ResponseMetadata")
                .leaf("RequestId", "00000000-0000-4000-8000-000000000000")
                .close()
                .close();
        return new Answer(200, xml.text());
    }

    private static Answer error(int status, String code, String message) {
        Xml xml = new Xml();
        xml.open("ErrorResponse", IAM_NAMESPACE)
                .open("Error")
                .leaf("Type", "Sender")
                .leaf("Code", code)
                .leaf("Message", message)
                .close()
                .leaf("RequestId", "00000000-0000-4000-8000-000000000000")
                .close();
        return new Answer(status, xml.text());
    }

    private void summary(Xml xml) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("Users", (long) estate.users().size());
        counts.put("UsersQuota", 5000L);
        counts.put("Groups", (long) estate.groups().size());
        counts.put("GroupsQuota", 300L);
        counts.put("Roles", (long) estate.roles().size());
        counts.put("RolesQuota", 1000L);
        counts.put(
                "Policies",
                estate.policies().stream()
                        .filter(p -> p.arn().contains(estate.account()))
                        .count());
        counts.put("PoliciesQuota", 1500L);
        counts.put("Providers", (long) estate.providers().size());
        counts.put("ServerCertificates", 0L);
        counts.put("InstanceProfiles", 0L);
        long inUse =
                estate.users().stream().filter(u -> !u.mfa().equals("none")).count();
        long root = estate.root().mfa() ? 1L : 0L;
        counts.put("MFADevices", inUse + root);
        counts.put("MFADevicesInUse", inUse + root);
        counts.put("AccountMFAEnabled", root);
        counts.put("AccountAccessKeysPresent", 0L);
        counts.put("AccountSigningCertificatesPresent", 0L);
        counts.put("AccountPasswordPresent", estate.root().password() ? 1L : 0L);
        counts.put("GroupsPerUserQuota", 10L);
        counts.put("AccessKeysPerUserQuota", 2L);
        counts.put("GlobalEndpointTokenVersion", 1L);
        xml.open("SummaryMap");
        counts.forEach((key, value) -> xml.open("entry")
                .leaf("key", key)
                .leaf("value", value.toString())
                .close());
        xml.close();
    }

    private String report() {
        StringBuilder csv = new StringBuilder("user,arn,user_creation_time,password_enabled,password_last_used,"
                + "password_last_changed,password_next_rotation,mfa_active,access_key_1_active,"
                + "access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
                + "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,"
                + "access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,"
                + "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated\n");
        Estate.Root root = estate.root();
        csv.append(String.join(
                        ",",
                        "<root_account>",
                        "arn:aws:iam::" + estate.account() + ":root",
                        root.created().toString(),
                        Boolean.toString(root.password()),
                        root.lastUsed().map(Instant::toString).orElse("no_information"),
                        "not_supported",
                        "not_supported",
                        Boolean.toString(root.mfa()),
                        "false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"))
                .append('\n');
        for (Estate.User user : estate.users()) {
            List<Estate.Key> keys = user.keys();
            csv.append(String.join(
                            ",",
                            user.name(),
                            arn("user", user.name()),
                            user.created().toString(),
                            Boolean.toString(user.password()),
                            user.passwordLastUsed(),
                            user.passwordChanged().map(Instant::toString).orElse("N/A"),
                            "N/A",
                            Boolean.toString(!user.mfa().equals("none")),
                            reportKey(keys, 0),
                            reportKey(keys, 1),
                            Boolean.toString(user.certificate().isPresent()),
                            user.certificate().orElse("N/A"),
                            "false",
                            "N/A"))
                    .append('\n');
        }
        return csv.toString();
    }

    private static String reportKey(List<Estate.Key> keys, int index) {
        if (keys.size() <= index) {
            return "false,N/A,N/A,N/A,N/A";
        }
        Estate.Key key = keys.get(index);
        return String.join(
                ",",
                Boolean.toString(key.active()),
                key.created().toString(),
                key.lastUsed().map(Instant::toString).orElse("N/A"),
                key.lastUsed().isPresent() ? "us-east-1" : "N/A",
                key.lastUsed().isPresent() ? "s3" : "N/A");
    }

    /** Items of all kinds in the order that the service gives them, cut into pages of MaxItems. */
    private void authorization(Xml xml, Map<String, String> form) {
        List<String> wanted = new ArrayList<>();
        form.forEach((key, value) -> {
            if (key.startsWith("Filter.member.")) {
                wanted.add(value);
            }
        });
        record Item(String list, Runnable write) {}
        List<Item> items = new ArrayList<>();
        if (wanted.isEmpty() || wanted.contains("User")) {
            estate.users().forEach(user -> items.add(new Item("UserDetailList", () -> userDetail(xml, user))));
        }
        if (wanted.isEmpty() || wanted.contains("Group")) {
            estate.groups().forEach(group -> items.add(new Item("GroupDetailList", () -> groupDetail(xml, group))));
        }
        if (wanted.isEmpty() || wanted.contains("Role")) {
            estate.roles().forEach(role -> items.add(new Item("RoleDetailList", () -> roleDetail(xml, role))));
        }
        for (Estate.Policy policy : estate.policies()) {
            boolean local = policy.arn().contains(estate.account());
            if (wanted.isEmpty() || wanted.contains(local ? "LocalManagedPolicy" : "AWSManagedPolicy")) {
                items.add(new Item("Policies", () -> policyDetail(xml, policy)));
            }
        }
        int start = form.containsKey("Marker") ? Integer.parseInt(form.get("Marker")) : 0;
        int size = form.containsKey("MaxItems") ? Integer.parseInt(form.get("MaxItems")) : 100;
        int end = Math.min(items.size(), start + size);
        List<Item> page = items.subList(Math.min(start, end), end);
        for (String list : List.of("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")) {
            xml.open(list);
            page.stream()
                    .filter(item -> item.list().equals(list))
                    .forEach(item -> item.write().run());
            xml.close();
        }
        xml.leaf("IsTruncated", Boolean.toString(end < items.size()));
        if (end < items.size()) {
            xml.leaf("Marker", Integer.toString(end));
        }
    }

    private void userDetail(Xml xml, Estate.User user) {
        xml.open("member")
                .leaf("Path", "/")
                .leaf("UserName", user.name())
                .leaf("UserId", user.id())
                .leaf("Arn", arn("user", user.name()))
                .leaf("CreateDate", user.created().toString());
        inline(xml, "UserPolicyList", user.inline());
        xml.open("GroupList");
        user.groups().forEach(group -> xml.leaf("member", group));
        xml.close();
        attached(xml, user.attached());
        tags(xml, user.tags());
        xml.close();
    }

    private void groupDetail(Xml xml, Estate.Group group) {
        xml.open("member")
                .leaf("Path", "/")
                .leaf("GroupName", group.name())
                .leaf("GroupId", group.id())
                .leaf("Arn", arn("group", group.name()))
                .leaf("CreateDate", group.created().toString());
        inline(xml, "GroupPolicyList", group.inline());
        attached(xml, group.attached());
        xml.close();
    }

    private void roleDetail(Xml xml, Estate.Role role) {
        xml.open("member")
                .leaf("Path", role.path())
                .leaf("RoleName", role.name())
                .leaf("RoleId", role.id())
                .leaf("Arn", "arn:aws:iam::" + estate.account() + ":role" + role.path() + role.name())
                .leaf("CreateDate", role.created().toString())
                .leaf("AssumeRolePolicyDocument", encoded(role.trust()))
                .open("InstanceProfileList")
                .close();
        inline(xml, "RolePolicyList", role.inline());
        attached(xml, role.attached());
        role.boundary()
                .ifPresent(arn -> xml.open("PermissionsBoundary")
                        .leaf("PermissionsBoundaryType", "Policy")
                        .leaf("PermissionsBoundaryArn", arn)
                        .close());
        tags(xml, role.tags());
        xml.open("RoleLastUsed");
        role.lastUsed()
                .ifPresent(used -> xml.leaf("LastUsedDate", used.toString()).leaf("Region", "eu-central-1"));
        xml.close().close();
    }

    private void policyDetail(Xml xml, Estate.Policy policy) {
        String name = policy.arn().substring(policy.arn().lastIndexOf('/') + 1);
        long uses = estate.users().stream()
                        .filter(u -> u.attached().contains(policy.arn()))
                        .count()
                + estate.groups().stream()
                        .filter(g -> g.attached().contains(policy.arn()))
                        .count()
                + estate.roles().stream()
                        .filter(r -> r.attached().contains(policy.arn()))
                        .count();
        xml.open("member")
                .leaf("PolicyName", name)
                .leaf("PolicyId", policy.id())
                .leaf("Arn", policy.arn())
                .leaf("Path", "/")
                .leaf("DefaultVersionId", "v1")
                .leaf("AttachmentCount", Long.toString(uses))
                .leaf("PermissionsBoundaryUsageCount", "0")
                .leaf("IsAttachable", "true")
                .leaf("CreateDate", policy.created().toString())
                .leaf("UpdateDate", policy.created().toString())
                .open("PolicyVersionList")
                .open("member")
                .leaf("Document", encoded(policy.document()))
                .leaf("VersionId", "v1")
                .leaf("IsDefaultVersion", "true")
                .leaf("CreateDate", policy.created().toString())
                .close()
                .close()
                .close();
    }

    private void users(Xml xml) {
        xml.open("Users");
        for (Estate.User user : estate.users()) {
            xml.open("member")
                    .leaf("Path", "/")
                    .leaf("UserName", user.name())
                    .leaf("UserId", user.id())
                    .leaf("Arn", arn("user", user.name()))
                    .leaf("CreateDate", user.created().toString())
                    .close();
        }
        xml.close().leaf("IsTruncated", "false");
    }

    private void accessKeys(Xml xml, String name) {
        xml.leaf("UserName", name).open("AccessKeyMetadata");
        user(name)
                .ifPresent(user -> user.keys()
                        .forEach(key -> xml.open("member")
                                .leaf("UserName", name)
                                .leaf("AccessKeyId", key.id())
                                .leaf("Status", key.active() ? "Active" : "Inactive")
                                .leaf("CreateDate", key.created().toString())
                                .close()));
        xml.close().leaf("IsTruncated", "false");
    }

    private void mfaDevices(Xml xml, String name) {
        xml.open("MFADevices");
        user(name)
                .filter(user -> !user.mfa().equals("none"))
                .ifPresent(user -> xml.open("member")
                        .leaf("UserName", name)
                        .leaf("SerialNumber", serial(user))
                        .leaf("EnableDate", user.created().toString())
                        .close());
        xml.close().leaf("IsTruncated", "false");
    }

    private void virtualDevices(Xml xml) {
        xml.open("VirtualMFADevices");
        for (Estate.User user : estate.users()) {
            if (user.mfa().equals("virtual")) {
                xml.open("member")
                        .leaf("SerialNumber", serial(user))
                        .open("User")
                        .leaf("Path", "/")
                        .leaf("UserName", user.name())
                        .leaf("UserId", user.id())
                        .leaf("Arn", arn("user", user.name()))
                        .leaf("CreateDate", user.created().toString())
                        .close()
                        .leaf("EnableDate", user.created().toString())
                        .close();
            }
        }
        estate.root()
                .virtualDevice()
                .ifPresent(device -> xml.open("member")
                        .leaf("SerialNumber", arn("mfa", device))
                        .open("User")
                        .leaf("UserId", estate.account())
                        .leaf("Arn", "arn:aws:iam::" + estate.account() + ":root")
                        .leaf("CreateDate", estate.root().created().toString())
                        .close()
                        .leaf("EnableDate", estate.root().created().toString())
                        .close());
        xml.close().leaf("IsTruncated", "false");
    }

    private void certificates(Xml xml, String name) {
        xml.open("Certificates");
        user(name)
                .flatMap(Estate.User::certificate)
                .ifPresent(uploaded -> xml.open("member")
                        .leaf("UserName", name)
                        .leaf("CertificateId", "TA7SMP42TDN5Z26OBPJE7EXAMPLE")
                        .leaf("CertificateBody", "-----BEGIN CERTIFICATE-----\nEXAMPLE\n-----END CERTIFICATE-----")
                        .leaf("Status", "Active")
                        .leaf("UploadDate", uploaded)
                        .close());
        xml.close().leaf("IsTruncated", "false");
    }

    private void providers(Xml xml, String kind, String list) {
        xml.open(list);
        estate.providers().stream().filter(p -> p.kind().equals(kind)).forEach(provider -> {
            xml.open("member").leaf("Arn", arn(kind + "-provider", provider.name()));
            if (kind.equals("saml")) {
                provider.validUntil().ifPresent(until -> xml.leaf("ValidUntil", until.toString()));
                xml.leaf("CreateDate", provider.created().toString());
            }
            xml.close();
        });
        xml.close();
    }

    private void saml(Xml xml, String arn) {
        estate.providers().stream().filter(p -> arn.endsWith("/" + p.name())).forEach(provider -> {
            xml.leaf(
                            "SAMLMetadataDocument",
                            "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.example.com/"
                                    + provider.name() + "\"/>")
                    .leaf("CreateDate", provider.created().toString());
            provider.validUntil().ifPresent(until -> xml.leaf("ValidUntil", until.toString()));
        });
    }

    private void oidc(Xml xml, String arn) {
        estate.providers().stream().filter(p -> arn.endsWith("/" + p.name())).forEach(provider -> {
            xml.leaf("Url", provider.name()).open("ClientIDList");
            provider.clients().forEach(client -> xml.leaf("member", client));
            xml.close()
                    .open("ThumbprintList")
                    .leaf("member", "0000000000000000000000000000000000000000")
                    .close()
                    .leaf("CreateDate", provider.created().toString());
        });
    }

    private Answer organizations(String target, String body) throws IOException {
        String operation = target.substring(target.indexOf('.') + 1);
        if (estate.members().isEmpty()) {
            ObjectNode none = json.createObjectNode();
            none.put("__type", "AWSOrganizationsNotInUseException");
            none.put("Message", "Your account is not a member of an organization.");
            return new Answer(400, none.toString());
        }
        ObjectNode answer = json.createObjectNode();
        String organization = "arn:aws:organizations::" + estate.account() + ":";
        if (operation.equals("DescribeOrganization")) {
            answer.putObject("Organization")
                    .put("Id", "o-exampleorgid")
                    .put("Arn", organization + "organization/o-exampleorgid")
                    .put("FeatureSet", "ALL")
                    .put("MasterAccountArn", organization + "account/o-exampleorgid/" + estate.account())
                    .put("MasterAccountId", estate.account())
                    .put("MasterAccountEmail", "aws@example.com");
        } else if (operation.equals("ListAccounts")) {
            // The documentation warns of empty pages that carry a token: the first one here is such a page.
            boolean first = !json.readTree(body).has("NextToken");
            ArrayNode accounts = answer.putArray("Accounts");
            if (first) {
                answer.put("NextToken", "second-page");
            } else {
                for (Estate.Member member : estate.members()) {
                    accounts.addObject()
                            .put("Id", member.id())
                            .put("Arn", organization + "account/o-exampleorgid/" + member.id())
                            .put("Email", member.email())
                            .put("Name", member.name())
                            .put("Status", member.state())
                            .put("State", member.state())
                            .put("JoinedMethod", "CREATED")
                            .put("JoinedTimestamp", member.joined().getEpochSecond());
                }
            }
        } else {
            return new Answer(
                    400, json.createObjectNode().put("__type", "InvalidAction").toString());
        }
        return new Answer(200, answer.toString());
    }

    private Answer regions() {
        ObjectNode answer = json.createObjectNode();
        ArrayNode regions = answer.putArray("Regions");
        for (String region : List.of("us-east-1", "us-west-2", "eu-central-1", "eu-west-1")) {
            regions.addObject().put("RegionName", region).put("RegionOptStatus", "ENABLED_BY_DEFAULT");
        }
        regions.addObject().put("RegionName", "eu-south-2").put("RegionOptStatus", "ENABLED");
        regions.addObject().put("RegionName", "af-south-1").put("RegionOptStatus", "DISABLED");
        return new Answer(200, answer.toString());
    }

    private Optional<Estate.User> user(String name) {
        return estate.users().stream().filter(user -> user.name().equals(name)).findFirst();
    }

    private String serial(Estate.User user) {
        return switch (user.mfa()) {
            case "virtual" -> arn("mfa", user.name());
            case "fido" -> arn("u2f", "user/" + user.name() + "/passkey-EXAMPLE");
            default -> "GAHT" + user.id().substring(user.id().length() - 8);
        };
    }

    private String arn(String kind, String name) {
        return "arn:aws:iam::" + estate.account() + ":" + kind + "/" + name;
    }

    private void inline(Xml xml, String list, Map<String, String> policies) {
        xml.open(list);
        policies.forEach((name, document) -> xml.open("member")
                .leaf("PolicyName", name)
                .leaf("PolicyDocument", encoded(document))
                .close());
        xml.close();
    }

    private void attached(Xml xml, List<String> arns) {
        xml.open("AttachedManagedPolicies");
        arns.forEach(arn -> xml.open("member")
                .leaf("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                .leaf("PolicyArn", arn)
                .close());
        xml.close();
    }

    private static void tags(Xml xml, Map<String, String> tags) {
        xml.open("Tags");
        tags.forEach((key, value) ->
                xml.open("member").leaf("Key", key).leaf("Value", value).close());
        xml.close();
    }

    private static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    /** Writes elements; closes what was opened last. */
    private static final class Xml {
        private final StringBuilder text = new StringBuilder();
        private final List<String> open = new ArrayList<>();

        Xml open(String name) {
            text.append('<').append(name).append('>');
            open.add(name);
            return this;
        }

        Xml open(String name, String namespace) {
            text.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
            open.add(name);
            return this;
        }

        Xml leaf(String name, String value) {
            text.append('<').append(name).append('>');
            text.append(value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
            text.append("</").append(name).append('>');
            return this;
        }

        Xml close() {
            text.append("</").append(open.remove(open.size() - 1)).append('>');
            return this;
        }

        String text() {
            return text.toString();
        }
    }
}
