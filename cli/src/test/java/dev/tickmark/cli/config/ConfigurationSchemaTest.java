package dev.tickmark.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Framework;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The published schema says what the reader of the configuration does. */
class ConfigurationSchemaTest {
    private static final Path SAMPLES = Path.of("").toAbsolutePath().resolveSibling("samples");

    @Test
    void acceptsTheExampleAndTheDemo() throws IOException {
        assertThat(mistakes(resource("/config/tickmark.example.yaml"))).isEmpty();
        assertThat(mistakes(Files.readString(SAMPLES.resolve("demo").resolve("tickmark.yaml"))))
                .isEmpty();
    }

    @Test
    void refusesAKeyThatTheReaderRefuses() {
        assertThat(mistakes("organization: x\norganisation: y")).isNotEmpty();
        assertThat(mistakes("organization: x\nsources: {aws: [{account: 12}]}")).isNotEmpty();
    }

    @Test
    void namesTheKeysAndFrameworksThatTheReaderKnows() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(resource("/config/tickmark.schema.json"));
        List<String> frameworks = new ArrayList<>();
        schema.at("/properties/frameworks/items/anyOf/0/enum").forEach(each -> frameworks.add(each.asText()));
        List<String> keys = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(keys::add);

        assertThat(keys).containsExactlyInAnyOrderElementsOf(ConfigurationFile.TOP_KEYS);
        assertThat(frameworks)
                .containsExactlyInAnyOrderElementsOf(Catalog.builtIn().frameworks().stream()
                        .map(Framework::id)
                        .toList());
    }

    private static List<String> mistakes(String yaml) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(resource("/config/tickmark.schema.json"), InputFormat.JSON);
        return schema.validate(yaml, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = ConfigurationSchemaTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
