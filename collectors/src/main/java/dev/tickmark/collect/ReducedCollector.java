package dev.tickmark.collect;

import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A collector without the tables that management has taken out of scope: they are not read where nothing else needs it. */
public final class ReducedCollector implements Collector {
    private final Collector whole;
    private final Set<String> excluded;

    private ReducedCollector(Collector whole, Set<String> excluded) {
        this.whole = whole;
        this.excluded = excluded;
    }

    /** The collector without some of its tables; nothing where all of them are excluded. */
    public static Optional<Collector> of(Collector whole, Collection<String> excludedTables) {
        Set<String> excluded = new TreeSet<>(excludedTables);
        excluded.retainAll(whole.source().tables());
        if (excluded.isEmpty()) {
            return Optional.of(whole);
        }
        return excluded.size() == whole.source().tables().size()
                ? Optional.empty()
                : Optional.of(new ReducedCollector(whole, excluded));
    }

    @Override
    public Source source() {
        Source source = whole.source();
        List<String> left = source.tables().stream()
                .filter(table -> !excluded.contains(table))
                .toList();
        return new Source(
                source.name(), source.version(), source.provider(), left, source.operations(), source.cutFields());
    }

    @Override
    public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
        whole.collect(scope, connections, new Left(evidence));
    }

    private final class Left implements EvidenceWriter {
        private final EvidenceWriter all;

        Left(EvidenceWriter all) {
            this.all = all;
        }

        @Override
        public void populations(List<String> tables, Consumer<Function<String, PopulationWriter>> read) {
            List<String> left =
                    tables.stream().filter(table -> !excluded.contains(table)).toList();
            if (!left.isEmpty()) {
                all.populations(
                        left,
                        writers ->
                                read.accept(table -> excluded.contains(table) ? new Nowhere() : writers.apply(table)));
            }
        }

        @Override
        public void count(String name, long number) {
            all.count(name, number);
        }
    }

    /** Takes the rows of an excluded table that come in the same answers as others. */
    private static final class Nowhere implements PopulationWriter {
        @Override
        public void row(List<RowSource> sources, String key, Cells cells) {}

        @Override
        public void endOfPage(boolean last) {}

        @Override
        public void asOf(Instant instant) {}

        @Override
        public void leftOut(String reason) {}

        @Override
        public void converted(String kind) {}

        @Override
        public void traceUrl(String key, String url) {}

        @Override
        public void basis(Basis basis) {}

        @Override
        public void verdict(Verdict verdict, String reason, String remedy) {}

        @Override
        public <T> Optional<T> attempt(Supplier<T> call) {
            return Optional.empty();
        }
    }
}
