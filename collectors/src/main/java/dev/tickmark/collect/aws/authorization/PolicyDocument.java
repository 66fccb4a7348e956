package dev.tickmark.collect.aws.authorization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy as IAM answers it: percent-encoded JSON.
 *
 * @param json compact, keys in the order of the author; null where it cannot be parsed
 * @param sha256 of the decoded text; null where there is none
 * @param note why there is no {@code json}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar</a>
 */
record PolicyDocument(
        @Nullable String json,
        @Nullable String sha256,
        @Nullable String note,
        List<Statement> statements) {
    static final String MALFORMED = "malformed";
    static final String NOT_RETURNED = "not_returned";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    PolicyDocument {
        statements = List.copyOf(statements);
    }

    static PolicyDocument of(@Nullable String encoded) {
        if (encoded == null || encoded.isBlank()) {
            return new PolicyDocument(null, null, NOT_RETURNED, List.of());
        }
        String text = decoded(encoded);
        if (text == null) {
            return new PolicyDocument(null, null, MALFORMED, List.of());
        }
        try {
            JsonNode document = MAPPER.readTree(text);
            List<Statement> statements = statements(document);
            return statements == null
                    ? new PolicyDocument(null, sha256(text), MALFORMED, List.of())
                    : new PolicyDocument(Json.line(document), sha256(text), null, statements);
        } catch (JsonProcessingException e) { // the answer stands in the recording; the row says that it is none
            return new PolicyDocument(null, sha256(text), MALFORMED, List.of());
        }
    }

    boolean readable() {
        return note == null;
    }

    /** Percent-decoded as RFC 3986 has it, where a plus sign is a plus sign. */
    private static @Nullable String decoded(String encoded) {
        if (encoded.stripLeading().startsWith("{")) {
            return encoded;
        }
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable List<Statement> statements(JsonNode document) {
        JsonNode all = document.path("Statement");
        List<Statement> statements = new ArrayList<>();
        if (all instanceof ObjectNode only) {
            statements.add(new Statement(0, "/Statement", only));
        } else if (all.isArray()) {
            for (JsonNode one : all) {
                if (!(one instanceof ObjectNode object)) {
                    return null;
                }
                statements.add(new Statement(statements.size(), "/Statement/" + statements.size(), object));
            }
        } else {
            return null;
        }
        return statements;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
