package dev.tickmark.evidence.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.TickmarkException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object that was read: typed values by key, and a message with file and key where one is missing or of another
 * type. Unknown keys are left alone, so that files of a later version with more keys stay readable.
 */
public final class JsonObject {
    private final String file;
    private final String place;
    private final ObjectNode node;

    JsonObject(String file, String place, ObjectNode node) {
        this.file = file;
        this.place = place;
        this.node = node;
    }

    /** The object as it was read. */
    public ObjectNode node() {
        return node.deepCopy();
    }

    /** Refuses a file of another format, or of a version that is later than this one can read. */
    public JsonObject format(String format, int newest) {
        if (!text("format").equals(format)) {
            throw wrong("format", "'" + format + "'");
        }
        if (number("format_version") > newest) {
            throw TickmarkException.notVerified(
                    "'" + file + "' is of format version " + number("format_version") + ", later than " + newest + ".",
                    "Read it with the version of Tickmark that wrote it, or a newer one.");
        }
        return this;
    }

    public boolean has(String key) {
        JsonNode value = node.get(key);
        return value != null && !value.isNull();
    }

    public String text(String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isTextual()) {
            throw wrong(key, "a text");
        }
        return value.textValue();
    }

    public @Nullable String textOrNull(String key) {
        return has(key) ? text(key) : null;
    }

    public long number(String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(key, "a whole number");
        }
        return value.longValue();
    }

    public int small(String key) {
        long number = number(key);
        if (number != (int) number) {
            throw wrong(key, "a smaller number");
        }
        return (int) number;
    }

    public @Nullable Integer smallOrNull(String key) {
        return has(key) ? (Integer) small(key) : null;
    }

    public boolean flag(String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isBoolean()) {
            throw wrong(key, "true or false");
        }
        return value.booleanValue();
    }

    public Instant instant(String key) {
        try {
            return Instant.parse(text(key));
        } catch (DateTimeException e) {
            throw wrong(key, "an instant like 2026-11-23T02:00:00Z");
        }
    }

    public @Nullable Instant instantOrNull(String key) {
        return has(key) ? instant(key) : null;
    }

    /** The constant that has this name. */
    public <E extends Enum<E>> E constant(String key, Class<E> type) {
        String name = text(key);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw wrong(key, "one of " + List.of(type.getEnumConstants()));
    }

    public JsonObject object(String key) {
        if (node.get(key) instanceof ObjectNode object) {
            return new JsonObject(file, place + "/" + key, object);
        }
        throw wrong(key, "an object");
    }

    public @Nullable JsonObject objectOrNull(String key) {
        return has(key) ? object(key) : null;
    }

    /** A list of objects; an absent key is a mistake, not an empty list. */
    public <T> List<T> objects(String key, Function<JsonObject, T> each) {
        List<T> list = new ArrayList<>();
        int i = 0;
        for (JsonNode item : array(key)) {
            if (!(item instanceof ObjectNode object)) {
                throw wrong(key, "a list of objects");
            }
            list.add(each.apply(new JsonObject(file, place + "/" + key + "/" + i++, object)));
        }
        return list;
    }

    public List<String> texts(String key) {
        List<String> list = new ArrayList<>();
        for (JsonNode item : array(key)) {
            if (!item.isTextual()) {
                throw wrong(key, "a list of texts");
            }
            list.add(item.textValue());
        }
        return list;
    }

    /** An object whose values are texts, in the order of the file. */
    public Map<String, String> textMap(String key) {
        JsonObject object = object(key);
        Map<String, String> map = new LinkedHashMap<>();
        for (Iterator<String> names = object.node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            map.put(name, object.text(name));
        }
        return map;
    }

    /** An object whose values are whole numbers, in the order of the file. */
    public Map<String, Long> numberMap(String key) {
        JsonObject object = object(key);
        Map<String, Long> map = new LinkedHashMap<>();
        for (Iterator<String> names = object.node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            map.put(name, object.number(name));
        }
        return map;
    }

    /** A value that breaks a rule of its own, told as a problem of this file. */
    public TickmarkException wrong(String key, String expected) {
        return Json.refused(file, "'" + place + "/" + key + "' is not " + expected);
    }

    /** A whole that breaks a rule of the type it is read into. */
    public TickmarkException impossible(IllegalArgumentException e) {
        return Json.refused(file, "it says what cannot be (" + e.getMessage() + ")");
    }

    private JsonNode array(String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isArray()) {
            throw wrong(key, "a list");
        }
        return value;
    }
}
