package dev.tickmark.evidence;

/**
 * What a test says of one item, or a control of all its items.
 *
 * <p>Declared worst first, which is the order in which outcomes roll up into a control's.
 */
public enum Outcome {
    FAIL("Deviation noted"),
    NOT_EVALUATED("Not evaluated"),
    ACCEPTED("Accepted deviation"),
    PASS("No deviation noted"),
    NOT_APPLICABLE("Not applicable"),
    /** Of a control only: no source configured, no document attached. A gap in coverage, outside the roll-up. */
    NOT_COLLECTED("Not collected");

    private final String printed;

    Outcome(String printed) {
        this.printed = printed;
    }

    /** The words for people; the CSV keeps the code. */
    public String printed() {
        return printed;
    }
}
