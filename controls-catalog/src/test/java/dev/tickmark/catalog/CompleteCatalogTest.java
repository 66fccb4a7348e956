package dev.tickmark.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.EvidenceRequest.Gathering;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Nothing that an auditor asks for is left out of the catalog, and nothing stands in it without its explanation. */
class CompleteCatalogTest {
    private static final Map<String, Integer> FAMILIES = new TreeMap<>(Map.ofEntries(
            Map.entry("iam", 34),
            Map.entry("mfa", 16),
            Map.entry("uar", 17),
            Map.entry("log", 13),
            Map.entry("enc", 8),
            Map.entry("net", 8),
            Map.entry("bck", 7),
            Map.entry("chg", 13),
            Map.entry("vul", 10),
            Map.entry("end", 9),
            Map.entry("hrs", 9),
            Map.entry("inc", 8),
            Map.entry("rsk", 8),
            Map.entry("ven", 6),
            Map.entry("tst", 6),
            Map.entry("sup", 7),
            Map.entry("dat", 7),
            Map.entry("gov", 9),
            Map.entry("phy", 4),
            Map.entry("prv", 3),
            Map.entry("pin", 1)));
    /** The breach rule's citations for which a business associate has something to show. */
    private static final List<String> OF_A_BUSINESS_ASSOCIATE =
            List.of("164.402", "164.410(a)", "164.410(b)", "164.414(b)");

    private final Catalog catalog = Catalog.builtIn();

    @Test
    void everyEvidenceRequestIsAControl() {
        Map<String, Integer> families = new TreeMap<>();
        catalog.controls().forEach(control -> families.merge(control.family(), 1, Integer::sum));

        assertThat(families).isEqualTo(FAMILIES);
        assertThat(catalog.controls()).hasSize(203);
    }

    @Test
    void everyCriterionThatCanBeCoveredHasALink() {
        for (Framework framework : catalog.frameworks()) {
            for (Criterion criterion : framework.criteria()) {
                boolean covered = framework.key().equals("hipaa-bnr")
                        ? OF_A_BUSINESS_ASSOCIATE.contains(criterion.id())
                        : !criterion.id().startsWith("164.314(b)"); // documents of group health plans

                assertThat(catalog.linkedTo(framework, criterion).isEmpty())
                        .as(framework.key() + ":" + criterion.id())
                        .isEqualTo(!covered);
            }
        }
    }

    @Test
    void everyControlSaysHowItIsAskedForAndWhy() {
        for (Control control : catalog.controls()) {
            EvidenceRequest request = control.request();

            assertThat(List.of(
                            request.needed(),
                            request.priority(),
                            request.cadenceWhy(),
                            request.typeOne(),
                            request.typeTwo(),
                            request.sampling(),
                            control.remediation()))
                    .as(control.id())
                    .allSatisfy(text -> assertThat(text).isNotBlank());
            assertThat(request.kind()).as(control.id()).isNotEqualTo(EvidenceRequest.Kind.NOT_STATED);
            assertThat(control.references()).as(control.id()).isNotEmpty();
        }
    }

    @Test
    void everyControlHasSomethingToLookAt() {
        for (Control control : catalog.controls()) {
            switch (control.request().gathering()) {
                case AUTOMATED ->
                    assertThat(control.evidence()).as(control.id()).isNotEmpty();
                case SEMI_AUTOMATED ->
                    assertThat(control.evidence().isEmpty()
                                    && control.request().document().isEmpty())
                            .as(control.id())
                            .isFalse();
                case MANUAL ->
                    assertThat(control.request().document()).as(control.id()).isPresent();
            }
            if (control.request().gathering() != Gathering.MANUAL) {
                assertThat(control.rule()).as(control.id()).isNotBlank();
            }
        }
    }

    @Test
    void whatIsAskedForInNearlyEveryAuditAndReadFromSystemsHasATest() {
        assertThat(catalog.controls().stream()
                        .filter(control -> control.request().priority().equals("P1")
                                && control.request().gathering() == Gathering.AUTOMATED
                                && control.test().isEmpty())
                        .map(Control::id))
                .isEmpty();
    }
}
