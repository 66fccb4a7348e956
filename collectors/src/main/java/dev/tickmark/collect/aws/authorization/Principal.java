package dev.tickmark.collect.aws.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tickmark.collect.Cells;
import dev.tickmark.collect.aws.Arn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One principal of one statement of a trust policy.
 *
 * @param element {@code Principal} or {@code NotPrincipal}; null where the statement has neither
 * @param type the key under which it stands, {@code *} for the bare text
 * @param pointer JSON Pointer inside the document
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 */
record Principal(
        @Nullable String element,
        @Nullable String type,
        @Nullable String value,
        String pointer) {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    static List<Principal> of(Statement statement) {
        List<Principal> principals = new ArrayList<>();
        for (String element : List.of("Principal", "NotPrincipal")) {
            JsonNode node = statement.node().path(element);
            String pointer = statement.pointer() + "/" + element;
            if (node.isValueNode() && !node.isNull()) {
                String text = node.asText();
                principals.add(new Principal(element, text.equals("*") ? "*" : null, text, pointer));
            }
            node.properties().forEach(type -> {
                String place = pointer + "/" + type.getKey().replace("~", "~0").replace("/", "~1");
                List<JsonNode> values = Statement.each(type.getValue()).toList();
                for (int i = 0; i < values.size(); i++) {
                    String at = type.getValue().isArray() ? place + "/" + i : place;
                    principals.add(
                            new Principal(element, type.getKey(), values.get(i).asText(), at));
                }
            });
        }
        return principals.isEmpty()
                ? List.of(new Principal(null, null, null, statement.pointer()))
                : List.copyOf(principals);
    }

    /** @param ownAccount of the role */
    Cells into(Cells cells, String ownAccount) {
        String account = account();
        return cells.and("principal_element", element)
                .and("principal_type", type)
                .and("principal", value)
                .and("principal_any", "*".equals(value) && ("*".equals(type) || "AWS".equals(type)))
                .and("trusted_account_id", account)
                .and("external_account", account == null ? null : (Object) !account.equals(ownAccount))
                .and("federated_kind", federatedKind());
    }

    private @Nullable String account() {
        if (value == null || !("AWS".equals(type) || "Federated".equals(type))) {
            return null;
        }
        return ACCOUNT.matcher(value).matches()
                ? value
                : Arn.of(value)
                        .map(Arn::account)
                        .filter(account -> ACCOUNT.matcher(account).matches())
                        .orElse(null);
    }

    private @Nullable String federatedKind() {
        if (!"Federated".equals(type)) {
            return null;
        }
        Optional<Arn> arn = Arn.of(value);
        if (arn.isEmpty()) {
            return "web";
        }
        String resource = arn.get().resource();
        return resource.startsWith("saml-provider/") ? "saml" : resource.startsWith("oidc-provider/") ? "oidc" : null;
    }
}
