package dev.tickmark.collect;

import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Streams the rows of one population to disk and gathers what its verdict needs. Rows may come in any order.
 *
 * <p>Without {@code endOfPage(true)} a population is PARTIAL: its end was not seen.
 */
public interface PopulationWriter {
    /** Adds a row that came from one place. A key that was used before makes the population unusable. */
    default void row(RowSource source, String key, Cells cells) {
        row(List.of(source), key, cells);
    }

    /** Adds a row that was put together from several places. */
    void row(List<RowSource> sources, String key, Cells cells);

    /** Ends an answer (or file), with or without rows; {@code last} where the source said that no other follows. */
    void endOfPage(boolean last);

    /** The instant that the source states for the rows that follow; without it, the time of the first exchange. */
    void asOf(Instant instant);

    /** A record of the answers that is deliberately no row, such as {@code root user}. */
    void leftOut(String reason);

    /** A value that was written otherwise than the source wrote it, by kind, such as {@code base64 to text}. */
    void converted(String kind);

    /** Where a person can see a row in the vendor's console; two such rows are kept. */
    void traceUrl(String key, String url);

    /** On whose word the population is complete; {@link Basis#SOURCE} unless said otherwise. */
    void basis(Basis basis);

    /**
     * What an answer told about the whole population: DISABLED, STALE, PARTIAL or another that is not COMPLETE or
     * EMPTY_PROVEN. The first one counts; a refusal or failure met later counts more.
     *
     * @param remedy blank only with DISABLED
     */
    void verdict(Verdict verdict, String reason, String remedy);

    /**
     * Makes a call that one row or a few cells depend on. Where the source refuses or fails, gives nothing, and the
     * population keeps its other rows but is not whole.
     */
    <T> Optional<T> attempt(Supplier<T> call);
}
