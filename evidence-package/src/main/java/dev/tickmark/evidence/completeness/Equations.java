package dev.tickmark.evidence.completeness;

import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.EquationRule;
import dev.tickmark.evidence.table.Tables;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of each population with what is counted elsewhere, and gives the verdicts that count.
 *
 * <p>An equation that holds, or whose difference is explained item by item, leaves the verdict as its task found it. An
 * unexplained rest makes the population PARTIAL, and the other one too where it lacks named items. An equation whose
 * other side was not read says nothing: it is printed and counted as not evaluated, and the verdict rests on the page
 * tokens alone, complete as answered.
 */
public final class Equations {
    private static final int NAMED = 10;

    private final Tables tables;

    public Equations(Tables tables) {
        this.tables = tables;
    }

    /** What the equations have come to for one population. */
    private static final class Tally {
        private final Population population;
        private final List<String> texts = new ArrayList<>();
        private final List<String> open = new ArrayList<>();
        private final TreeSet<String> others = new TreeSet<>();
        private final TreeSet<String> reconciling = new TreeSet<>();
        private int notEvaluated;

        private Tally(Population population) {
            this.population = population;
        }

        private void open(String text, Population other) {
            texts.add(text);
            open.add(text);
            others.add(other.name());
        }
    }

    /** Evaluates every equation over the published tasks of the run. Same evidence, same result. */
    public Evaluation evaluate(RunFolder run) {
        Map<String, List<Attempt>> attempts = Attempt.of(run);
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (List<Attempt> task : attempts.values()) {
            Attempt attempt = Attempt.counting(task);
            for (Evidence.Table table : attempt.evidence().tables()) {
                Tally tally = new Tally(new Population(attempt, table));
                String key = attempt.evidence().scope().id() + "/" + table.table();
                if (tallies.put(key, tally) != null) {
                    throw new IllegalStateException(key + " was read by two collectors");
                }
            }
        }
        TreeSet<String> readAgain = new TreeSet<>();
        for (Tally here : tallies.values()) {
            Scope scope = here.population.attempt().evidence().scope();
            for (EquationRule rule : rules(here)) {
                Tally there = other(scope, rule.table(), tallies);
                Tally with = rule.with() == null ? null : other(scope, rule.with(), tallies);
                if (there == null) {
                    notEvaluated(here, rule.table() + " was not read");
                } else if (rule.with() != null && with == null) {
                    notEvaluated(here, rule.with() + " was not read");
                } else if (evaluate(run, rule, here, with, there)) {
                    Stream.of(here, there, with == null ? here : with)
                            .map(tally -> tally.population.attempt().task())
                            .filter(task ->
                                    attempts.getOrDefault(task, List.of()).size() == 1)
                            .forEach(readAgain::add);
                }
            }
        }
        List<PopulationRow> rows = new TreeMap<>(tallies)
                .values().stream().map(tally -> row(run, tally)).toList();
        return new Evaluation(rows, List.copyOf(readAgain));
    }

    /** The other table in the same scope, else the only one of the same account. */
    private static @Nullable Tally other(Scope scope, String table, Map<String, Tally> tallies) {
        Tally same = tallies.get(scope.id() + "/" + table);
        if (same != null) {
            return same;
        }
        List<Tally> ofAccount = tallies.values().stream()
                .filter(tally -> tally.population.name().equals(table))
                .filter(tally -> {
                    Scope other = tally.population.attempt().evidence().scope();
                    return other.provider().equals(scope.provider())
                            && other.account().equals(scope.account());
                })
                .toList();
        return ofAccount.size() == 1 ? ofAccount.get(0) : null;
    }

    /** Whether the equation stays open. */
    private boolean evaluate(RunFolder run, EquationRule rule, Tally here, @Nullable Tally with, Tally there) {
        List<Tally> sides = with == null ? List.of(there, here) : List.of(there, with, here);
        for (Tally side : sides) {
            if (!side.population.whole()) {
                notEvaluated(here, unread(side.population));
                return false;
            }
        }
        Comparison comparison = new Comparison(
                rule, here.population, with == null ? null : with.population, there.population, run.scratch());
        try {
            return rule.keyColumn() == null
                    ? isOpen(rule, here, there, comparison.left(), comparison.right())
                    : isOpen(rule, here, there, comparison.byKey(rule.keyColumn()), comparison.constant());
        } catch (Comparison.NotStated e) {
            notEvaluated(here, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static String unread(Population side) {
        Verdict verdict = side.table().completeness().verdict();
        boolean some = verdict == Verdict.PARTIAL || verdict == Verdict.STALE;
        return side.name() + (some ? " was not read whole (" : " was not read (") + verdict + ")";
    }

    private static boolean isOpen(EquationRule rule, Tally here, Tally there, long left, long right) {
        String numbers = text(left, rule) + (left == right ? " = " : " but ") + otherText(right, rule);
        if (left == right) {
            here.texts.add(numbers);
            return false;
        }
        here.open(numbers + ", not explained", there.population);
        return true;
    }

    private boolean isOpen(EquationRule rule, Tally here, Tally there, KeyComparison keys, long constant) {
        long left = keys.here.count;
        long right = keys.there.count + constant;
        boolean closed = keys.unexplained == 0 && left - keys.here.reconciled == right - keys.there.reconciled;
        List<String> newer = Stream.concat(keys.here.reconciledKeys.stream(), keys.there.reconciledKeys.stream())
                .sorted()
                .toList();
        reconcile(rule, here, there, keys);
        String sign = !closed ? " but " : left == right ? " = " : " against ";
        String text = text(left, rule)
                + sign
                + otherText(right, rule)
                + (newer.isEmpty() ? "" : ", explained as newer: " + named(newer, newer.size()));
        if (closed) {
            here.texts.add(text);
            return false;
        }
        here.open(
                text + ", not explained" + (keys.unexplained == 0 ? "" : ": " + named(keys.named, keys.unexplained)),
                there.population);
        boolean lacks = keys.here.lackedByOther > 0 && rule.column() == null && rule.otherWhere() == null;
        if (lacks && !comparesBack(there, here)) {
            there.open(
                    "lacks " + keys.here.lackedByOther + " of the " + left + " items of " + here.population.name()
                            + " (" + secondCount(rule) + "): " + named(keys.here.lacked, keys.here.lackedByOther),
                    here.population);
        }
        return true;
    }

    /** Notes the items that are newer than the other side: by row where they stand, by key where they are missing. */
    private static void reconcile(EquationRule rule, Tally here, Tally there, KeyComparison keys) {
        here.reconciling.addAll(keys.here.reconciledRows);
        there.reconciling.addAll(keys.there.reconciledRows);
        if (rule.column() == null && rule.where() == null && rule.distinct() == null) {
            here.reconciling.addAll(keys.there.reconciledKeys);
        }
        if (rule.column() == null && rule.otherWhere() == null) {
            there.reconciling.addAll(keys.here.reconciledKeys);
        }
    }

    /** Whether the other table has an equation of its own with this one, which names what it lacks. */
    private boolean comparesBack(Tally there, Tally here) {
        return rules(there).stream()
                .anyMatch(rule -> rule.table().equals(here.population.name())
                        && rule.column() == null
                        && rule.keyColumn() != null
                        && rule.where() == null);
    }

    private List<EquationRule> rules(Tally tally) {
        String name = tally.population.name();
        return tables.has(name) ? tables.table(name).equations() : List.of();
    }

    private static void notEvaluated(Tally here, String why) {
        here.texts.add("not evaluated: " + why);
        here.notEvaluated++;
    }

    private static String text(long rows, EquationRule rule) {
        return rows
                + (rule.distinct() == null ? " rows" : " different " + rule.distinct())
                + (rule.where() == null ? "" : " where " + rule.where())
                + (rule.with() == null ? "" : " with those of " + rule.with());
    }

    private static String otherText(long number, EquationRule rule) {
        return number + " " + rule.table()
                + (rule.column() == null ? " rows" : "." + rule.column())
                + (rule.otherWhere() == null ? "" : " where " + rule.otherWhere())
                + (rule.plus() == null ? "" : " + " + rule.plus())
                + " (" + secondCount(rule) + ")";
    }

    private static String secondCount(EquationRule rule) {
        return rule.secondCount() == EquationRule.SecondCount.SAME_SYSTEM ? "same system" : "independent";
    }

    private static String named(List<String> keys, long count) {
        int shown = Math.min(NAMED, keys.size());
        String text = String.join(", ", keys.subList(0, shown));
        return count > shown ? text + " and " + (count - shown) + " more" : text;
    }

    private static PopulationRow row(RunFolder run, Tally tally) {
        Population population = tally.population;
        Evidence evidence = population.attempt().evidence();
        Evidence.Table table = population.table();
        return new PopulationRow(
                evidence.scope().id(),
                evidence.scope().account(),
                evidence.scope().region(),
                population.asOf(),
                table.table(),
                table.version(),
                evidence.collector(),
                run.relative(population.attempt().folder()),
                population.attempt().number(),
                completeness(tally),
                table.accuracy().leftOutTotal(),
                evidence.startedAt().truncatedTo(ChronoUnit.SECONDS),
                evidence.finishedAt().truncatedTo(ChronoUnit.SECONDS),
                evidence.clockOffsetMs(),
                String.join("; ", tally.texts),
                tally.open.size(),
                tally.notEvaluated,
                List.copyOf(tally.reconciling));
    }

    private static Completeness completeness(Tally tally) {
        Completeness found = tally.population.table().completeness();
        if (tally.open.isEmpty()) {
            return found;
        }
        return new Completeness(
                Verdict.PARTIAL,
                found.basis(),
                found.rows(),
                found.pages(),
                "the counts do not agree: " + String.join("; ", tally.open),
                "Run again while nobody changes these items; if the difference stays, compare "
                        + tally.population.name() + " with " + String.join(", ", tally.others)
                        + " in the source and allow this identity to read what is missing.",
                null);
    }
}
