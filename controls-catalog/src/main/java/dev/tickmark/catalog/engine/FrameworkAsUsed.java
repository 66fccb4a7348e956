package dev.tickmark.catalog.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
import java.util.Locale;

/** The definition of a framework in the form of the catalog, every value quoted. */
final class FrameworkAsUsed {
    private final StringBuilder yaml = new StringBuilder();
    private final ObjectMapper json = new ObjectMapper();

    private FrameworkAsUsed() {}

    static String yaml(Framework framework) {
        FrameworkAsUsed as = new FrameworkAsUsed();
        as.text("", "id", framework.id());
        as.text("", "key", framework.key());
        as.text("", "title", framework.title());
        as.text("", "publisher", framework.publisher());
        as.text("", "edition", framework.edition());
        as.text("", "notice", framework.notice());
        as.text("", "status", framework.status());
        as.text("", "source", framework.source());
        as.yaml.append("criteria:\n");
        framework.criteria().forEach(as::criterion);
        return as.yaml.toString();
    }

    private void criterion(Criterion criterion) {
        yaml.append("  - id: ").append(quoted(criterion.id())).append('\n');
        text("    ", "title", criterion.title());
        text("    ", "group", criterion.group());
        text("    ", "kind", criterion.kind());
        if (criterion.obligation() != Criterion.Obligation.NOT_STATED) {
            text("    ", "obligation", criterion.obligation().name().toLowerCase(Locale.ROOT));
        }
        text("    ", "role", criterion.role());
        text("    ", "asked", criterion.asked());
        text("    ", "note", criterion.note());
        text("    ", "left_open", criterion.leftOpen());
    }

    private void text(String indent, String key, String value) {
        if (!value.isEmpty()) {
            yaml.append(indent).append(key).append(": ").append(quoted(value)).append('\n');
        }
    }

    /** A JSON string is a YAML string. */
    private String quoted(String value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
