package dev.tickmark.evidence.seal.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.facts.PackageFacts.FileFacts;
import dev.tickmark.evidence.seal.facts.PackageFacts.Identity;
import dev.tickmark.evidence.seal.facts.PackageFacts.Period;
import dev.tickmark.evidence.seal.facts.PackageFacts.Subject;
import dev.tickmark.evidence.seal.facts.PackageFacts.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads package.json: fixed order of keys, two spaces, LF. */
public final class PackageFactsFile {
    private static final String FORMAT = "tickmark-package";
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PackageFactsFile() {}

    public static byte[] write(PackageFacts facts) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("format_version", VERSION);
        root.put("package_id", facts.packageId());
        root.put("sequence", facts.sequence());
        root.put("organization", facts.subject().organization());
        root.put("run_id", facts.subject().runId());
        root.put("as_of", facts.subject().asOf().toString());
        Period period = facts.subject().period();
        if (period == null) {
            root.putNull("period");
        } else {
            root.putObject("period")
                    .put("from", period.from().toString())
                    .put("to", period.to().toString());
        }
        root.putObject("tool")
                .put("name", facts.subject().tool().name())
                .put("version", facts.subject().tool().version());
        root.put("sealed_at_claimed", facts.sealedAt().toString());
        root.put("identity", facts.identity().text());
        root.put("signer_sha256", facts.signer());
        ArrayNode authorities = root.putArray("time_authorities");
        facts.timeAuthorities().forEach(authority -> authorities.add(authority.toString()));
        root.putObject("report").put("pades_level", facts.reportLevel());
        PreviousPackage previous = facts.previous();
        if (previous == null) {
            root.putNull("previous");
        } else {
            root.putObject("previous")
                    .put("package_id", previous.packageId())
                    .put("sha256sums_sha256", previous.sums())
                    .put("sha256sums_p7s_sha256", previous.signature())
                    .put("signer_sha256", previous.signer())
                    .put("sequence", previous.sequence());
        }
        ArrayNode files = root.putArray("files");
        for (FileFacts file : facts.files()) {
            files.addObject()
                    .put("path", file.path())
                    .put("role", file.role())
                    .put("media_type", file.mediaType())
                    .put("recording", file.recording());
        }
        return print(root);
    }

    /** Reads what {@link #write} wrote, and nothing else. */
    public static PackageFacts read(byte[] bytes) {
        PackageFacts facts;
        try {
            facts = facts(JSON.readTree(bytes));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw invalid(e.getMessage(), e);
        }
        if (!Arrays.equals(write(facts), bytes)) {
            throw invalid("it is not in the form in which it is written", null);
        }
        return facts;
    }

    private static PackageFacts facts(JsonNode root) {
        if (!text(root, "format").equals(FORMAT) || root.path("format_version").asInt() != VERSION) {
            throw new IllegalArgumentException("format or format_version is another one");
        }
        List<URI> authorities = new ArrayList<>();
        root.path("time_authorities").forEach(authority -> authorities.add(URI.create(authority.asText())));
        List<FileFacts> files = new ArrayList<>();
        for (JsonNode file : root.path("files")) {
            files.add(new FileFacts(
                    text(file, "path"),
                    text(file, "role"),
                    text(file, "media_type"),
                    file.path("recording").isNull() ? null : text(file, "recording")));
        }
        JsonNode period = root.path("period");
        Subject subject = new Subject(
                text(root, "organization"),
                text(root, "run_id"),
                instant(root, "as_of"),
                period.isNull() ? null : new Period(instant(period, "from"), instant(period, "to")),
                new Tool(text(root.path("tool"), "name"), text(root.path("tool"), "version")));
        return new PackageFacts(
                text(root, "package_id"),
                subject,
                instant(root, "sealed_at_claimed"),
                identity(text(root, "identity")),
                text(root, "signer_sha256"),
                authorities,
                text(root.path("report"), "pades_level"),
                root.path("sequence").asLong(),
                previous(root.path("previous")),
                files);
    }

    private static @Nullable PreviousPackage previous(JsonNode previous) {
        return previous.isNull()
                ? null
                : new PreviousPackage(
                        text(previous, "package_id"),
                        text(previous, "sha256sums_sha256"),
                        text(previous, "sha256sums_p7s_sha256"),
                        text(previous, "signer_sha256"),
                        previous.path("sequence").asLong());
    }

    private static Identity identity(String text) {
        for (Identity identity : Identity.values()) {
            if (identity.text().equals(text)) {
                return identity;
            }
        }
        throw new IllegalArgumentException("identity is '" + text + "'");
    }

    private static Instant instant(JsonNode node, String key) {
        return Instant.parse(text(node, key));
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(key + " is missing or not a text");
        }
        return value.asText();
    }

    private static byte[] print(ObjectNode root) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        try {
            return (JSON.writer(printer).writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TickmarkException invalid(@Nullable String why, @Nullable Throwable cause) {
        return new TickmarkException(
                TickmarkException.Kind.NOT_VERIFIED,
                "package.json cannot be read: " + why + ".",
                "Ask for the package again.",
                cause);
    }
}
