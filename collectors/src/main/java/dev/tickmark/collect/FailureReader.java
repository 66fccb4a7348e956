package dev.tickmark.collect;

import java.util.Optional;

/** Tells what the exception of one provider's client means for a population. */
public interface FailureReader {
    /** Nothing where the exception is not this provider's: then it is a defect of ours. */
    Optional<Shortfall> read(RuntimeException exception, Source source);
}
