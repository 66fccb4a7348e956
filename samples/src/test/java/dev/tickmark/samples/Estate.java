package dev.tickmark.samples;

import dev.tickmark.evidence.yaml.YamlValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** An invented AWS account: what {@link EstateServer} answers from. */
public record Estate(
        String account,
        String alias,
        Instant reportGenerated,
        Map<String, String> passwordPolicy,
        Root root,
        List<User> users,
        List<Group> groups,
        List<Role> roles,
        List<Policy> policies,
        List<Provider> providers,
        List<Member> members,
        List<String> denied) {

    record Root(
            boolean password,
            boolean mfa,
            Optional<String> virtualDevice,
            Instant created,
            Optional<Instant> lastUsed) {}

    record User(
            String name,
            String id,
            Instant created,
            boolean password,
            Optional<Instant> passwordChanged,
            String passwordLastUsed,
            String mfa,
            List<Key> keys,
            List<String> groups,
            Map<String, String> tags,
            List<String> attached,
            Map<String, String> inline,
            Optional<String> certificate) {}

    record Key(String id, boolean active, Instant created, Optional<Instant> lastUsed) {}

    record Group(String name, String id, Instant created, List<String> attached, Map<String, String> inline) {}

    record Role(
            String name,
            String path,
            String id,
            Instant created,
            String trust,
            Optional<Instant> lastUsed,
            List<String> attached,
            Map<String, String> inline,
            Map<String, String> tags,
            Optional<String> boundary) {}

    record Policy(String arn, String id, Instant created, String document) {}

    /** @param kind {@code saml} or {@code oidc} */
    record Provider(String kind, String name, Instant created, Optional<Instant> validUntil, List<String> clients) {}

    record Member(String id, String name, String email, String state, Instant joined) {}

    /** An account of any size: every tenth user has an active key, every fourth a virtual device, half a password. */
    public static Estate generated(int users) {
        Instant born = Instant.parse("2022-01-01T00:00:00Z");
        List<User> made = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            String id = String.format(Locale.ROOT, "%08d", i);
            made.add(new User(
                    "user-" + id,
                    "AIDAEXAMPLE" + id,
                    born,
                    i % 2 == 0,
                    i % 2 == 0 ? Optional.of(born) : Optional.empty(),
                    i % 2 == 0 ? "2026-11-01T00:00:00Z" : "N/A",
                    i % 4 == 0 ? "virtual" : "none",
                    i % 10 == 0 ? List.of(new Key("AKIAEXAMPLE" + id + "0", true, born, Optional.empty())) : List.of(),
                    List.of("everyone"),
                    Map.of("owner", "user-" + id + "@example.com"),
                    List.of(),
                    Map.of(),
                    Optional.empty()));
        }
        String everyone = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        String reading =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}]}";
        return new Estate(
                "111122223333",
                "example-large",
                Instant.parse("2026-11-20T05:41:07Z"),
                Map.of("MinimumPasswordLength", "14"),
                new Root(true, true, Optional.of("root-account-mfa-device"), born, Optional.empty()),
                made,
                List.of(new Group("everyone", "AGPAEXAMPLE00000001", born, List.of(everyone), Map.of())),
                List.of(),
                List.of(new Policy(everyone, "ANPAEXAMPLE00000001", born, reading)),
                List.of(),
                List.of(),
                List.of());
    }

    /** The estate of a YAML file such as {@code samples/estate/estate.yaml}. */
    public static Estate read(Path file) {
        YamlValue root = YamlValue.read(file, UnaryOperator.identity());
        String account = root.at("account").text();
        Instant born = Instant.parse("2021-03-01T09:00:00Z");
        YamlValue top = root.at("root");
        return new Estate(
                account,
                root.at("alias").text(),
                instant(root.at("report_generated")),
                texts(root.find("password_policy")),
                new Root(
                        top.at("password").bool(),
                        top.at("mfa").bool(),
                        top.find("virtual_device").map(YamlValue::text),
                        born,
                        top.find("last_used").map(Estate::instant)),
                numbered(root.at("users").list(), Estate::user),
                numbered(
                        root.at("groups").list(),
                        (value, id) -> new Group(
                                value.at("name").text(),
                                "AGPAEXAMPLE" + id,
                                born,
                                list(value.find("attached")),
                                texts(value.find("inline")))),
                numbered(root.at("roles").list(), Estate::role),
                numbered(
                        root.at("policies").list(),
                        (value, id) -> new Policy(
                                value.at("arn").text(),
                                "ANPAEXAMPLE" + id,
                                born,
                                value.at("document").text())),
                root.at("providers").list().stream()
                        .map(value -> new Provider(
                                value.at("kind").text(),
                                value.at("name").text(),
                                instant(value.at("created")),
                                value.find("valid_until").map(Estate::instant),
                                list(value.find("clients"))))
                        .toList(),
                root.at("members").list().stream()
                        .map(value -> new Member(
                                value.at("id").text(),
                                value.at("name").text(),
                                value.at("email").text(),
                                value.at("state").text(),
                                instant(value.at("joined"))))
                        .toList(),
                list(root.find("denied")));
    }

    private static User user(YamlValue value, String id) {
        List<Key> keys = new ArrayList<>();
        for (YamlValue key : value.find("keys").map(YamlValue::list).orElse(List.of())) {
            keys.add(new Key(
                    "AKIAEXAMPLE" + id + keys.size(),
                    key.find("active").map(YamlValue::bool).orElse(true),
                    instant(key.at("created")),
                    key.find("last_used").map(Estate::instant)));
        }
        Optional<Instant> changed = value.find("password").map(Estate::instant);
        return new User(
                value.at("name").text(),
                "AIDAEXAMPLE" + id,
                instant(value.at("created")),
                changed.isPresent(),
                changed,
                value.find("signed_in").map(YamlValue::text).orElse(changed.isPresent() ? "no_information" : "N/A"),
                value.find("mfa").map(YamlValue::text).orElse("none"),
                keys,
                list(value.find("groups")),
                texts(value.find("tags")),
                list(value.find("attached")),
                texts(value.find("inline")),
                value.find("certificate").map(YamlValue::text));
    }

    private static Role role(YamlValue value, String id) {
        return new Role(
                value.at("name").text(),
                value.find("path").map(YamlValue::text).orElse("/"),
                "AROAEXAMPLE" + id,
                instant(value.at("created")),
                value.at("trust").text(),
                value.find("last_used").map(Estate::instant),
                list(value.find("attached")),
                texts(value.find("inline")),
                texts(value.find("tags")),
                value.find("boundary").map(YamlValue::text));
    }

    private static <T> List<T> numbered(List<YamlValue> values, BiFunction<YamlValue, String, T> make) {
        List<T> made = new ArrayList<>();
        for (YamlValue value : values) {
            made.add(make.apply(value, String.format(Locale.ROOT, "%08d", made.size() + 1)));
        }
        return made;
    }

    private static Instant instant(YamlValue value) {
        return Instant.parse(value.text());
    }

    private static List<String> list(Optional<YamlValue> value) {
        return value.map(list -> list.list().stream().map(YamlValue::text).toList())
                .orElse(List.of());
    }

    private static Map<String, String> texts(Optional<YamlValue> value) {
        Map<String, String> texts = new LinkedHashMap<>();
        value.ifPresent(map -> map.map().forEach((name, text) -> texts.put(name, text.text())));
        return texts;
    }
}
