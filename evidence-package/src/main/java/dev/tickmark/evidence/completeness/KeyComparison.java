package dev.tickmark.evidence.completeness;

import dev.tickmark.evidence.csv.MergeSort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares two populations key by key: what each row counts for, and whether a difference is only that one side is
 * newer than the other.
 *
 * <p>Both sides go through one external sort, so memory does not grow with the rows.
 */
final class KeyComparison {
    /** More reconciling items than a person would look at explain nothing. */
    private static final int MOST_RECONCILED = 1000;

    private static final int NAMED = 10;

    /** One side of the equation. */
    static final class Side {
        long count;
        /** The part of the count that is newer than the other side. */
        long reconciled;
        /** Row keys of the rows behind that part. */
        final List<String> reconciledRows = new ArrayList<>();
        /** Their keys, as the other side would name them. */
        final List<String> reconciledKeys = new ArrayList<>();
        /** Keys that only this side has, for no known reason. */
        long lackedByOther;

        final List<String> lacked = new ArrayList<>();

        private final Instant othersAsOf;
        private final boolean distinct;
        private long settled;
        private long newer;
        private final List<String> newerRows = new ArrayList<>();
        private String firstRow = "";

        private Side(Instant othersAsOf, boolean distinct) {
            this.othersAsOf = othersAsOf;
            this.distinct = distinct;
        }

        private void take(long weight, String created, String rowKey) {
            if (weight == 0) {
                return;
            }
            if (settled + newer == 0) {
                firstRow = rowKey;
            }
            if (!created.isEmpty() && Instant.parse(created).isAfter(othersAsOf)) {
                newer += weight;
                if (newerRows.size() <= MOST_RECONCILED) {
                    newerRows.add(rowKey);
                }
            } else {
                settled += weight;
            }
        }

        private long all() {
            return distinct ? Math.min(1, settled + newer) : settled + newer;
        }

        private long older() {
            return distinct ? Math.min(1, settled) : settled;
        }

        private void reconcile(String key) {
            reconciled += all() - older();
            reconciledRows.addAll(newerRows);
            reconciledKeys.add(key);
        }

        private void begin() {
            settled = 0;
            newer = 0;
            newerRows.clear();
            firstRow = "";
        }
    }

    final Side here;
    final Side there;
    /** Keys with another count on each side for no known reason. */
    long unexplained;
    /** The first of them, in order. */
    final List<String> named = new ArrayList<>();

    private byte @Nullable [] key;

    /**
     * @param distinct whether the rows of a key count as one on this side
     */
    KeyComparison(Instant hereAsOf, Instant thereAsOf, boolean distinct) {
        this.here = new Side(thereAsOf, distinct);
        this.there = new Side(hereAsOf, false);
    }

    /** Adds a row of this side. */
    static void here(MergeSort sort, String key, String created, String rowKey) {
        add(sort, 'h', key, 1, created, rowKey);
    }

    /** Adds a row of the other side, with what it counts for. */
    static void there(MergeSort sort, String key, long weight, String created, String rowKey) {
        add(sort, 't', key, weight, created, rowKey);
    }

    private static void add(MergeSort sort, char side, String key, long weight, String created, String rowKey) {
        String value = side + Long.toString(weight) + '\0' + created + '\0' + rowKey;
        sort.add(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    /** Compares what was added. */
    KeyComparison compare(MergeSort sort) {
        sort.forEach(this::next);
        settle();
        return this;
    }

    private void next(byte[] nextKey, byte[] value) {
        if (key == null || !Arrays.equals(key, nextKey)) {
            settle();
            key = nextKey;
        }
        String text = new String(value, StandardCharsets.UTF_8);
        int weightEnd = text.indexOf('\0');
        int createdEnd = text.indexOf('\0', weightEnd + 1);
        Side side = text.charAt(0) == 'h' ? here : there;
        side.take(
                Long.parseLong(text.substring(1, weightEnd)),
                text.substring(weightEnd + 1, createdEnd),
                text.substring(createdEnd + 1));
    }

    private void settle() {
        if (key == null) {
            return;
        }
        String name = new String(key, StandardCharsets.UTF_8);
        here.count += here.all();
        there.count += there.all();
        // rows that do not state their key name no item, so they neither match nor explain each other
        if (name.isEmpty() ? here.all() + there.all() > 0 : here.all() != there.all()) {
            if (explains(here, there, name)) {
                here.reconcile(name);
            } else if (explains(there, here, name)) {
                there.reconcile(name);
            } else {
                unexplained(name);
            }
        }
        here.begin();
        there.begin();
    }

    private static boolean explains(Side newer, Side older, String name) {
        return !name.isEmpty()
                && newer.newer > 0
                && newer.older() == older.all()
                && newer.reconciledRows.size() + newer.newerRows.size() <= MOST_RECONCILED;
    }

    private void unexplained(String name) {
        unexplained++;
        String shown = name.isEmpty() ? (here.firstRow.isEmpty() ? there.firstRow : here.firstRow) : name;
        if (named.size() < NAMED) {
            named.add(
                    here.all() + there.all() == 1
                            ? shown
                            : shown + " (" + here.all() + " against " + there.all() + ")");
        }
        if (there.all() == 0) {
            here.lackedByOther++;
            if (here.lacked.size() < NAMED) {
                here.lacked.add(shown);
            }
        }
    }
}
