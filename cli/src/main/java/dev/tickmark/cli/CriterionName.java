package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.yaml.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A criterion as a person names it: {@code CC6.1}, {@code soc2:CC6.1}, or {@code soc2} and {@code CC6.1}. */
record CriterionName(Framework framework, Criterion criterion) {
    /** The criterion that a name means; empty where it means none. */
    static Optional<CriterionName> find(Catalog catalog, String name) {
        int colon = name.indexOf(':');
        if (colon > 0) {
            return catalog.framework(name.substring(0, colon))
                    .flatMap(framework -> framework
                            .criterion(name.substring(colon + 1))
                            .map(criterion -> new CriterionName(framework, criterion)));
        }
        List<CriterionName> found = new ArrayList<>();
        for (Framework framework : catalog.frameworks()) {
            framework.criterion(name).ifPresent(criterion -> found.add(new CriterionName(framework, criterion)));
        }
        if (found.size() > 1) {
            throw TickmarkException.notUnderstood(
                    "'" + name + "' is a number of more than one framework.",
                    "Write one of "
                            + String.join(
                                    ", ",
                                    found.stream().map(each -> each.reference()).toList()) + ".");
        }
        return found.stream().findFirst();
    }

    /** The criterion that one or two words mean, or an error with the nearest. */
    static CriterionName of(Catalog catalog, List<String> words) {
        String name = String.join(":", words);
        return find(catalog, name)
                .orElseThrow(() -> TickmarkException.notUnderstood(
                        "There is no criterion '" + name + "'.",
                        Nearest.of(name, references(catalog, name))
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Write framework and number, such as soc2:CC6.1; 'tickmark catalog list"
                                        + " --frameworks' prints the frameworks.")));
    }

    /** What a name like this could have meant. */
    static List<String> references(Catalog catalog, String name) {
        boolean bare = !name.contains(":");
        List<String> references = new ArrayList<>();
        for (Framework framework : catalog.frameworks()) {
            for (Criterion criterion : framework.criteria()) {
                references.add(bare ? criterion.id() : framework.key() + ":" + criterion.id());
            }
        }
        return references;
    }

    String reference() {
        return framework.key() + ":" + criterion.id();
    }
}
