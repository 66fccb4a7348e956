package dev.tickmark.evidence.completeness;

import dev.tickmark.evidence.csv.MergeSort;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.EquationRule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Both numbers of an equation, read from the rows of its populations.
 *
 * @param with the population whose rows are added to this one's; null adds none
 */
record Comparison(
        EquationRule rule, Population here, @Nullable Population with, Population there, Path scratch) {
    /** A second count that its table does not state. */
    static final class NotStated extends Exception {
        NotStated(String why) {
            super(why);
        }
    }

    /** The number on this side, without looking at keys. */
    long left() {
        long added = with == null ? 0 : with.forEach(null, row -> {});
        if (rule.distinct() == null) {
            return here.forEach(rule.where(), row -> {}) + added;
        }
        try (MergeSort sort = new MergeSort(scratch)) {
            KeyComparison keys = new KeyComparison(here.asOf(), there.asOf(), true);
            addHere(here, rule.where(), rule.distinct(), sort);
            return keys.compare(sort).here.count + added;
        }
    }

    /** The number on the other side, without looking at keys. */
    long right() throws NotStated {
        String column = rule.column();
        if (column == null) {
            return there.forEach(rule.otherWhere(), row -> {}) + constant();
        }
        int first = there.place(column);
        int second = isConstant() ? -1 : there.place(String.valueOf(rule.plus()));
        long[] sum = {0, 0};
        long rows = there.forEach(rule.otherWhere(), row -> {
            if (row.get(first).isEmpty() || (second >= 0 && row.get(second).isEmpty())) {
                sum[1]++;
            } else {
                sum[0] += Long.parseLong(row.get(first)) + (second < 0 ? 0 : Long.parseLong(row.get(second)));
            }
        });
        if (rows == 0) {
            throw new NotStated(there.name() + " has no row that states " + column);
        }
        stated(column, sum[1]);
        return sum[0] + (second < 0 ? constant() : 0);
    }

    /** Both sides, key by key. */
    KeyComparison byKey(String keyColumn) throws NotStated {
        if (rule.distinct() != null && !rule.distinct().equals(keyColumn)) {
            throw new IllegalArgumentException(
                    here.name() + ": an equation counts distinct " + rule.distinct() + " by " + keyColumn);
        }
        Instant asOf = with != null && with.asOf().isAfter(here.asOf()) ? with.asOf() : here.asOf();
        KeyComparison keys = new KeyComparison(asOf, there.asOf(), rule.distinct() != null);
        try (MergeSort sort = new MergeSort(scratch)) {
            addHere(here, rule.where(), keyColumn, sort);
            if (with != null) {
                addHere(with, null, keyColumn, sort);
            }
            addThere(keyColumn, sort);
            return keys.compare(sort);
        }
    }

    /** What is added to the other side whatever it says. */
    long constant() {
        if (!isConstant()) {
            throw new IllegalArgumentException("'" + rule.plus() + "' is no number to add to a count of rows");
        }
        return rule.plus() == null ? 0 : Long.parseLong(rule.plus());
    }

    private void addHere(Population population, @Nullable String where, String keyColumn, MergeSort sort) {
        List<Column> columns = population.columns();
        int key = population.place(keyColumn);
        int rowKey = population.place("row_key");
        int created = Population.indexOf(columns, rule.reconcileCreated()); // only one side may know it
        population.forEach(where, row -> {
            if (rule.distinct() == null || !row.get(key).isEmpty()) {
                KeyComparison.here(sort, row.get(key), created < 0 ? "" : row.get(created), row.get(rowKey));
            }
        });
    }

    private void addThere(String keyColumn, MergeSort sort) throws NotStated {
        int key = there.place(keyColumn);
        int rowKey = there.place("row_key");
        int created = Population.indexOf(there.columns(), rule.reconcileCreated());
        String column = rule.column();
        int weight = column == null ? -1 : there.place(column);
        long[] silent = {0};
        there.forEach(rule.otherWhere(), row -> {
            if (weight >= 0 && row.get(weight).isEmpty()) {
                silent[0]++;
                return;
            }
            long counts = weight < 0 ? 1 : Long.parseLong(row.get(weight));
            KeyComparison.there(sort, row.get(key), counts, created < 0 ? "" : row.get(created), row.get(rowKey));
        });
        stated(String.valueOf(column), silent[0]);
    }

    private void stated(String column, long silent) throws NotStated {
        if (silent > 0) {
            throw new NotStated(
                    there.name() + "." + column + " is not stated" + (silent == 1 ? "" : " in " + silent + " rows"));
        }
    }

    private boolean isConstant() {
        return rule.plus() == null || rule.plus().matches("[0-9]{1,9}");
    }
}
