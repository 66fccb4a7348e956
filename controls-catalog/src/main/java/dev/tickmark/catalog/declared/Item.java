package dev.tickmark.catalog.declared;

import dev.tickmark.evidence.yaml.YamlValue;
import java.util.List;

/**
 * One item of a population, as {@code findings.csv} names it.
 *
 * @param scopeId its scope; blank where the account is stated instead
 * @param accountId its account, in whatever region; blank where the scope is stated
 */
public record Item(String scopeId, String accountId, String rowKey) {
    public Item {
        if (scopeId.isBlank() == accountId.isBlank() || rowKey.isBlank()) {
            throw new IllegalArgumentException("an item has a scope or an account, and a row key");
        }
    }

    /** Whether a result is of this item. */
    public boolean matches(String scope, String account, String key) {
        return rowKey.equals(key) && (scopeId.isEmpty() ? accountId.equals(account) : scopeId.equals(scope));
    }

    static Item read(YamlValue value) {
        value.map(List.of("scope", "account", "row_key"));
        String scope = Entries.textOrNone(value, "scope");
        String account = Entries.textOrNone(value, "account");
        if (scope.isBlank() == account.isBlank()) {
            throw value.mistake(
                    "an item is found by its scope or its account, and by one of them.",
                    "Write 'scope' or 'account' as the columns scope_id and account_id of findings.csv have them.");
        }
        return new Item(scope, account, value.at("row_key").text());
    }

    /** How messages name it. */
    public String place() {
        return (scopeId.isEmpty() ? accountId : scopeId) + " " + rowKey;
    }
}
