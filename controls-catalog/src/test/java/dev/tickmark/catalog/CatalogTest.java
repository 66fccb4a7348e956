package dev.tickmark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    private static final String FRAMEWORK = """
            id: toy-2026
            key: toy
            title: Toy standard
            publisher: Nobody
            edition: "2026"
            notice: Invented numbers, invented words.
            criteria:
              - {id: T1.1, title: Keys are looked after, group: T1}
              - {id: T1.2, title: Doors are shut, obligation: addressable}
            """;
    private static final String SQL = "select $max_age_days, $strict";
    private static final String CONTROL = """
            id: IAM-906
            version: 2
            title: Access keys are replaced in time
            objective: A leaked key stops working before it is worth much.
            cadence: quarterly
            collection: automated
            main_table: aws_iam_access_key
            evidence: [aws_iam_access_key]
            registers: [register_service_account]
            parameters:
              max_age_days: {value: 90, origin: CIS AWS Foundations, unit: days}
              strict: {value: true, origin: ours}
            when_empty: not_applicable
            remediation: Replace the key.
            links:
              - {criterion: "toy:T1.1", strength: direct, why: limits how long a key works, not_covered: keys elsewhere}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void aToyCatalog() throws IOException {
        write("frameworks/toy-2026.yaml", FRAMEWORK);
        write("controls/iam/iam-906-access-key-age.yaml", CONTROL);
        write("controls/iam/iam-906-access-key-age.sql", SQL);
    }

    @Test
    void readsAFrameworkAndAControlWithItsQuery() {
        Catalog catalog = Catalog.read(folder);

        Control control = catalog.control("IAM-906").orElseThrow();
        assertThat(control.parameters())
                .containsExactly(
                        new Parameter("max_age_days", Parameter.Type.INTEGER, "90", "CIS AWS Foundations", "days"),
                        new Parameter("strict", Parameter.Type.BOOLEAN, "true", "ours", ""));
        assertThat(control.test().orElseThrow().sql()).isEqualTo(SQL);
        assertThat(control.test().orElseThrow().version()).isEqualTo(2);
        Framework toy = catalog.framework("toy").orElseThrow();
        assertThat(catalog.linkedTo(toy, toy.criteria().get(0)))
                .extracting(linked -> linked.link().why())
                .containsExactly("limits how long a key works");
        assertThat(catalog.linkedTo(toy, toy.criteria().get(1))).isEmpty();
        assertThat(toy.criteria().get(1).obligation()).isEqualTo(Criterion.Obligation.ADDRESSABLE);
    }

    @Test
    void anUnknownKeyIsNamedWithItsLineAndTheOneThatWasMeant() throws IOException {
        write("controls/iam/iam-906-access-key-age.yaml", CONTROL.replace("objective:", "objectiv:"));

        refused().hasMessageContaining("iam-906-access-key-age.yaml, line 4").hasMessageContaining("'objective'");
    }

    @Test
    void aLinkToACriterionThatDoesNotExistIsRefused() throws IOException {
        write("controls/iam/iam-906-access-key-age.yaml", CONTROL.replace("toy:T1.1", "toy:T1.7"));

        refused().hasMessageContaining("toy-2026 has no criterion 'T1.7'").hasMessageContaining("T1.1");
    }

    @Test
    void aLinkToAFrameworkThatDoesNotExistIsRefused() throws IOException {
        write("controls/iam/iam-906-access-key-age.yaml", CONTROL.replace("toy:T1.1", "toi:T1.1"));

        refused().hasMessageContaining("Did you mean 'toy:'?");
    }

    @Test
    void aDirectLinkSaysWhatItDoesNotCover() throws IOException {
        write("controls/iam/iam-906-access-key-age.yaml", CONTROL.replace(", not_covered: keys elsewhere", ""));

        refused().hasMessageContaining("not_covered");
    }

    @Test
    void aParameterOfTheWrongTypeIsRefused() throws IOException {
        write("controls/iam/iam-906-access-key-age.yaml", CONTROL.replace("value: 90", "value: ninety, type: integer"));

        refused().hasMessageContaining("'ninety' is not a whole number");
    }

    @Test
    void twoFilesWithOneIdAreRefused() throws IOException {
        write("controls/iam/iam-906-other.yaml", CONTROL);

        refused().hasMessageContaining("IAM-906 already stands in");
    }

    @Test
    void aFileThatIsNotNamedAfterItsIdIsRefused() throws IOException {
        write("controls/iam/iam-906-access-key-age.yaml", CONTROL.replace("IAM-906", "IAM-907"));

        refused().hasMessageContaining("controls/iam-907");
    }

    @Test
    void aMainTableThatIsNotEvidenceIsRefused() throws IOException {
        write(
                "controls/iam/iam-906-access-key-age.yaml",
                CONTROL.replace("main_table: aws_iam_access_key", "main_table: x"));

        refused().hasMessageContaining("the main table 'x'");
    }

    @Test
    void everyDefinitionOnTheClassPathIsListedInTheIndex() throws Exception {
        URL index = Objects.requireNonNull(getClass().getResource("/catalog/index.txt"));
        Path root = Objects.requireNonNull(Path.of(index.toURI()).getParent());

        assertThat(Files.readAllLines(root.resolve("index.txt")).stream().filter(line -> !line.startsWith("#")))
                .containsExactlyElementsOf(Catalog.files(root).stream()
                        .map(path -> root.relativize(path).toString())
                        .filter(path -> path.endsWith(".yaml"))
                        .toList());
    }

    @Test
    void theBuiltInCatalogIsWithoutAMistake() {
        assertThat(Catalog.builtIn().controls())
                .allSatisfy(control -> assertThat(control.id()).isNotBlank());
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused() {
        return assertThatThrownBy(() -> Catalog.read(folder))
                .isInstanceOfSatisfying(
                        TickmarkException.class,
                        e -> assertThat(e.kind()).isEqualTo(TickmarkException.Kind.NOT_UNDERSTOOD));
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }
}
