package dev.tickmark.evidence;

/** On whose word completeness rests. */
public enum Basis {
    /** Page tokens, totals and second counts came from the system that holds the records. */
    SOURCE,
    /** A person stated system, report, filter, run by, run at and the row count that the system showed. */
    DECLARED
}
