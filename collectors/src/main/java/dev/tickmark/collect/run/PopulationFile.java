package dev.tickmark.collect.run;

import dev.tickmark.collect.Cells;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.Shortfall;
import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.csv.CsvFacts;
import dev.tickmark.evidence.csv.LineageCsv;
import dev.tickmark.evidence.csv.SortedCsv;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.TableSchema;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The three files of one population while it is read, and what its verdict follows from. */
final class PopulationFile implements PopulationWriter, Closeable {
    private static final int TRACES = 2;

    private final TableDefinition table;
    private final Scope scope;
    private final Path folder;
    private final Supplier<Optional<Instant>> firstExchange;
    private final Function<RuntimeException, Shortfall> failures;
    private final SortedCsv rows;
    private final LineageCsv lineage;
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final Map<String, Long> conversions = new TreeMap<>();
    private final TreeMap<String, String> traces = new TreeMap<>();
    private Basis basis = Basis.SOURCE;
    private int pages;
    private boolean lastPageSeen;
    private @Nullable Instant statedAsOf;
    private @Nullable Shortfall stated;
    private @Nullable Shortfall ended;
    private @Nullable Shortfall missed;
    private long missedCalls;

    /** @param failures what an exception means; throws it again where it is not a source's */
    PopulationFile(
            TableDefinition table,
            Scope scope,
            Path folder,
            Path scratch,
            Supplier<Optional<Instant>> firstExchange,
            Function<RuntimeException, Shortfall> failures) {
        this.table = table;
        this.scope = scope;
        this.folder = folder;
        this.firstExchange = firstExchange;
        this.failures = failures;
        this.rows = new SortedCsv(table, folder.resolve(table.name() + ".csv"), scratch);
        this.lineage = new LineageCsv(table.name(), folder.resolve(table.name() + ".lineage.csv"), scratch);
    }

    @Override
    public void row(List<RowSource> sources, String key, Cells cells) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(table.name() + ": a row without a source");
        }
        Instant asOf = asOf().orElseThrow(() -> new IllegalStateException(table.name() + ": a row out of nothing"));
        Map<String, String> byColumn = new TreeMap<>(cells.byColumn());
        List<@Nullable String> line = new ArrayList<>();
        line.add(scope.id());
        line.add(scope.account());
        line.add(scope.region());
        line.add(asOf.toString());
        line.add(key);
        for (Column column : table.columns()) {
            line.add(byColumn.remove(column.name()));
        }
        if (!byColumn.isEmpty()) {
            throw new IllegalArgumentException(table.name() + " has no column " + byColumn.keySet());
        }
        rows.add(line);
        for (RowSource source : sources) {
            lineage.add(key, source.record(), source.pointer(), source.columns());
        }
    }

    @Override
    public void endOfPage(boolean last) {
        pages++;
        lastPageSeen = last;
    }

    @Override
    public void asOf(Instant instant) {
        statedAsOf = instant.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public void leftOut(String reason) {
        leftOut.merge(reason, 1L, Long::sum);
    }

    @Override
    public void converted(String kind) {
        conversions.merge(kind, 1L, Long::sum);
    }

    @Override
    public void traceUrl(String key, String url) {
        traces.put(key, url);
        if (traces.size() > TRACES) {
            traces.pollLastEntry();
        }
    }

    @Override
    public void basis(Basis stands) {
        basis = stands;
    }

    @Override
    public void verdict(Verdict verdict, String reason, String remedy) {
        if (stated == null) {
            stated = new Shortfall(verdict, reason, remedy);
        }
    }

    @Override
    public <T> Optional<T> attempt(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (RuntimeException e) {
            Shortfall shortfall = failures.apply(e);
            missedCalls++;
            if (missed == null) {
                missed = shortfall;
            }
            return Optional.empty();
        }
    }

    /** The read ended here, before its end. */
    void ended(Shortfall shortfall) {
        ended = shortfall;
    }

    PopulationFacts finish() {
        CsvFacts written = rows.finish();
        lineage.finish();
        TableSchema.of(table).write(folder.resolve(table.name() + ".schema.json"));
        return new PopulationFacts(
                table,
                completeness(written.rows()),
                asOf().orElse(null),
                leftOut,
                conversions,
                traces,
                written.sha256());
    }

    @Override
    public void close() {
        rows.close();
        lineage.close();
    }

    private Optional<Instant> asOf() {
        return statedAsOf != null
                ? Optional.of(statedAsOf)
                : firstExchange.get().map(instant -> instant.truncatedTo(ChronoUnit.SECONDS));
    }

    private Completeness completeness(long count) {
        Shortfall shortfall = ended;
        if (shortfall == null && missed != null) {
            String more = missedCalls == 1
                    ? " (one call for a part of the rows)"
                    : " (and " + (missedCalls - 1) + " more calls for parts of the rows)";
            shortfall = new Shortfall(
                    missed.verdict() == Verdict.DISABLED ? Verdict.PARTIAL : missed.verdict(),
                    missed.reason() + more,
                    missed.remedy().isBlank() ? "Take the region out of 'sources'." : missed.remedy(),
                    missed.denial());
        }
        if (shortfall == null) {
            shortfall = stated;
        }
        if (shortfall == null && !lastPageSeen) {
            shortfall = new Shortfall(
                    Verdict.PARTIAL,
                    "the source's last page was not seen",
                    "Repeat the command with --resume; if it stays, report it as a defect of the collector.");
        }
        if (shortfall != null && shortfall.verdict() == Verdict.DISABLED && count > 0) {
            shortfall = new Shortfall(
                    Verdict.PARTIAL, shortfall.reason(), "Repeat the command: the source stopped in the middle.");
        }
        if (shortfall != null) {
            return new Completeness(
                    shortfall.verdict(),
                    basis,
                    count,
                    pages,
                    shortfall.reason(),
                    shortfall.remedy(),
                    shortfall.denial());
        }
        String pagesRead = pages == 1 ? "one answer" : pages + " answers";
        return count == 0
                ? new Completeness(
                        Verdict.EMPTY_PROVEN, basis, 0, pages, pagesRead + " read to the last, no row in it", "", null)
                : new Completeness(Verdict.COMPLETE, basis, count, pages, pagesRead + " read to the last", "", null);
    }
}
