package dev.tickmark.catalog.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.declared.CriterionScope.State;
import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameworkDeclarationsTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Optional<Catalog> KNOWN = Optional.of(CATALOG);
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");

    @Nested
    class TheStatementOfApplicability {
        private final String filled = filled();

        @Test
        void statesEachControlOfAnnexAOnce() {
            StatementOfApplicability statement = read(filled);

            assertThat(statement.controls()).hasSize(93);
            assertThat(statement.applicable()).isEqualTo(92);
            assertThat(statement.control("A.7.1").orElseThrow().justification()).isEqualTo("There are no premises.");
            assertThat(statement.control("A.8.12").orElseThrow().plannedFor()).contains(LocalDate.parse("2026-06-30"));
            assertThat(statement.beyond())
                    .singleElement()
                    .satisfies(own -> assertThat(own.source()).isEqualTo("contract 7.2"));
            assertThat(errors("statement-of-applicability", filled)).isEmpty();
        }

        @Test
        void saysWhatIsPastOrApprovedByItsOnlyAuthor() {
            StatementOfApplicability statement =
                    read(filled.replace("prepared_by: [erin, dave]", "prepared_by: [ Carol]"));

            assertThat(statement.observations(DAY))
                    .containsExactly("It was prepared and approved by the same person, carol.");
            assertThat(statement.observations(LocalDate.parse("2026-10-31"))).hasSize(2);
            assertThat(statement.control("A.8.12").orElseThrow().observation(DAY))
                    .isEqualTo("It was planned for 2026-06-30, which is past on 2026-11-23.");
            assertThat(read(filled).observations(DAY)).isEmpty();
        }

        @Test
        void isRefusedWhereAControlIsMissing() {
            String without = filled.replaceFirst("(?s)  - id: A\\.5\\.7 .*?(?=  - id: A\\.5\\.8 )", "");

            assertThatThrownBy(() -> read(without))
                    .hasMessageContaining("soa.yaml, line ")
                    .hasMessageContaining("key 'controls'")
                    .hasMessageContaining("92 of 93 controls of Annex A are stated; missing: A.5.7.");
        }

        @Test
        void isRefusedWhereAControlIsUnknownAndTellsTheNearest() {
            assertThatThrownBy(() -> read(filled.replace("id: A.5.7 ", "id: A.5.77 ")))
                    .hasMessageContaining("no control 'A.5.77'")
                    .hasMessageContaining("Did you mean 'A.5.7'?")
                    .hasMessageContaining("key 'controls[6].id'")
                    .hasMessageContaining("The file has 1 more; 'tickmark declare check' lists them all.");
        }

        @Test
        void isRefusedWhereAControlStandsTwice() {
            assertThatThrownBy(() -> read(filled.replace("id: A.5.8 ", "id: A.5.7 ")))
                    .hasMessageContaining("'A.5.7' stands twice")
                    .hasMessageContaining("the first is at soa.yaml, line");
        }

        @Test
        void isRefusedWhereAnExclusionHasNoJustification() {
            assertThatThrownBy(() -> read(filled.replace("There are no premises.", "")))
                    .hasMessageContaining("soa.yaml, line " + line(filled, "There are no premises."))
                    .hasMessageContaining("A.7.1 is excluded without a justification.");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "approver: carol|approver:|key 'approver': a value is missing",
                    "approved_on: 2026-11-01|approved_on: 1.11.2026|'1.11.2026' is not a date",
                    "approved_on: 2026-11-01||the key 'approved_on' is missing",
                    "implemented: planned|implemented: soon|'soon' is not one of yes, partly, no, planned",
                    "planned_for: 2026-06-30|planned_for:|A.8.12 is planned without a date",
                    "applicable: false|applicable: no|'no' is not true or false",
                    "implemented: no # excluded|implemented: yes|A.7.1 is excluded and said to be implemented",
                    "id: OWN-1|id: A.5.1|'A.5.1' is a control of Annex A",
                    "source: contract 7.2||the key 'source' is missing",
                    "prepared_by:|prepared:|'prepared' is not a key that stands here",
                })
        void isRefusedWithPlaceAndRemedy(String right, String wrong, String message) {
            String text = filled.replace(right, wrong == null ? "" : wrong);

            assertThat(text).isNotEqualTo(filled);
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(TickmarkException.class)
                    .hasMessageContaining("soa.yaml, line ")
                    .hasMessageContaining(message);
        }

        @Test
        void isEmptyInItsSkeletonAndSaysEveryAnswerThatIsMissing() {
            List<TickmarkException> mistakes = new ArrayList<>();
            String skeleton = Skeletons.statement(CATALOG);

            assertThatThrownBy(() -> StatementOfApplicability.read("soa.yaml", skeleton, KNOWN, mistakes::add))
                    .hasMessageContaining("key 'organization'");

            assertThat(mistakes).hasSize(93);
            assertThat(skeleton).contains("  - id: A.8.34   # ").doesNotContain("shall");
        }

        private static StatementOfApplicability read(String text) {
            return StatementOfApplicability.read("soa.yaml", text, KNOWN);
        }

        private static String filled() {
            return Skeletons.statement(CATALOG)
                    .replace("organization: ", "organization: Example Organization ")
                    .replaceFirst("scope: ", "scope: the platform ")
                    .replace("version: \"0.1\"", "version: \"1.2\"")
                    .replace("owner: ", "owner: erin ")
                    .replace("prepared_by: []", "prepared_by: [erin, dave]")
                    .replace("approver: ", "approver: carol ")
                    .replaceFirst("approved_on: +#.*", "approved_on: 2026-11-01")
                    .replace("applicable:\n", "applicable: true\n")
                    .replace("justification:\n", "justification: A risk asks for it.\n")
                    .replace("implemented:\n", "implemented: yes\n")
                    .replaceFirst(
                            "(id: A\\.7\\.1 .*\n)    applicable: true\n    justification: .*\n    implemented: yes",
                            "$1    applicable: false\n    justification: There are no premises.\n    implemented: no # excluded")
                    .replaceFirst(
                            "(id: A\\.8\\.12 .*\n.*\n.*\n)    implemented: yes",
                            "$1    implemented: planned\n    planned_for: 2026-06-30")
                    .replace("beyond_annex_a: []", """
                            beyond_annex_a:
                              - id: OWN-1
                                title: Change freeze
                                source: contract 7.2
                                justification: the contract asks for it
                                implemented: partly
                            """);
        }
    }

    @Nested
    class TheDecisionsOnAddressableSpecifications {
        private static final String THREE = """
                owner: erin
                decisions:
                  - specification: "164.308(a)(3)(ii)(A)"
                    decision: implemented
                    how: the register of administrators
                    decided_by: carol
                    decided_on: 2026-03-01
                    risk_analysis: RA-2026, risk 4
                    review_on: 2027-03-01
                  - specification: "164.312(a)(2)(iv)"
                    decision: equivalent_alternative
                    why: the appliance cannot encrypt
                    alternative: a locked cage and no removable media
                    decided_by: carol
                    decided_on: 2025-03-01
                    risk_analysis: RA-2025, risk 9
                    review_on: 2026-03-01
                  - specification: "164.310(a)(2)(iv)"
                    decision: not_reasonable_and_appropriate
                    why: there are no premises with ePHI
                    why_no_alternative: nothing is left to protect
                    decided_by: carol
                    decided_on: 2026-03-01
                    risk_analysis: RA-2026, 2.1
                    review_on: 2027-03-01
                """;

        @Test
        void areReadWithTheirReasonsAndTheRestIsUndecided() {
            HipaaDecisions decisions = read(THREE);

            assertThat(HipaaDecisions.addressable(CATALOG)).hasSize(22);
            assertThat(decisions.decisions()).hasSize(3);
            assertThat(decisions.decision("164.312(a)(2)(iv)").orElseThrow().observation(DAY))
                    .isEqualTo("Its review was due on 2026-03-01.");
            assertThat(errors("hipaa-decisions", THREE)).isEmpty();
        }

        @Test
        void areAllUndecidedInTheSkeletonWhichIsNoMistakeUnlessItClaimsToBeComplete() {
            String skeleton = Skeletons.decisions(CATALOG).replaceFirst("owner: ", "owner: erin ");

            assertThat(read(skeleton).decisions()).isEmpty();
            assertThat(skeleton.lines().filter(line -> line.contains("- specification:")))
                    .hasSize(22);
            assertThatThrownBy(() -> read(skeleton.replace("complete: false", "complete: true")))
                    .hasMessageContaining("hipaa.yaml, line 6")
                    .hasMessageContaining("22 of 22 addressable specifications are undecided: 164.308(a)(3)(ii)(A)");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "alternative: a locked cage and no removable media||line 10|'alternative' is missing",
                    "why: the appliance cannot encrypt|why:|line 12|'why' is missing",
                    "why_no_alternative: nothing is left to protect||line 18|'why_no_alternative' is missing",
                    "risk_analysis: RA-2026, 2.1|risk_analysis:|line 24|'risk_analysis' is missing",
                    "how: the register of administrators|alternative: none|line 5|does not go with the decision 'implemented'",
                    "decision: implemented|decision: optional|line 4|'optional' is not one of implemented, equivalent",
                    "164.312(a)(2)(iv)|164.312(a)(2)(v)|line 10|Did you mean '164.312(a)(2)(iv)'?",
                    "164.312(a)(2)(iv)|164.312(a)(2)(i)|line 10|(Unique user identification) is not addressable",
                    "164.312(a)(2)(iv)|164.310(a)(2)(iv)|line 18|is decided twice",
                    "review_on: 2026-03-01|review_on: 2025-03-01|line 17|is not after the decision",
                    "decided_by: carol|decided_by:|line 6|a value is missing",
                    "owner: erin|owner:|line 1|a value is missing",
                    "decided_on: 2025-03-01|decide_on: 2025-03-01|line 15|Did you mean 'decided_on'?",
                })
        void areRefusedWithPlaceAndRemedy(String right, String wrong, String line, String message) {
            String text = THREE.replaceFirst(java.util.regex.Pattern.quote(right), wrong == null ? "" : wrong);

            assertThat(text).isNotEqualTo(THREE);
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(TickmarkException.class)
                    .hasMessageContaining("hipaa.yaml, " + line + ",")
                    .hasMessageContaining(message);
        }

        private static HipaaDecisions read(String text) {
            return HipaaDecisions.read("hipaa.yaml", text, KNOWN);
        }
    }

    @Nested
    class TheScope {
        private static final String SCOPE = """
                soc2:
                  in_scope: [security, availability, confidentiality]
                  reason: engagement letter
                  owner: erin
                  date: 2026-10-01
                  out_of_scope:
                    - {category: processing_integrity, reason: no transactions., owner: erin, date: 2026-10-01}
                    - {category: privacy, reason: no personal data of consumers, owner: erin, date: 2026-10-01}
                hipaa:
                  roles: [business_associate]
                  reason: services to clinics
                  owner: erin
                  date: 2026-10-01
                  delegated:
                    - {criterion: "164.404(a)", reason: contract 5.3, owner: erin, date: 2026-10-01}
                subservice_organizations:
                  - name: Example Cloud
                    services: hosting
                    method: carve_out
                    criteria: [CC6.4, A1.2]
                    complementary_controls: [Doors are guarded.]
                    report: {title: SOC 2 Type II, from: 2025-10-01, to: 2026-09-30, reference: VEN-003}
                    reason: no data centre of our own
                    owner: erin
                    date: 2026-10-01
                  - name: Example Archive
                    services: backup tapes
                    method: inclusive
                    criteria: ["soc2:A1.2"]
                    reason: its people follow our procedures
                    owner: erin
                    date: 2026-10-01
                """;

        @Test
        void saysOfEachCriterionWhetherItIsAskedAndWhyNot() {
            assertThat(state("soc2", "CC1.1")).isEqualTo(State.IN_SCOPE);
            assertThat(state("soc2", "A1.1")).isEqualTo(State.IN_SCOPE);
            assertThat(state("soc2", "PI1.1")).isEqualTo(State.CATEGORY_NOT_INCLUDED);
            assertThat(scope("soc2", "PI1.1", SCOPE).reason())
                    .isEqualTo("Category processing integrity not included: no transactions (erin, 2026-10-01).");
            assertThat(state("soc2", "CC6.4")).isEqualTo(State.CARVED_OUT);
            assertThat(scope("soc2", "CC6.4", SCOPE).reason())
                    .isEqualTo("Carved out to Example Cloud (hosting): no data centre of our own (erin, 2026-10-01)."
                            + " Followed by: SOC 2 Type II, 2025-10-01 to 2026-09-30, VEN-003.");
            assertThat(state("soc2", "A1.2")).isEqualTo(State.INCLUSIVE);
            assertThat(state("hipaa", "164.308(a)(4)(ii)(A)")).isEqualTo(State.NOT_THIS_ROLE);
            assertThat(state("hipaa", "164.314(b)(1)")).isEqualTo(State.NOT_THIS_ROLE);
            assertThat(state("hipaa", "164.312(a)(1)")).isEqualTo(State.IN_SCOPE);
            assertThat(state("hipaa-bnr", "164.404(a)")).isEqualTo(State.IN_SCOPE);
            assertThat(scope("hipaa-bnr", "164.404(a)", SCOPE).reason()).contains("taken on by contract: contract 5.3");
            assertThat(state("hipaa-bnr", "164.406")).isEqualTo(State.NOT_THIS_ROLE);
            assertThat(state("hipaa-bnr", "164.410(a)")).isEqualTo(State.IN_SCOPE);
            assertThat(state("hipaa-bnr", "164.414(b)")).isEqualTo(State.IN_SCOPE);
            assertThat(state("iso27001", "A.5.1")).isEqualTo(State.NOT_DECLARED);
            assertThat(errors("scope", SCOPE)).isEmpty();
        }

        @Test
        void keepsWhatStaysOfACriterionThatIsCarvedOut() {
            String text = SCOPE.replace(
                    "    reason: no data centre", "    remaining: our office\n    reason: no data centre");

            assertThat(scope("soc2", "CC6.4", text).state()).isEqualTo(State.CARVED_OUT_IN_PART);
            assertThat(scope("soc2", "CC6.4", text).state().elsewhere()).isFalse();
            assertThat(scope("soc2", "CC6.4", text).reason()).contains("What stays: our office.");
        }

        @Test
        void ofACoveredEntityLeavesTheNoticeToItAndTheContractToTheOthers() {
            String text = SCOPE.replace("[business_associate]", "[covered_entity, group_health_plan]");

            assertThat(scope("hipaa", "164.314(b)(1)", text).state()).isEqualTo(State.IN_SCOPE);
            assertThat(scope("hipaa-bnr", "164.406", text).state()).isEqualTo(State.IN_SCOPE);
            assertThat(scope("hipaa-bnr", "164.410(a)", text).state()).isEqualTo(State.NOT_THIS_ROLE);
        }

        @Test
        void putsEveryCriterionOfSoc2IntoItsCategoryAndEveryOneOfHipaaUnderARole() {
            for (String key : List.of("soc2", "hipaa", "hipaa-bnr")) {
                Framework framework = CATALOG.framework(key).orElseThrow();
                for (Criterion criterion : framework.criteria()) {
                    assertThat(state(key, criterion.id())).as(criterion.id()).isNotEqualTo(State.NOT_DECLARED);
                }
            }
            assertThat(count("soc2", State.CATEGORY_NOT_INCLUDED)).isEqualTo(5 + 18);
            assertThat(count("hipaa", State.NOT_THIS_ROLE)).isEqualTo(6);
            assertThat(count("hipaa-bnr", State.NOT_THIS_ROLE)).isEqualTo(6);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "in_scope: [security, availability|in_scope: [availability|line 2|security is missing",
                    "[security, availability|[security, availabilty|line 2|Did you mean 'availability'?",
                    ", availability, confidentiality|, confidentiality|line 2|nothing is said of the category 'availability'",
                    "{category: privacy|{category: availability|line 8|'availability' stands twice",
                    "reason: no personal data of consumers, |''|line 8|the key 'reason' is missing",
                    "[business_associate]|[business_partner]|line 10|is not one of covered_entity, business_associate",
                    "[business_associate]|[health_care_clearinghouse]|line 10|neither covered_entity nor business_associate",
                    "[business_associate]|[business_associate, group_health_plan]|line 10|is a covered entity",
                    "164.404(a)|164.405(a)|line 15|HIPAA has no criterion '164.405(a)'. Did you mean '164.404(a)'?",
                    "method: carve_out|method: carveout|line 19|Did you mean 'carve_out'?",
                    "CC6.4|CC6.44|line 20|SOC 2 has no criterion 'CC6.44'. Did you mean 'CC6.4'?",
                    "[CC6.4, A1.2]|[CC6.4, CC6.4]|line 20|'CC6.4' stands twice",
                    "complementary_controls: [Doors are guarded.]|''|line 17|names no complementary control",
                    "from: 2025-10-01|from: 2027-10-01|line 22|the report ends before it begins",
                    "name: Example Archive|name: example cloud|line 26|'example cloud' stands twice",
                    "owner: erin|owner:|line 4|a value is missing",
                    "date: 2026-10-01|date: 2026-13-01|line 5|'2026-13-01' is not a date",
                    "soc2:|sox2:|line 2|'sox2' is not a key that stands here",
                })
        void isRefusedWithPlaceAndRemedy(String right, String wrong, String line, String message) {
            String text = SCOPE.replaceFirst(java.util.regex.Pattern.quote(right), wrong == null ? "" : wrong);

            assertThat(text).isNotEqualTo(SCOPE);
            assertThatThrownBy(() -> ScopeDeclaration.read("scope.yaml", text, KNOWN))
                    .isInstanceOf(TickmarkException.class)
                    .hasMessageContaining("scope.yaml, " + line + ",")
                    .hasMessageContaining(message);
        }

        @Test
        void namesNoSubserviceOrganizationWithoutSoc2() {
            String text = SCOPE.substring(SCOPE.indexOf("hipaa:"));

            assertThatThrownBy(() -> ScopeDeclaration.read("scope.yaml", text, KNOWN))
                    .hasMessageContaining("'soc2' is not declared");
        }

        @Test
        void isEmptyInItsSkeletonWhichSaysWhatIsMissing() {
            assertThatThrownBy(() -> ScopeDeclaration.read("scope.yaml", Skeletons.scope(), KNOWN))
                    .hasMessageContaining("scope.yaml, line ");
            String uncommented = Skeletons.scope()
                    .replaceAll("(?m)^# (hipaa:|subservice_organizations:|  .*)$", "$1")
                    .replaceAll("reason: ,", "reason: none,")
                    .replaceAll("reason:  .*", "reason: the letter")
                    .replaceAll("owner: ,", "owner: erin,")
                    .replaceAll("owner:\n", "owner: erin\n")
                    .replaceAll("date: }", "date: 2026-10-01}")
                    .replaceAll("date:\n", "date: 2026-10-01\n");
            assertThat(ScopeDeclaration.read("scope.yaml", uncommented, KNOWN).subservices())
                    .hasSize(1);
            assertThat(errors("scope", uncommented)).isEmpty();
        }

        private static long count(String framework, State state) {
            return CATALOG.framework(framework).orElseThrow().criteria().stream()
                    .filter(criterion -> state(framework, criterion.id()) == state)
                    .count();
        }

        private static State state(String framework, String criterion) {
            return scope(framework, criterion, SCOPE).state();
        }

        private static CriterionScope scope(String key, String id, String text) {
            Framework framework = CATALOG.framework(key).orElseThrow();
            Criterion criterion = framework.criterion(id).orElseThrow();
            return CriterionScope.of(
                    id,
                    CriterionScope.appliesTo(framework, criterion),
                    new FrameworkDeclarations(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(ScopeDeclaration.read("scope.yaml", text, KNOWN))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement-of-applicability", "hipaa-decisions", "scope"})
    void theSampleIsValidAgainstItsSchema(String name) throws IOException {
        Path samples = Path.of("").toAbsolutePath().resolveSibling("samples").resolve("declarations");

        assertThat(errors(name, Files.readString(samples.resolve(name + ".yaml"))))
                .isEmpty();
    }

    private static long line(String text, String part) {
        return text.substring(0, text.indexOf(part)).lines().count();
    }

    private static List<String> errors(String name, String yaml) {
        String resource = "catalog/schema/" + name + ".schema.json";
        try (InputStream in = Catalog.class.getClassLoader().getResourceAsStream(resource)) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8),
                            InputFormat.JSON);
            return schema.validate(yaml, InputFormat.YAML).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
