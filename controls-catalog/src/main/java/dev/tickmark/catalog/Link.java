package dev.tickmark.catalog;

/**
 * Why a control says something about a criterion, and what it does not say.
 *
 * @param framework the framework's key, such as {@code soc2}
 * @param criterion the publisher's number, such as {@code CC6.1}
 * @param why one sentence
 * @param notCovered the part of the criterion that the control leaves open; blank only where the link is not direct
 */
public record Link(String framework, String criterion, Strength strength, String why, String notCovered) {
    /** How near the control is to the criterion. */
    public enum Strength {
        DIRECT,
        SUPPORTING,
        INDIRECT
    }

    public Link {
        if (why.isBlank()) {
            throw new IllegalArgumentException("a link needs its reason");
        }
        if (strength == Strength.DIRECT && notCovered.isBlank()) {
            throw new IllegalArgumentException("a direct link says what it does not cover");
        }
    }
}
