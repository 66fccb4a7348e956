package dev.tickmark.collect;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs the reads of a collector and writes what they give. Here, and nowhere else, the exception of a source becomes
 * a completeness: it ends the read that threw it, and the collector goes on with its next population.
 */
public interface EvidenceWriter {
    /** Reads one population. Each table of the source is read exactly once in an attempt. */
    default void population(String table, Consumer<PopulationWriter> read) {
        populations(List.of(table), writers -> read.accept(writers.apply(table)));
    }

    /** Reads several populations from the same answers; what ends the read is the verdict of all of them. */
    void populations(List<String> tables, Consumer<Function<String, PopulationWriter>> read);

    /** A number that the source states, for the record: {@code GetAccountSummary.Users}. */
    void count(String name, long number);
}
