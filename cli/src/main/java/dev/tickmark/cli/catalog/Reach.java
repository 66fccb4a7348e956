package dev.tickmark.cli.catalog;

import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.EvidenceRequest.Gathering;
import dev.tickmark.collect.Collector;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Which tables can be filled, and by that what a control's evidence can come from. */
public final class Reach {
    /** What a control, or the best of the controls of a criterion, rests on. */
    public enum Way {
        /** A test runs over tables that can all be filled. */
        AUTOMATED("automated"),
        /** A person provides a document. */
        MANUAL("manual"),
        /** Neither. */
        NOTHING("nothing");

        private final String word;

        Way(String word) {
            this.word = word;
        }

        /** As results and files write it. */
        public String word() {
            return word;
        }
    }

    private final Set<String> tables;

    private Reach(Set<String> tables) {
        this.tables = Collections.unmodifiableSet(tables);
    }

    /**
     * Tables of these providers' collectors, of the run itself, and those that declared files fill.
     *
     * @param providers such as {@code aws}
     * @param files tables of declared files
     */
    public static Reach of(Collection<Collector> collectors, Set<String> providers, Collection<String> files) {
        Set<String> tables = new TreeSet<>(files);
        tables.add("tickmark_population");
        tables.add("tickmark_run");
        for (Collector collector : collectors) {
            if (providers.contains(collector.source().provider())) {
                tables.addAll(collector.source().tables());
            }
        }
        return new Reach(tables);
    }

    /** Whether this table can be filled. */
    public boolean fills(String table) {
        return tables.contains(table);
    }

    /** The best that a control's evidence can come from. */
    public Way way(Control control) {
        if (control.test().isPresent() && control.evidence().stream().allMatch(this::fills)) {
            return Way.AUTOMATED;
        }
        boolean document =
                control.request().document().isPresent() || control.request().gathering() == Gathering.MANUAL;
        return document ? Way.MANUAL : Way.NOTHING;
    }

    /** What is missing for a test to run: {@code ""} where nothing is. */
    public String missing(Control control) {
        if (control.request().gathering() == Gathering.MANUAL) {
            return "";
        }
        Set<String> missing = new TreeSet<>(control.evidence());
        missing.removeAll(tables);
        if (!missing.isEmpty()) {
            return String.join(", ", missing);
        }
        return control.test().isPresent() || control.evidence().isEmpty() ? "" : "a query";
    }
}
