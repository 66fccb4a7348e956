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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every built-in control promises its reader, and the mistakes of public mappings that it does not repeat. */
class BuiltInControlsTest {
    /** Requests and notices under privacy law, which neither HIPAA rule of the catalog asks for. */
    private static final List<String> ONLY_PRIVACY = List.of("PRV-001", "PRV-002");

    /**
     * Criteria that accounts and keys in general show nothing of, each with the controls about identities whose own matter
     * it is, such as the emergency access that IAM-020 is about.
     */
    private static final Map<String, List<String>> MATTERS_OF_THEIR_OWN = Map.ofEntries(
            Map.entry("soc2:CC3.1", List.of()),
            Map.entry("soc2:CC3.2", List.of()),
            Map.entry("soc2:CC3.3", List.of("IAM-013")), // how an insider could abuse rights
            Map.entry("soc2:CC3.4", List.of()),
            Map.entry("soc2:CC6.4", List.of("UAR-017")), // access to buildings
            Map.entry("soc2:CC6.5", List.of()),
            Map.entry("soc2:CC7.2", List.of("IAM-004", "IAM-020", "MFA-015", "MFA-016")), // events, not settings
            Map.entry("soc2:CC7.4", List.of("IAM-027")), // whom the provider tells
            Map.entry("soc2:CC8.1", List.of("IAM-022", "MFA-012", "MFA-013", "UAR-012")), // who can change at all
            Map.entry("soc2:C1.1", List.of("UAR-016")), // access to confidential data
            Map.entry("soc2:C1.2", List.of()),
            Map.entry("iso27001:A.5.26", List.of()),
            Map.entry("iso27001:A.5.28", List.of()),
            Map.entry("iso27001:A.8.1", List.of()),
            Map.entry("iso27001:A.8.3", List.of("IAM-015", "IAM-025", "UAR-016")), // access to data
            Map.entry("iso27001:A.8.4", List.of("MFA-012", "MFA-013")), // sign-in to source code
            Map.entry("iso27001:A.8.10", List.of()),
            Map.entry("iso27001:A.8.11", List.of()),
            Map.entry("iso27001:A.8.23", List.of()),
            Map.entry("hipaa:164.308(a)(4)(ii)(A)", List.of()),
            Map.entry("hipaa:164.312(a)(2)(ii)", List.of("IAM-020"))); // emergency access

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
        assertThat(linkedTo("soc2:CC6.2"))
                .contains("UAR-004", "UAR-005")
                .allMatch(BuiltInControlsTest::isOfIdentitiesOrPeople);
    }

    @Test
    void terminationRestsOnLeaversAndNotOnTheAgeOfKeys() {
        assertThat(linkedTo("hipaa:164.308(a)(3)(ii)(C)")).contains("UAR-005").doesNotContain("IAM-006");
    }

    @Test
    void identityManagementRestsOnIdentities() {
        assertThat(linkedTo("iso27001:A.5.16")).isNotEmpty().allMatch(BuiltInControlsTest::isOfIdentitiesOrPeople);
        assertThat(linkedTo("hipaa:164.312(a)(2)(i)")).isNotEmpty().allMatch(BuiltInControlsTest::isOfIdentities);
    }

    @Test
    void accountsAndKeysShowNothingOfChangeRiskIncidentsDisposalOrEmergencies() {
        MATTERS_OF_THEIR_OWN.forEach((criterion, controls) -> assertThat(linkedTo(criterion))
                .as(criterion)
                .allMatch(id -> !isOfIdentities(id) || controls.contains(id)));
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

    /** Joiners and leavers of the people department are the other half of the life of an identity. */
    private static boolean isOfIdentitiesOrPeople(String id) {
        return isOfIdentities(id) || id.matches("HRS-00[17]");
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
