package dev.tickmark.collect.aws.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The condition block of a statement: operators over keys over values. Keys and operators differ by no case.
 *
 * @param json the block as written; null where there is none
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html">Condition</a>
 */
record Conditions(@Nullable String json, List<Entry> entries) {
    /** An operator that fails where the key is absent and where the value is another: no Not, no IfExists, no Null. */
    private static final Pattern BINDING =
            Pattern.compile("(?i)(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike)");

    private static final Pattern STARS = Pattern.compile("\\**");

    /** One key under one operator. */
    record Entry(String operator, String key, JsonNode values) {
        String lowerKey() {
            return key.toLowerCase(Locale.ROOT);
        }

        boolean binds() {
            List<String> texts = Statement.each(values).map(JsonNode::asText).toList();
            return BINDING.matcher(operator).matches()
                    && !texts.isEmpty()
                    && texts.stream().noneMatch(text -> STARS.matcher(text).matches());
        }
    }

    Conditions {
        entries = List.copyOf(entries);
    }

    static Conditions of(JsonNode block) {
        List<Entry> entries = new ArrayList<>();
        block.properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key -> entries.add(new Entry(operator.getKey(), key.getKey(), key.getValue()))));
        return new Conditions(block.isMissingNode() ? null : Json.line(block), entries);
    }

    boolean any() {
        return !entries.isEmpty();
    }

    boolean names(String... keys) {
        return entries.stream().anyMatch(entry -> List.of(keys).contains(entry.lowerKey()));
    }

    boolean bind(String key) {
        return entries.stream().anyMatch(entry -> entry.lowerKey().equals(key) && entry.binds());
    }

    boolean nameEnding(String end) {
        return entries.stream().anyMatch(entry -> entry.lowerKey().endsWith(end));
    }

    /** The entries with such a key as {@code [{operator, key, values}]}; null where there is none. */
    @Nullable
    String only(Predicate<String> lowerKey) {
        ArrayNode found = Json.object().arrayNode();
        for (Entry entry : entries) {
            if (lowerKey.test(entry.lowerKey())) {
                ObjectNode one = found.addObject();
                one.put("operator", entry.operator());
                one.put("key", entry.key());
                ArrayNode values = one.putArray("values");
                Statement.each(entry.values()).forEach(values::add);
            }
        }
        return found.isEmpty() ? null : Json.line(found);
    }

    /** All keys in lower case, sorted, as a JSON array; null where there is none. */
    @Nullable
    String keys() {
        TreeSet<String> keys = new TreeSet<>();
        entries.forEach(entry -> keys.add(entry.lowerKey()));
        if (keys.isEmpty()) {
            return null;
        }
        ArrayNode array = Json.object().arrayNode();
        keys.forEach(array::add);
        return Json.line(array);
    }
}
