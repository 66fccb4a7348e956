package dev.tickmark.evidence;

/** How much of a population was read, in one word (IPE: completeness and timeliness). */
public enum Verdict {
    /** Every item, as answered to this identity: last page seen, counts agree. */
    COMPLETE,
    /** No item, and the source said so in an answer that was read to its end. */
    EMPTY_PROVEN,
    /** Some of it: a page, a file line or a count is missing. */
    PARTIAL,
    /** The source refused. */
    DENIED,
    /** The source asked for fewer calls until we gave up. */
    THROTTLED,
    /** No answer, or one that is not what the source documents. */
    UNREACHABLE,
    /** The place does not exist for this account: a region that is not enabled, a service that is not in use. */
    DISABLED,
    /** Read, but the source made it too long ago, or a clock is wrong. */
    STALE;

    /** Whether a test may rely on the population: everything is there, or proven not to exist. */
    public boolean whole() {
        return this == COMPLETE || this == EMPTY_PROVEN || this == DISABLED;
    }
}
