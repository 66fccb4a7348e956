package dev.tickmark.catalog;

/**
 * A numbered requirement of a framework: the publisher's number, our words.
 *
 * @param id the publisher's number, such as {@code CC6.1}, {@code A.8.2} or {@code 164.312(a)(1)}
 * @param group the part of the framework it stands in; blank where there is none
 * @param kind what the publisher calls it, such as {@code standard} or {@code implementation specification}; may be blank
 * @param role whose duty it is where it is not everyone's, such as {@code covered entity}; blank where it is everyone's
 * @param asked what an auditor usually asks for; may be blank
 * @param note what a reader must know about the number, such as a renumbering; may be blank
 * @param leftOpen what no control of the catalog shows of it; may be blank
 */
public record Criterion(
        String id,
        String title,
        String group,
        String kind,
        Obligation obligation,
        String role,
        String asked,
        String note,
        String leftOpen) {
    /** Whether the requirement leaves a choice (HIPAA: implementation specifications are "required" or "addressable"). */
    public enum Obligation {
        /** The framework does not make the difference. */
        NOT_STATED,
        /** A HIPAA standard: neither required nor addressable, always to be met. */
        MANDATORY,
        REQUIRED,
        ADDRESSABLE
    }

    public Criterion {
        if (id.isBlank() || title.isBlank()) {
            throw new IllegalArgumentException("a criterion needs a number and a title");
        }
    }
}
