package dev.tickmark.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Criterion.Obligation;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The four frameworks against what their publishers number. */
class BuiltInFrameworksTest {
    private final Catalog catalog = Catalog.builtIn();

    @Test
    void soc2HasItsSixtyOneCriteria() {
        Framework soc2 = framework("soc2");

        assertThat(soc2.criteria()).hasSize(61);
        assertThat(count(soc2, each -> each.id().startsWith("CC"))).isEqualTo(33);
        assertThat(count(soc2, each -> each.id().startsWith("A1"))).isEqualTo(3);
        assertThat(count(soc2, each -> each.id().startsWith("C1"))).isEqualTo(2);
        assertThat(count(soc2, each -> each.id().startsWith("PI1"))).isEqualTo(5);
        assertThat(count(soc2, each -> each.id().matches("P[1-8]\\..*"))).isEqualTo(18);
    }

    @Test
    void iso27001HasNinetyThreeControlsAndThirtyClauses() {
        Framework iso = framework("iso27001");

        assertThat(count(iso, each -> each.id().startsWith("A.5."))).isEqualTo(37);
        assertThat(count(iso, each -> each.id().startsWith("A.6."))).isEqualTo(8);
        assertThat(count(iso, each -> each.id().startsWith("A.7."))).isEqualTo(14);
        assertThat(count(iso, each -> each.id().startsWith("A.8."))).isEqualTo(34);
        assertThat(count(iso, each -> each.kind().equals("clause requirement"))).isEqualTo(30);
        assertThat(iso.criteria()).hasSize(123);
    }

    @Test
    void everyCriterionSaysWhatNoControlShowsOfIt() {
        for (Framework framework : catalog.frameworks()) {
            assertThat(framework.criteria())
                    .allSatisfy(
                            each -> assertThat(each.leftOpen()).as(each.id()).endsWith("."));
        }
    }

    @Test
    void secureCodingIsNotForgottenAndElevenControlsAreNew() {
        Framework iso = framework("iso27001");

        assertThat(iso.criterion("A.8.28").orElseThrow().title()).isEqualTo("Secure coding");
        assertThat(count(iso, each -> each.note().equals("New in the 2022 edition.")))
                .isEqualTo(11);
    }

    @Test
    void theClimateAmendmentIsNotedWhereItChangesTheStandard() {
        assertThat(framework("iso27001").criteria())
                .filteredOn(each -> each.note().contains("Amendment 1 of 2024"))
                .extracting(Criterion::id)
                .containsExactly("4.1", "4.2");
    }

    @Test
    void theSecurityRuleHasItsSeventyFourCitations() {
        Framework hipaa = framework("hipaa");

        assertThat(hipaa.criteria()).hasSize(74);
        assertThat(count(hipaa, each -> each.obligation() == Obligation.ADDRESSABLE))
                .isEqualTo(22);
        assertThat(hipaa.status()).contains("90 FR 898").contains("still a proposal");
    }

    @Test
    void onlySpecificationsAreRequiredOrAddressableAndEveryStandardIsMandatory() {
        for (Criterion each : framework("hipaa").criteria()) {
            boolean standard = each.kind().equals("standard");

            assertThat(each.obligation() == Obligation.MANDATORY).as(each.id()).isEqualTo(standard);
            assertThat(standard || each.kind().equals("implementation specification"))
                    .as(each.id())
                    .isTrue();
        }
    }

    @Test
    void theBreachRuleNamesWhoseDutyEachCitationIs() {
        Framework breach = framework("hipaa-bnr");

        assertThat(breach.criteria()).hasSize(14);
        assertThat(breach.criteria())
                .filteredOn(each -> each.role().equals("business associate"))
                .extracting(Criterion::id)
                .containsExactly("164.410(a)", "164.410(b)", "164.410(c)");
        assertThat(breach.criterion("164.404(a)").orElseThrow().role()).isEqualTo("covered entity");
    }

    @Test
    void licensedStandardsSayThatTheirTextStandsElsewhere() {
        for (String key : List.of("soc2", "iso27001")) {
            assertThat(framework(key).notice()).contains("refer to the licensed standard");
        }
    }

    @Test
    void soc2TitlesAreTwelveWordsAtMost() {
        assertThat(framework("soc2").criteria())
                .allSatisfy(each -> assertThat(each.title().split("[ -]+").length)
                        .as(each.id())
                        .isLessThanOrEqualTo(12));
    }

    // numbers that public mappings get wrong

    @Test
    void renumberedAndMisprintedCitationsAreTheOnesOfTheRegulation() {
        Framework hipaa = framework("hipaa");

        assertThat(hipaa.criterion("164.308(b)(4)"))
                .as("renumbered (b)(3) in 2013")
                .isEmpty();
        assertThat(title("164.308(b)(3)")).isEqualTo("Written contract or other arrangement");
        assertThat(hipaa.criterion("164.314(a)(3)(i)")).isEmpty();
        assertThat(title("164.314(a)(2)(i)(C)")).startsWith("Contract: report security incidents");
        assertThat(title("164.308(a)(4)(ii)(B)")).isEqualTo("Access authorization");
        assertThat(title("164.308(a)(4)(ii)(C)")).isEqualTo("Access establishment and modification");
        assertThat(title("164.310(a)(2)(ii)")).isEqualTo("Facility security plan");
        assertThat(title("164.310(d)(1)")).isEqualTo("Device and media controls");
        assertThat(title("164.312(d)")).isEqualTo("Person or entity authentication");
    }

    @Test
    void marksThatPublicMappingsGetWrongAreTheOnesOfTheRegulation() {
        Framework hipaa = framework("hipaa");

        assertThat(hipaa.criterion("164.308(a)(3)(ii)(A)").orElseThrow().obligation())
                .isEqualTo(Obligation.ADDRESSABLE);
        assertThat(hipaa.criterion("164.308(a)(3)(ii)(B)").orElseThrow().obligation())
                .isEqualTo(Obligation.ADDRESSABLE);
        assertThat(hipaa.criterion("164.312(b)").orElseThrow().obligation()).isEqualTo(Obligation.MANDATORY);
        assertThat(count(
                        hipaa,
                        each -> each.id().startsWith("164.312") && each.kind().equals("implementation specification")))
                .as("specifications in the technical safeguards")
                .isEqualTo(7);
    }

    @Test
    void criteriaThatPublicMappingsLeaveOutAreThere() {
        assertThat(framework("soc2").criteria())
                .extracting(Criterion::id)
                .contains("CC1.1", "CC2.2", "CC4.1", "CC5.1", "CC6.4", "CC6.5", "CC9.2", "A1.1", "PI1.1", "P8.1")
                .doesNotContain("P1.0", "P8.0");
        assertThat(framework("hipaa").criteria())
                .extracting(Criterion::id)
                .contains("164.308(b)(2)", "164.314(a)(1)", "164.316(a)");
    }

    private String title(String citation) {
        return framework("hipaa").criterion(citation).orElseThrow().title();
    }

    private Framework framework(String key) {
        return catalog.framework(key).orElseThrow();
    }

    private static long count(Framework framework, Predicate<Criterion> which) {
        return framework.criteria().stream().filter(which).count();
    }
}
