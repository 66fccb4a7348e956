package dev.tickmark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tickmark.catalog.Crosswalk.Confidence;
import dev.tickmark.catalog.Crosswalk.Pair;
import dev.tickmark.catalog.Crosswalk.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CrosswalkTest {
    private final Catalog catalog = Catalog.builtIn();
    private final Crosswalk crosswalk = Crosswalk.builtIn();

    @Test
    void itHoldsFiveHundredAndSixPairsOfCriteriaThatExist() {
        List<Pair> all = all();
        Set<String> known = new TreeSet<>();
        catalog.frameworks()
                .forEach(framework ->
                        framework.criteria().forEach(criterion -> known.add(framework.key() + ":" + criterion.id())));

        assertThat(all).hasSize(2 * 506).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(pair -> {
            assertThat(known).contains(pair.from(), pair.to());
            assertThat(pair.rationale()).as(pair.toString()).endsWith(".").hasSizeLessThan(120);
        });
    }

    @Test
    void everyPairReadsFromBothEnds() {
        assertThat(from("hipaa", "164.308(a)(2)", "soc2"))
                .extracting(Pair::to, Pair::relation)
                .containsExactly(tuple("soc2:CC1.3", Relation.SUBSET));
        assertThat(from("soc2", "CC1.3", "hipaa"))
                .extracting(Pair::to, Pair::relation)
                .containsExactly(tuple("hipaa:164.308(a)(2)", Relation.SUPERSET));
    }

    @Test
    void criteriaWithoutACounterpartHaveNone() {
        for (String number : List.of("4.3", "4.4", "A.5.32", "A.8.11")) {
            Framework iso = catalog.framework("iso27001").orElseThrow();

            assertThat(crosswalk.from(iso, iso.criterion(number).orElseThrow(), Optional.empty()))
                    .as(number)
                    .isEmpty();
        }
    }

    @Test
    void ourOwnJudgementIsOfLowConfidence() {
        assertThat(from("soc2", "CC6.3", "iso27001"))
                .filteredOn(pair -> pair.to().equals("iso27001:A.5.3"))
                .extracting(Pair::confidence)
                .containsExactly(Confidence.LOW);
    }

    private List<Pair> from(String key, String number, String to) {
        Framework framework = catalog.framework(key).orElseThrow();
        return crosswalk.from(framework, framework.criterion(number).orElseThrow(), catalog.framework(to));
    }

    private List<Pair> all() {
        List<Pair> all = new ArrayList<>();
        for (Framework framework : catalog.frameworks()) {
            for (Criterion criterion : framework.criteria()) {
                all.addAll(crosswalk.from(framework, criterion, Optional.empty()));
            }
        }
        return all;
    }
}
