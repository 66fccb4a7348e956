package dev.tickmark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of the organisation's own beside the built-in catalog. */
class OwnCatalogTest {
    private static final String OWN = """
            id: ACME-1
            title: Doors are shut
            objective: Nobody walks in.
            cadence: yearly
            collection: manual
            remediation: Shut the door.
            links:
              - {criterion: "soc2:CC6.4", strength: supporting, why: A shut door keeps people out.}
            """;
    private static final String SQL = "select $max_age_days";
    private static final Control KEY_AGE = Catalog.builtIn().control("IAM-006").orElseThrow();

    @TempDir
    Path folder;

    @Test
    void aControlIsAddedUnderAnIdOfItsOwnForm() throws IOException {
        write("controls/acme-1-doors.yaml", OWN);
        write("controls/anything/ac2-0042.yaml", OWN.replace("ACME-1", "AC2-0042"));

        Catalog catalog = Catalog.builtInAnd(folder);

        assertThat(catalog.control("ACME-1")).isPresent();
        assertThat(catalog.control("AC2-0042")).isPresent();
        assertThat(catalog.control("IAM-006")).isPresent();
        assertThat(catalog.own().files())
                .extracting(OwnFile::kind, OwnFile::id, OwnFile::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                OwnFile.Kind.CONTROL, "ACME-1", "controls/acme-1-doors.yaml"),
                        org.assertj.core.groups.Tuple.tuple(
                                OwnFile.Kind.CONTROL, "AC2-0042", "controls/anything/ac2-0042.yaml"));
    }

    @Test
    void anIdOfAnotherFormIsRefused() throws IOException {
        for (String id : List.of("acme-1", "A-1", "ACMEACMEX-1", "ACME-12345", "ACME1", "1AC-1")) {
            write("controls/x.yaml", OWN.replace("ACME-1", id));

            refused().as(id).hasMessageContaining("x.yaml, line 1").hasMessageContaining("ACME-001");
        }
    }

    @Test
    void anOverridingFileGivesOnlyWhatChanges() throws IOException {
        override("""
                title: Keys are replaced in time here, too
                parameters:
                  max_age_days: {value: 60, origin: Access standard 4.2}
                """);

        Control used = Catalog.builtInAnd(folder).control("IAM-006").orElseThrow();

        assertThat(used.title()).isEqualTo("Keys are replaced in time here, too");
        assertThat(used.parameter("max_age_days").orElseThrow())
                .isEqualTo(new Parameter(
                        "max_age_days",
                        Parameter.Type.INTEGER,
                        "60",
                        "Access standard 4.2",
                        KEY_AGE.parameter("max_age_days").orElseThrow().unit()));
        assertThat(used.objective()).isEqualTo(KEY_AGE.objective());
        assertThat(used.test()).isEqualTo(KEY_AGE.test());
        assertThat(used.links()).isEqualTo(KEY_AGE.links());
        assertThat(Catalog.builtInAnd(folder).own().replacedControls()).containsExactly(KEY_AGE);
    }

    @Test
    void linksAreLaidOverByTheirCriterion() throws IOException {
        Link first = KEY_AGE.links().get(0);
        override("""
                links:
                  - {criterion: "%s:%s", why: Our own reason.}
                  - {criterion: "soc2:CC9.2", strength: indirect, why: Vendors have keys too., not_covered: Most of it.}
                """.formatted(first.framework(), first.criterion()));

        List<Link> links =
                Catalog.builtInAnd(folder).control("IAM-006").orElseThrow().links();

        assertThat(links).hasSize(KEY_AGE.links().size() + 1);
        assertThat(links.get(0))
                .isEqualTo(new Link(
                        first.framework(), first.criterion(), first.strength(), "Our own reason.", first.notCovered()));
        assertThat(links.get(links.size() - 1).criterion()).isEqualTo("CC9.2");
    }

    @Test
    void whatIsTakenOutIsNamed() throws IOException {
        Link first = KEY_AGE.links().get(0);
        override("remove: [references, \"" + first.framework() + ":" + first.criterion() + "\"]\n");

        Control used = Catalog.builtInAnd(folder).control("IAM-006").orElseThrow();

        assertThat(used.references()).isEmpty();
        assertThat(used.links()).hasSize(KEY_AGE.links().size() - 1).doesNotContain(first);
    }

    @Test
    void anEmptyListTakesEveryLinkOut() throws IOException {
        override("links: []\n");

        assertThat(Catalog.builtInAnd(folder).control("IAM-006").orElseThrow().links())
                .isEmpty();
    }

    @Test
    void whatIsNotThereCannotBeTakenOut() throws IOException {
        override("remove: [parameters.max_age_day]\n");

        refused().hasMessageContaining("line 3").hasMessageContaining("Did you mean 'parameters.max_age_days'?");
    }

    @Test
    void anotherQueryNeedsAVersionOfItsOwn() throws IOException {
        override("");
        write("controls/iam-006.sql", SQL);
        refused().hasMessageContaining("iam-006.sql").hasMessageContaining("Add 'version:'");

        override("version: 9\n");
        Control used = Catalog.builtInAnd(folder).control("IAM-006").orElseThrow();

        assertThat(used.test().orElseThrow().sql()).isEqualTo(SQL);
        assertThat(used.test().orElseThrow().version()).isEqualTo(9);
        assertThat(used.test().orElseThrow().file()).endsWith("iam-006.sql");
    }

    @Test
    void anotherValueNeedsAnotherOrigin() throws IOException {
        override("parameters:\n  max_age_days: {value: 60}\n");

        refused()
                .hasMessageContaining("line 4")
                .hasMessageContaining("parameters.max_age_days")
                .hasMessageContaining("'origin:'");
    }

    @Test
    void aParameterOfTheWrongTypeIsRefusedOverABuiltInOneToo() throws IOException {
        override("parameters:\n  max_age_days: {value: ninety, type: integer, origin: x}\n");

        refused().hasMessageContaining("line 4").hasMessageContaining("'ninety' is not a whole number");
    }

    @Test
    void aBuiltInIdWithoutTheWordIsRefusedWithTheHint() throws IOException {
        write("controls/iam-006.yaml", OWN.replace("ACME-1", "IAM-006"));

        refused()
                .hasMessageContaining("iam-006.yaml, line 1")
                .hasMessageContaining("key 'id'")
                .hasMessageContaining("'overrides: built-in'");
    }

    @Test
    void anOverrideOfNothingIsRefused() throws IOException {
        write("controls/acme-1.yaml", OWN + "overrides: built-in\n");

        refused()
                .hasMessageContaining("acme-1.yaml, line 9")
                .hasMessageContaining("key 'overrides'")
                .hasMessageContaining("no built-in control ACME-1");
    }

    @Test
    void twoFilesThatOverrideEachOtherAreRefused() throws IOException {
        write("controls/acme-1.yaml", OWN + "overrides: ACME-2\n");
        write("controls/acme-2.yaml", OWN.replace("ACME-1", "ACME-2") + "overrides: ACME-1\n");

        List<String> mistakes = mistakes();

        assertThat(mistakes).hasSize(2);
        assertThat(mistakes.get(0))
                .contains("acme-1.yaml, line 9")
                .contains("key 'overrides'")
                .contains("'ACME-2' cannot be overridden");
        assertThat(mistakes.get(1)).contains("acme-2.yaml, line 9");
    }

    @Test
    void twoFilesThatOverrideTheSameAreRefused() throws IOException {
        override("");
        write("controls/iam-006-again.yaml", "id: IAM-006\noverrides: built-in\n");

        refused().hasMessageContaining("the control IAM-006 already stands in");
    }

    @Test
    void aFrameworkIsAddedAndLinkedTo() throws IOException {
        write("frameworks/acme-2026.yaml", """
                id: acme-2026
                key: acme
                title: House rules
                publisher: Example
                edition: "2026"
                notice: Our own numbers and words.
                criteria:
                  - {id: R1, title: Doors are shut}
                """);
        write("controls/acme-1.yaml", OWN.replace("soc2:CC6.4", "acme:R1"));

        Catalog catalog = Catalog.builtInAnd(folder);

        Framework house = catalog.framework("acme").orElseThrow();
        assertThat(catalog.linkedTo(house, house.criteria().get(0))).hasSize(1);
    }

    @Test
    void aFrameworkIsOverriddenCriterionByCriterion() throws IOException {
        write("frameworks/soc2-2017.yaml", """
                id: soc2-2017
                overrides: built-in
                criteria:
                  - {id: CC6.1, title: Our words for it}
                """);

        Catalog catalog = Catalog.builtInAnd(folder);

        Framework before = Catalog.builtIn().framework("soc2").orElseThrow();
        Framework used = catalog.framework("soc2").orElseThrow();
        assertThat(used.criteria()).hasSameSizeAs(before.criteria());
        assertThat(used.criterion("CC6.1").orElseThrow().title()).isEqualTo("Our words for it");
        assertThat(used.criterion("CC6.1").orElseThrow().group())
                .isEqualTo(before.criterion("CC6.1").orElseThrow().group());
        assertThat(catalog.own().replacedFrameworks()).containsExactly(before);
    }

    @Test
    void theKeyOfABuiltInFrameworkStays() throws IOException {
        write("frameworks/soc2-2017.yaml", "id: soc2-2017\noverrides: built-in\nkey: soc3\n");

        refused().hasMessageContaining("line 3").hasMessageContaining("'soc2'");
    }

    @Test
    void aQueryWithoutADefinitionIsRefused() throws IOException {
        write("controls/acme-1.sql", "select 1");

        refused().hasMessageContaining("there is no 'acme-1.yaml' beside it");
    }

    @Test
    void aFileThatEndsOtherwiseIsRefused() throws IOException {
        write("controls/acme-1.yml", OWN);

        refused().hasMessageContaining("acme-1.yml").hasMessageContaining("controls/<id>");
    }

    @Test
    void anUnknownTableIsNamedWithItsLine() throws IOException {
        write("controls/acme-1.yaml", OWN + "evidence: [aws_iam_rol]\n");

        refused()
                .hasMessageContaining("line 9")
                .hasMessageContaining("evidence[0]")
                .hasMessageContaining("'aws_iam_role'");
    }

    @Test
    void aParameterThatTheQueryDoesNotUseIsNamedWithItsLine() throws IOException {
        override("version: 2\n");
        write("controls/iam-006.sql", "select 1 as x");

        refused().hasMessageContaining("does not use $max_age_days");
    }

    @Test
    void everyMistakeIsToldAndNotTheFirstAlone() throws IOException {
        write("controls/acme-1.yaml", OWN.replace("CC6.4", "CC6.99"));
        write("controls/acme-2.yaml", OWN.replace("ACME-1", "ACME-2").replace("objective:", "objectiv:"));
        write("controls/acme-3.yaml", OWN.replace("ACME-1", "ACME-3"));

        assertThat(mistakes())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("acme-1.yaml, line 8")
                                .contains("no criterion 'CC6.99'"),
                        second -> assertThat(second)
                                .contains("acme-2.yaml, line 3")
                                .contains("'objective'"));
    }

    private void override(String keys) throws IOException {
        write("controls/iam-006.yaml", "id: IAM-006\noverrides: built-in\n" + keys);
    }

    private List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        Catalog.builtInAnd(folder, mistake -> mistakes.add(mistake.getMessage()));
        return mistakes;
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused() {
        return assertThatThrownBy(() -> Catalog.builtInAnd(folder))
                .isInstanceOfSatisfying(
                        TickmarkException.class,
                        e -> assertThat(e.kind()).isEqualTo(TickmarkException.Kind.NOT_UNDERSTOOD));
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }
}
