package dev.tickmark.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Link.Strength;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every built-in control promises its reader, and the mistakes of public mappings that it does not repeat. */
class BuiltInControlsTest {
    /** Requests and notices under privacy law, which neither HIPAA rule of the catalog asks for. */
    private static final List<String> ONLY_PRIVACY = List.of("PRV-001", "PRV-002");

    private final Catalog catalog = Catalog.builtIn();

    @Test
    void everyLinkSaysWhyAndWhatItLeavesOpenInOneSentence() {
        for (Control control : catalog.controls()) {
            assertThat(control.links()).as(control.id()).isNotEmpty();
            for (Link link : control.links()) {
                String place = control.id() + " " + link.framework() + ":" + link.criterion();

                assertThat(link.why()).as(place).endsWith(".").hasSizeLessThan(160);
                assertThat(link.notCovered()).as(place).endsWith(".").hasSizeLessThan(200);
            }
        }
    }

    @Test
    void everyControlReachesAllThreeStandards() {
        for (Control control : catalog.controls()) {
            assertThat(control.links())
                    .as(control.id())
                    .extracting(Link::framework)
                    .contains("soc2", "iso27001")
                    .contains(ONLY_PRIVACY.contains(control.id()) ? "soc2" : "hipaa");
        }
    }

    @Test
    void everyControlSaysWhatItsTestCannotSee() {
        for (Control control : catalog.controls()) {
            assertThat(control.notCovered()).as(control.id()).isNotBlank();
            assertThat(control.risk()).as(control.id()).isNotBlank();
            assertThat(control.request().needed()).as(control.id()).isNotBlank();
        }
    }

    @Test
    void everyThresholdNamesItsOrigin() {
        assertThat(catalog.controls().stream().flatMap(each -> each.parameters().stream()))
                .allSatisfy(parameter -> assertThat(parameter.origin()).isNotBlank());
    }

    @Test
    void everyTableThatAControlNamesIsDefined() {
        catalog.refuseUnknownTables(Tables.builtIn());
    }

    @Test
    void everyTestHasCasesOfEachOutcomeAndOfAPopulationThatIsEmptyOrShort() throws IOException, URISyntaxException {
        URL readme = Objects.requireNonNull(BuiltInControlsTest.class.getResource("/cases/README.md"));
        Path cases = Objects.requireNonNull(Path.of(readme.toURI()).getParent());
        for (Control control : catalog.controls()) {
            if (control.test().isEmpty()) {
                continue;
            }
            String expected = expected(cases.resolve(control.id()));

            assertThat(expected)
                    .as(control.id())
                    .contains(",PASS", ",FAIL", ",NOT_EVALUATED")
                    .contains(control.id().equals("GOV-008") ? "no schedule" : "population:");
        }
    }

    private static String expected(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.endsWith("expected.csv")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    // what public mappings get wrong

    @Test
    void secondFactorsAreLinkedToLogicalAccessAndNotOnlyToTheBoundary() {
        for (String id : List.of("MFA-001", "MFA-002", "MFA-003", "MFA-004")) {
            assertThat(criteria(id)).as(id).contains("soc2:CC6.1");
        }
    }

    @Test
    void authenticationOfPersonsIsSupportedBySecondFactorsAndNeverShownByThem() {
        assertThat(links("hipaa:164.312(d)"))
                .isNotEmpty()
                .allSatisfy(linked -> assertThat(linked.link().strength())
                        .as(linked.control().id())
                        .isNotEqualTo(Strength.DIRECT));
    }

    @Test
    void registrationAndRemovalOfUsersRestOnUsersAndLeavers() {
        assertThat(linkedTo("soc2:CC6.2")).contains("UAR-004", "UAR-005").allMatch(BuiltInControlsTest::isOfIdentities);
    }

    @Test
    void terminationRestsOnLeaversAndNotOnTheAgeOfKeys() {
        assertThat(linkedTo("hipaa:164.308(a)(3)(ii)(C)")).contains("UAR-005").doesNotContain("IAM-006");
    }

    @Test
    void identityManagementRestsOnIdentities() {
        assertThat(linkedTo("iso27001:A.5.16")).isNotEmpty().allMatch(BuiltInControlsTest::isOfIdentities);
        assertThat(linkedTo("hipaa:164.312(a)(2)(i)")).isNotEmpty().allMatch(BuiltInControlsTest::isOfIdentities);
    }

    @Test
    void accountsAndKeysShowNothingOfChangeRiskIncidentsDisposalOrEmergencies() {
        for (String criterion : List.of(
                "soc2:CC3.1",
                "soc2:CC3.2",
                "soc2:CC3.3",
                "soc2:CC3.4",
                "soc2:CC6.4",
                "soc2:CC6.5",
                "soc2:CC7.2",
                "soc2:CC7.4",
                "soc2:CC8.1",
                "soc2:C1.1",
                "soc2:C1.2",
                "iso27001:A.5.26",
                "iso27001:A.5.28",
                "iso27001:A.8.1",
                "iso27001:A.8.3",
                "iso27001:A.8.4",
                "iso27001:A.8.10",
                "iso27001:A.8.11",
                "iso27001:A.8.23",
                "hipaa:164.308(a)(4)(ii)(A)",
                "hipaa:164.312(a)(2)(ii)")) {
            assertThat(linkedTo(criterion)).as(criterion).noneMatch(BuiltInControlsTest::isOfAwsAccountsAndKeys);
        }
    }

    @Test
    void nothingIsLinkedToTheDocumentsOfGroupHealthPlans() {
        assertThat(catalog.controls().stream().flatMap(each -> each.links().stream()))
                .noneMatch(link -> link.criterion().startsWith("164.314(b)"));
    }

    @Test
    void supplierControlsAreTouchedOnlyByTrustInOutsidersAndOnlyIndirectly() {
        for (String criterion : List.of("soc2:CC9.2", "iso27001:A.5.19", "hipaa:164.308(b)(1)")) {
            assertThat(links(criterion))
                    .as(criterion)
                    .filteredOn(linked -> isOfIdentities(linked.control().id()))
                    .allSatisfy(linked -> {
                        assertThat(linked.control().id()).isIn("IAM-014", "UAR-014");
                        assertThat(linked.link().strength()).isEqualTo(Strength.INDIRECT);
                    });
        }
    }

    @Test
    void aControlAboutRootHasARowInEveryAccount() {
        for (String id : List.of("IAM-003", "MFA-001", "MFA-002")) {
            Control control = catalog.control(id).orElseThrow();

            assertThat(control.test().orElseThrow().mainTable()).as(id).isEqualTo("aws_iam_account_summary");
            assertThat(control.whenEmpty()).as(id).isEqualTo(Control.WhenEmpty.FAIL);
        }
    }

    private static boolean isOfIdentities(String id) {
        return id.matches("(IAM|UAR|MFA)-.*");
    }

    private static boolean isOfAwsAccountsAndKeys(String id) {
        return id.matches("IAM-.*|MFA-00[1-5]|UAR-00[345]");
    }

    private List<String> criteria(String control) {
        return catalog.control(control).orElseThrow().links().stream()
                .map(link -> link.framework() + ":" + link.criterion())
                .toList();
    }

    private List<String> linkedTo(String criterion) {
        return links(criterion).stream().map(linked -> linked.control().id()).toList();
    }

    private List<Catalog.Linked> links(String criterion) {
        String[] parts = criterion.split(":", 2);
        Framework framework = catalog.framework(parts[0]).orElseThrow();
        return catalog.linkedTo(framework, framework.criterion(parts[1]).orElseThrow());
    }
}
