package dev.tickmark.evidence.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One canonical form of JSON: UTF-8, LF, two blanks of indent, keys in the order in which they were put.
 *
 * <p>Reading is strict: no duplicate key, nothing after the value, valid UTF-8 without a byte order mark, at most 64
 * levels and 64 MiB.
 */
public final class Json {
    private static final int DEEPEST = 64;
    private static final int LARGEST = 64 * 1024 * 1024;
    private static final int LONGEST_TEXT = 16 * 1024 * 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_TEXT)
                            .maxNameLength(1000)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** An empty object to put keys into, in the order in which they shall stand. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The canonical bytes of a file, ending with a line feed. */
    public static byte[] bytes(JsonNode node) {
        try {
            return (MAPPER.writer(new Indented()).writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON", e);
        }
    }

    /** The compact form on one line, without a line end: for journals and for JSON columns. */
    public static String line(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON", e);
        }
    }

    /** Writes a file in the canonical form, whole or not at all. */
    public static void write(Path file, JsonNode node) {
        Disk.writeWhole(file, bytes(node));
    }

    /**
     * Reads a file that holds one object.
     *
     * @throws TickmarkException NOT_VERIFIED where it is no such file, FIX_FIRST where it cannot be read at all
     */
    public static JsonObject read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw refused(file.toString(), "it is larger than " + LARGEST + " bytes");
            }
            return read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    /**
     * Reads one object.
     *
     * @param name what messages call it
     */
    public static JsonObject read(String name, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw refused(name, "it is larger than " + LARGEST + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode node = MAPPER.readTree(text);
            if (!(node instanceof ObjectNode object)) {
                throw refused(name, "it holds no JSON object");
            }
            return new JsonObject(name, "", object);
        } catch (CharacterCodingException e) {
            throw refused(name, "it is not UTF-8");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw refused(name, "it is no valid JSON" + place + " (" + firstLine(e.getOriginalMessage()) + ")");
        }
    }

    /** Whether the text is one JSON value within the limits; reads it once, keeps nothing. */
    public static boolean valid(String text) {
        try (JsonParser parser = MAPPER.getFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() != null && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    static TickmarkException refused(String name, String why) {
        return TickmarkException.notVerified(
                "'" + name + "' is not as Tickmark writes it: " + why + ".",
                "Take the file from the run or package that it came from, unchanged.");
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() > 160 ? line.substring(0, 160) + "…" : line;
    }

    private static final class Indented extends DefaultPrettyPrinter {
        private Indented() {
            super(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""));
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            indentObjectsWith(lines);
            indentArraysWith(lines);
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new Indented();
        }
    }
}
