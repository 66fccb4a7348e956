package dev.tickmark.collect;

import dev.tickmark.evidence.Scope;

/**
 * Reads one kind of source in one scope: all pages, facts only.
 *
 * <p>A collector holds no state, knows no clock and judges nothing. It lets the source's exceptions through: the
 * {@link EvidenceWriter} turns them into the population's completeness. {@link java.util.ServiceLoader} finds it.
 */
public interface Collector {
    Source source();

    /** Called once for each attempt of a task (this collector, one scope), on one thread. */
    void collect(Scope scope, Connections connections, EvidenceWriter evidence);
}
