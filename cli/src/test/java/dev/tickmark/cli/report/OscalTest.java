package dev.tickmark.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two OSCAL documents of a run, held against the schemas that NIST publishes. */
class OscalTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path run = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void report() throws Exception {
        run = RunFolderFixture.write(folder, 3);
        out = folder.resolve("report");
        new Report(RunFolderFixture.catalog(), Tables.builtIn()).write(run, ReportOptions.draft(), out);
    }

    @Test
    void theAssessmentResultsAreWhatNistsSchemaAsksFor() throws IOException {
        assertThat(errors("oscal-ar_schema.json", "oscal-assessment-results.json"))
                .isEmpty();
    }

    @Test
    void theComponentDefinitionIsWhatNistsSchemaAsksFor() throws IOException {
        assertThat(errors("oscal-component-definition_schema.json", "oscal-component-definition.json"))
                .isEmpty();
    }

    @Test
    void theSchemaDoesRefuseADigestThatIsMissing() throws IOException {
        Path file = out.resolve("oscal-assessment-results.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\"value\": \"[0-9a-f]{64}\"", "\"no\": \"x\""));

        assertThat(errors("oscal-ar_schema.json", "oscal-assessment-results.json"))
                .anySatisfy(error -> assertThat(error).contains("value"));
    }

    @Test
    void everyEvidenceIsAFileOfTheRunWithItsDigest() throws IOException {
        JsonNode resources = document("oscal-assessment-results.json").at("/assessment-results/back-matter/resources");

        assertThat(resources).isNotEmpty();
        for (JsonNode resource : resources) {
            Path file = run.resolve(resource.path("title").asText());
            assertThat(resource.at("/rlinks/0/hashes/0/value").asText())
                    .as(file.toString())
                    .isEqualTo(Disk.sha256(file));
        }
    }

    @Test
    void everyDeviationIsARiskAndNoCriterionIsTheTargetOfAFinding() throws IOException {
        JsonNode result = document("oscal-assessment-results.json").at("/assessment-results/results/0");
        Set<String> risks = new TreeSet<>();
        result.path("risks").forEach(risk -> risks.add(risk.path("uuid").asText()));

        assertThat(risks).isNotEmpty();
        for (JsonNode finding : result.path("findings")) {
            assertThat(finding.at("/target/target-id").asText()).matches("[A-Z]{3}-[0-9]{3}_obj");
            if (finding.at("/target/status/state").asText().equals("not-satisfied")) {
                assertThat(risks)
                        .contains(finding.at("/related-risks/0/risk-uuid").asText());
            }
        }
    }

    @Test
    void whatWasNotReadIsNoFinding() throws IOException {
        JsonNode result = document("oscal-assessment-results.json").at("/assessment-results/results/0");
        Set<String> notRead = new TreeSet<>();
        for (JsonNode observation : result.path("observations")) {
            for (JsonNode property : observation.path("props")) {
                if (property.path("value").asText().equals("NOT_EVALUATED")) {
                    notRead.add(observation.path("title").asText());
                }
            }
        }

        assertThat(notRead).isNotEmpty();
        for (JsonNode finding : result.path("findings")) {
            assertThat(notRead).doesNotContain(finding.path("title").asText());
        }
    }

    private List<String> errors(String schema, String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(OscalTest.class.getClassLoader().getResourceAsStream("schema/json/" + schema))) {
            Schema nist = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(mended(JSON.readTree(in)).toString(), InputFormat.JSON);
            return nist.validate(Files.readString(out.resolve(name)), InputFormat.JSON).stream()
                    .map(Error::toString)
                    .toList();
        }
    }

    /**
     * The schema without two slips of its generator: ids of definitions that hide the definitions, and
     * {@code {"value": {"value": …}}} for a field's value.
     */
    private static JsonNode mended(JsonNode node) {
        if (node.isArray()) {
            ArrayNode list = JSON.createArrayNode();
            node.forEach(each -> list.add(mended(each)));
            return list;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JSON.createObjectNode();
        node.properties().forEach(member -> {
            JsonNode value = member.getValue();
            boolean doubled = value.isObject()
                    && value.size() == 1
                    && value.has(member.getKey())
                    && value.get(member.getKey()).has("$ref");
            if (!(member.getKey().equals("$id") && value.asText().startsWith("#"))) {
                object.set(member.getKey(), mended(doubled ? value.get(member.getKey()) : value));
            }
        });
        return object;
    }

    private JsonNode document(String name) throws IOException {
        return JSON.readTree(Files.readAllBytes(out.resolve(name)));
    }
}
