package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Criterion.Obligation;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.Link.Strength;
import dev.tickmark.evidence.table.TableDefinition;
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
import org.junit.jupiter.api.io.TempDir;

/** The 27 mistakes that were found in public mappings, by number; none of them is in this catalog. */
class MappingErrorsTest {
    private static final Map<String, TableDefinition> TABLES =
            AssessmentRequest.byName(Tables.builtIn().all());

    @TempDir
    Path scratch;

    private final Catalog catalog = Catalog.builtIn();

    @Test
    void error01MostCriteriaOfSoc2AreAbsent() {
        assertThat(framework("soc2").criteria())
                .hasSize(61)
                .allSatisfy(criterion -> assertThat(linkedTo("soc2:" + criterion.id()))
                        .as(criterion.id())
                        .isNotEmpty());
    }

    @Test
    void error02NoSecondFactorUnderLogicalAccess() {
        assertThat(linkedTo("soc2:CC6.1"))
                .filteredOn(id -> id.startsWith("MFA-"))
                .hasSizeGreaterThan(9);
    }

    @Test
    void error03CapacityCarriesTheTextOfBackups() {
        assertThat(criterion("soc2:A1.1").title()).contains("Capacity");
        assertThat(criterion("soc2:A1.2").title()).contains("backups");
        assertThat(linkedTo("soc2:A1.1")).contains("BCK-006").doesNotContain("BCK-001", "BCK-002");
    }

    @Test
    void error04RegistrationOfUsersRestsOnADatabaseThatIsNotPublic() {
        assertThat(linkedTo("soc2:CC6.2")).isNotEmpty().allMatch(id -> id.matches("(IAM|MFA|UAR|HRS)-.*"));
    }

    @Test
    void error05DisposalRestsOnWhatKeepsData() {
        assertThat(linkedTo("soc2:C1.1")).isNotEmpty().noneMatch(id -> id.startsWith("BCK-"));
        assertThat(linkedTo("soc2:C1.2")).isNotEmpty().allMatch(id -> id.matches("(DAT|VEN)-.*"));
    }

    @Test
    void error06ChangesRestOnARecorderAndRisksOnDetectors() {
        assertThat(linkedTo("soc2:CC8.1")).contains("CHG-001", "CHG-002");
        assertThat(links("soc2:CC8.1"))
                .filteredOn(linked -> linked.control().id().startsWith("LOG-"))
                .allSatisfy(linked -> assertThat(linked.link().strength()).isNotEqualTo(Strength.DIRECT));
        for (String number : List.of("CC3.1", "CC3.2", "CC3.3", "CC3.4")) {
            assertThat(linkedTo("soc2:" + number)).as(number).isNotEmpty().noneMatch(id -> id.startsWith("LOG-"));
        }
    }

    @Test
    void error07SecureCodingIsMissing() {
        assertThat(framework("iso27001").criteria())
                .filteredOn(each -> each.id().startsWith("A."))
                .hasSize(93);
        assertThat(linkedTo("iso27001:A.8.28")).isNotEmpty();
    }

    @Test
    void error08EndpointsMaskingAndWebFilteringRestOnTheCloudsEdge() {
        assertThat(linkedTo("iso27001:A.8.1")).isNotEmpty().allMatch(id -> id.startsWith("END-"));
        assertThat(linkedTo("iso27001:A.8.11")).containsExactly("DAT-005");
        assertThat(linkedTo("iso27001:A.8.23")).containsExactly("END-009");
    }

    @Test
    void error09DeletionRestsOnVersioningAndSuppliersOnDetectors() {
        assertThat(linkedTo("iso27001:A.8.10")).isNotEmpty().allMatch(id -> id.matches("(DAT|VEN)-.*"));
        assertThat(linkedTo("iso27001:A.8.3")).isNotEmpty().noneMatch(id -> id.matches("(BCK|DAT)-.*"));
        for (String number : List.of("A.5.16", "A.5.19", "A.5.21")) {
            assertThat(linkedTo("iso27001:" + number)).as(number).isNotEmpty().noneMatch(id -> id.startsWith("LOG-"));
        }
        assertThat(linkedTo("iso27001:A.5.26")).isNotEmpty().doesNotContain("VUL-004");
        assertThat(linkedTo("iso27001:A.8.4")).contains("CHG-012");
    }

    @Test
    void error10AccessEstablishmentBearsTheNameOfAccessAuthorization() {
        assertThat(criterion("hipaa:164.308(a)(4)(ii)(B)").title()).isEqualTo("Access authorization");
        assertThat(criterion("hipaa:164.308(a)(4)(ii)(C)").title()).isEqualTo("Access establishment and modification");
    }

    @Test
    void error11TerminationRestsOnTheAgeOfKeys() {
        assertThat(linkedTo("hipaa:164.308(a)(3)(ii)(C)"))
                .contains("UAR-005", "HRS-007")
                .doesNotContain("IAM-006");
    }

    @Test
    void error12ClearinghousesEmergenciesAndUniqueNamesRestOnEncryptionBackupsAndBuckets() {
        assertThat(linkedTo("hipaa:164.308(a)(4)(ii)(A)")).isNotEmpty().noneMatch(id -> id.startsWith("ENC-"));
        assertThat(linkedTo("hipaa:164.312(a)(2)(ii)")).containsExactly("IAM-020");
        assertThat(linkedTo("hipaa:164.312(a)(2)(i)")).isNotEmpty().allMatch(id -> id.matches("(IAM|UAR)-.*"));
    }

    @Test
    void error13WholeSectionsOfTheSecurityRuleHaveNothing() {
        for (String number : List.of(
                "164.308(a)(1)(ii)(C)",
                "164.308(a)(2)",
                "164.308(a)(5)(ii)(A)",
                "164.308(a)(7)(ii)(D)",
                "164.308(a)(7)(ii)(E)",
                "164.308(b)(1)",
                "164.310(a)(1)",
                "164.310(b)",
                "164.310(c)",
                "164.310(d)(1)",
                "164.312(a)(2)(iii)",
                "164.314(a)(1)",
                "164.316(a)")) {
            assertThat(linkedTo("hipaa:" + number)).as(number).isNotEmpty();
        }
    }

    @Test
    void error14AnActiveKeyThatWasNeverUsedPasses() throws Exception {
        runs("IAM-007", "never-used-is-not-passed");
    }

    @Test
    void error15AnAccountWithoutRootCredentialsHasNoRow() throws Exception {
        runs("MFA-001", "no-root-credentials");
        for (String id : List.of("IAM-003", "MFA-001", "MFA-002")) {
            assertThat(control(id).whenEmpty()).as(id).isEqualTo(Control.WhenEmpty.FAIL);
        }
    }

    @Test
    void error16AUserWithRootInTheNameIsTakenForRoot() throws Exception {
        runs("MFA-002", "no-virtual-device");
    }

    @Test
    void error17CentralRootAccessHidesCredentialsThatAreStillThere() throws Exception {
        assertThat(control("IAM-005").test()).isPresent();
        runsAll("IAM-005");
    }

    @Test
    void error18SecondFactorsStandUnderTheBoundaryAlone() {
        assertThat(linkedTo("soc2:CC6.1")).contains("MFA-001", "MFA-003");
        assertThat(linkedTo("soc2:CC3.2")).noneMatch(id -> id.startsWith("MFA-"));
        for (String number : List.of("CC5.1", "CC5.2", "CC5.3", "CC9.1", "CC9.2", "A1.1", "A1.3", "PI1.1", "P1.1")) {
            assertThat(linkedTo("soc2:" + number)).as(number).isNotEmpty();
        }
    }

    @Test
    void error19IncidentResponseRestsOnBackups() {
        assertThat(linkedTo("soc2:CC7.4")).contains("INC-001").noneMatch(id -> id.startsWith("BCK-"));
        assertThat(linkedTo("soc2:C1.2")).noneMatch(id -> id.startsWith("BCK-"));
    }

    @Test
    void error20PlanDocumentsRestOnEncryptionAndTheContractIsAbsent() {
        assertThat(framework("hipaa").criteria())
                .filteredOn(each -> each.id().startsWith("164.314(b)"))
                .hasSize(5)
                .allSatisfy(each ->
                        assertThat(linkedTo("hipaa:" + each.id())).as(each.id()).isEmpty());
        assertThat(linkedTo("hipaa:164.314(a)(1)")).contains("VEN-003");
    }

    @Test
    void error21TerminationAsksForKeysAndForNoPerson() {
        assertThat(linkedTo("hipaa:164.308(a)(3)(ii)(C)")).noneMatch(id -> id.matches("IAM-00[68]"));
    }

    @Test
    void error22UsersWithoutAPasswordDeviateAndTheLimitIsNotSaid() throws Exception {
        runs("MFA-003", "users");
        runs("MFA-001", "no-root-credentials");
        runs("IAM-006", "limit");
        runs("IAM-006", "one-past-the-limit");
    }

    @Test
    void error23TitlesOfOtherCitationsAndAnAddressableThatIsRequired() {
        assertThat(criterion("hipaa:164.310(a)(2)(ii)").title()).isEqualTo("Facility security plan");
        assertThat(criterion("hipaa:164.310(d)(1)").title()).isEqualTo("Device and media controls");
        assertThat(criterion("hipaa:164.312(d)").title()).isEqualTo("Person or entity authentication");
        assertThat(criterion("hipaa:164.308(a)(3)(ii)(A)").obligation()).isEqualTo(Obligation.ADDRESSABLE);
    }

    @Test
    void error24AParagraphThatWasRenumbered() {
        assertThat(framework("hipaa").criterion("164.308(b)(4)")).isEmpty();
        assertThat(framework("hipaa").criterion("164.308(b)(2)")).isPresent();
        assertThat(framework("hipaa").criterion("164.308(b)(3)")).isPresent();
    }

    @Test
    void error25NoProcessingIntegrityAndHeadingsForCriteria() {
        assertThat(framework("soc2").criteria())
                .extracting(Criterion::id)
                .contains("PI1.1", "PI1.5", "P1.1")
                .doesNotContain("P1.0", "P8.0");
    }

    @Test
    void error26CitationsThatDoNotExist() {
        assertThat(framework("hipaa").criterion("164.314(a)(3)(i)")).isEmpty();
        assertThat(framework("hipaa").criterion("164.314(a)(2)(i)(C)")).isPresent();
        assertThat(criterion("hipaa:164.308(a)(3)(ii)(B)").title()).isEqualTo("Workforce clearance procedure");
    }

    @Test
    void error27AuditControlsAreAddressableAndTwentyTwoSpecificationsAreTechnical() {
        List<Criterion> criteria = framework("hipaa").criteria();

        assertThat(criterion("hipaa:164.312(b)").obligation()).isEqualTo(Obligation.MANDATORY);
        assertThat(criteria)
                .filteredOn(each -> each.obligation() == Obligation.ADDRESSABLE)
                .hasSize(22);
        assertThat(criteria)
                .filteredOn(each -> each.id().startsWith("164.312")
                        && (each.obligation() == Obligation.ADDRESSABLE || each.obligation() == Obligation.REQUIRED))
                .hasSize(7);
    }

    private Control control(String id) {
        return catalog.control(id).orElseThrow();
    }

    private void runsAll(String control) throws IOException, URISyntaxException {
        try (Stream<Path> folders = Files.list(cases().resolve(control))) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                runs(control, String.valueOf(folder.getFileName()));
            }
        }
    }

    private void runs(String control, String name) throws IOException, URISyntaxException {
        Path work = Files.createDirectories(scratch.resolve(control + "-" + name));

        assertThat(new CaseRunner(TABLES)
                        .run(control(control), cases().resolve(control).resolve(name), work))
                .as(control + "/" + name)
                .isEmpty();
    }

    private static Path cases() throws URISyntaxException {
        URL readme = Objects.requireNonNull(MappingErrorsTest.class.getResource("/cases/README.md"));
        return Objects.requireNonNull(Path.of(readme.toURI()).getParent());
    }

    private Framework framework(String key) {
        return catalog.framework(key).orElseThrow();
    }

    private Criterion criterion(String reference) {
        String[] parts = reference.split(":", 2);
        return framework(parts[0]).criterion(parts[1]).orElseThrow();
    }

    private List<Catalog.Linked> links(String reference) {
        return catalog.linkedTo(framework(reference.split(":", 2)[0]), criterion(reference));
    }

    private List<String> linkedTo(String reference) {
        return links(reference).stream().map(linked -> linked.control().id()).toList();
    }
}
