package dev.tickmark.catalog;

import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which criteria of one framework are near to which of another: for finding one's way, and for nothing else. No outcome
 * and no coverage is ever carried across it.
 *
 * <p>The words of the relation are those of NIST IR 8477, set theory relationship mapping. {@code equal} never occurs,
 * since no two criteria here have the same wording and the same scope.
 */
public final class Crosswalk {
    private static final List<Column> COLUMNS = List.of(
            text("from_criterion", "The criterion that is read from, with its framework"),
            text("to_criterion", "The criterion that is read to, with its framework"),
            text("relation", "subset, superset or intersects, of the first to the second"),
            text("confidence", "high, medium or low"),
            text("rationale", "What the two have in common"));

    private final Map<String, List<Pair>> from;

    private Crosswalk(Map<String, List<Pair>> from) {
        this.from = from;
    }

    /** How the first criterion of a pair stands to the second. */
    public enum Relation {
        /** The first asks for less, all of which the second asks for too. */
        SUBSET,
        /** The first asks for more: everything that the second asks for is in it. */
        SUPERSET,
        /** Part of what they ask for is the same. */
        INTERSECTS;

        /** The same pair, read from its other end. */
        public Relation inverted() {
            return switch (this) {
                case SUBSET -> SUPERSET;
                case SUPERSET -> SUBSET;
                case INTERSECTS -> INTERSECTS;
            };
        }

        /** As files and messages write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many independent public mappings connect the pair too: corroboration, which is not truth. */
    public enum Confidence {
        /** Two or more. */
        HIGH,
        /** One. */
        MEDIUM,
        /** None: our own judgement. */
        LOW;

        /** As files and messages write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Two criteria, as {@code soc2:CC6.1}.
     *
     * @param relation of {@code from} to {@code to}
     * @param rationale one sentence
     */
    public record Pair(String from, String to, Relation relation, Confidence confidence, String rationale) {
        private Pair inverted() {
            return new Pair(to, from, relation.inverted(), confidence, rationale);
        }
    }

    /** The pairs on the class path, {@code catalog/crosswalk.csv}, each of which can be read from both of its ends. */
    public static Crosswalk builtIn() {
        InputStream in =
                Objects.requireNonNull(Crosswalk.class.getClassLoader().getResourceAsStream("catalog/crosswalk.csv"));
        Map<String, List<Pair>> from = new TreeMap<>();
        try (CsvReader rows = new CsvReader(in, "catalog/crosswalk.csv", COLUMNS)) {
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                Pair pair = new Pair(
                        row.get(0),
                        row.get(1),
                        Relation.valueOf(row.get(2).toUpperCase(Locale.ROOT)),
                        Confidence.valueOf(row.get(3).toUpperCase(Locale.ROOT)),
                        row.get(4));
                for (Pair each : List.of(pair, pair.inverted())) {
                    from.computeIfAbsent(each.from(), key -> new ArrayList<>()).add(each);
                }
            }
        }
        return new Crosswalk(from);
    }

    /** The pairs of a criterion, read from it: to one other framework, or to all. */
    public List<Pair> from(Framework framework, Criterion criterion, Optional<Framework> to) {
        return from.getOrDefault(framework.key() + ":" + criterion.id(), List.of()).stream()
                .filter(pair -> to.isEmpty() || pair.to().startsWith(to.get().key() + ":"))
                .toList();
    }

    private static Column text(String name, String description) {
        return new Column(name, ColumnType.TEXT, "", description, List.of(), Column.Sensitivity.NONE);
    }
}
