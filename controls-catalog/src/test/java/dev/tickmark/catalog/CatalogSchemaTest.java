package dev.tickmark.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas and the definitions that are shipped. */
class CatalogSchemaTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema FRAMEWORK = schema("framework");
    private static final Schema CONTROL = schema("control");
    private static final String LINK = """
            id: IAM-906
            title: Keys are replaced
            objective: A key stops working.
            cadence: quarterly
            collection: manual
            remediation: Replace it.
            links:
              - {criterion: "soc2:CC6.1", strength: %s, why: limits how long a key works}
            """;

    static List<CatalogFile> definitions() {
        return CatalogFile.onClassPath("catalog/");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void everyDefinitionIsValid(CatalogFile file) {
        Schema schema = file.isFramework() ? FRAMEWORK : CONTROL;

        assertThat(errors(schema, file.yaml())).as(file.name()).isEmpty();
    }

    @Test
    void aDirectLinkWithoutItsLimitIsNotValid() {
        assertThat(errors(CONTROL, LINK.formatted("direct")))
                .anySatisfy(error -> assertThat(error).contains("not_covered"));
        assertThat(errors(CONTROL, LINK.formatted("supporting"))).isEmpty();
    }

    @Test
    void anUnknownStrengthAndAnUnknownKeyAreNotValid() {
        assertThat(errors(CONTROL, LINK.formatted("complete"))).isNotEmpty();
        assertThat(errors(CONTROL, LINK.formatted("indirect") + "severity: high\n"))
                .isNotEmpty();
    }

    @Test
    void aMainTableNeedsItsEvidenceItsVersionAndTheMeaningOfEmptiness() {
        assertThat(errors(CONTROL, LINK.formatted("indirect") + "main_table: aws_iam_user\n"))
                .hasSize(3);
    }

    @Test
    void aNumberThatLostItsLastZeroIsNotValid() {
        String framework = """
                {id: toy-2026, key: toy, title: Toy, publisher: Nobody, edition: "2026", notice: Invented.,
                 criteria: [{id: %s, title: Keys are looked after}]}
                """;

        assertThat(errors(FRAMEWORK, framework.formatted("5.10"))).isNotEmpty();
        assertThat(errors(FRAMEWORK, framework.formatted("\"5.10\""))).isEmpty();
    }

    private static List<String> errors(Schema schema, String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream()
                .map(Error::toString)
                .toList();
    }

    private static Schema schema(String name) {
        String resource = "catalog/schema/" + name + ".schema.json";
        try (InputStream in = CatalogFile.class.getClassLoader().getResourceAsStream(resource)) {
            return REGISTRY.getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
