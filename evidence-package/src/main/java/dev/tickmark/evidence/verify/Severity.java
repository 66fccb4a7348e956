package dev.tickmark.evidence.verify;

/** How much a finding weighs: only a failure changes the verdict. */
public enum Severity {
    FAILURE,
    WARNING,
    NOTE
}
