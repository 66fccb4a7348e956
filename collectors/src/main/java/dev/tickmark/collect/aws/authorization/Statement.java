package dev.tickmark.collect.aws.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.collect.Cells;
import dev.tickmark.evidence.json.Json;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy.
 *
 * @param pointer JSON Pointer inside the document
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">Elements</a>
 */
record Statement(int index, String pointer, ObjectNode node) {
    private static final Pattern STARS = Pattern.compile("\\*+");
    private static final Pattern ANY_ACTION = Pattern.compile("\\*+(:\\*+)?");

    /** The cells that every table of statements shares. */
    Cells common() {
        return Cells.of("statement_index", index)
                .and("sid", text("Sid"))
                .and("effect", text("Effect"))
                .and("actions", list("Action"))
                .and("not_actions", list("NotAction"))
                .and("conditions", conditions().json())
                .and("has_condition", conditions().any());
    }

    /** The cells of a statement that grants or denies, with what a reader would look for first. */
    Cells granted() {
        return common().and("resources", list("Resource"))
                .and("not_resources", list("NotResource"))
                .and("action_any", values("Action").anyMatch(Statement::anyAction))
                .and("iam_action_any", values("Action").anyMatch(Statement::anyIamAction))
                .and(
                        "resource_any",
                        values("Resource").anyMatch(text -> STARS.matcher(text).matches()))
                .and("uses_not_action", node.has("NotAction"))
                .and("uses_not_resource", node.has("NotResource"));
    }

    Conditions conditions() {
        return Conditions.of(node.path("Condition"));
    }

    @Nullable
    String text(String element) {
        JsonNode value = node.path(element);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    /** A value, or a list of values, as a JSON array; null where the statement lacks the element. */
    private @Nullable String list(String element) {
        JsonNode value = node.path(element);
        if (value.isMissingNode()) {
            return null;
        }
        ArrayNode array = Json.object().arrayNode();
        each(value).forEach(array::add);
        return Json.line(array);
    }

    private Stream<String> values(String element) {
        return each(node.path(element)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /** A value alone means a list of one. */
    static Stream<JsonNode> each(JsonNode value) {
        if (value.isMissingNode()) {
            return Stream.empty();
        }
        return value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value);
    }

    private static boolean anyAction(String action) {
        return ANY_ACTION.matcher(action).matches();
    }

    private static boolean anyIamAction(String action) {
        if (anyAction(action)) {
            return true;
        }
        String[] parts = action.toLowerCase(Locale.ROOT).split(":", 2);
        return parts.length == 2
                && STARS.matcher(parts[1]).matches()
                && "iam"
                        .matches(("\\Q" + parts[0] + "\\E")
                                .replace("*", "\\E.*\\Q")
                                .replace("?", "\\E.\\Q"));
    }
}
