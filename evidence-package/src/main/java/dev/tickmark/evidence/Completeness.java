package dev.tickmark.evidence;

import org.jspecify.annotations.Nullable;

/**
 * How much of a population was read, on whose word, and what to do where it was not all of it.
 *
 * @param rows rows in the population's CSV
 * @param pages answers (or files) that the rows came from
 * @param reason why this verdict; never blank
 * @param remedy the smallest step that would make it whole; blank only where it is whole
 * @param denial what refused, where the verdict is {@link Verdict#DENIED}
 */
public record Completeness(
        Verdict verdict,
        Basis basis,
        long rows,
        int pages,
        String reason,
        String remedy,
        @Nullable DenialKind denial) {
    public Completeness {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a verdict needs its reason");
        }
        if (!verdict.whole() && remedy.isBlank()) {
            throw new IllegalArgumentException(verdict + " needs a remedy");
        }
        if ((verdict == Verdict.COMPLETE && rows == 0) || (verdict == Verdict.EMPTY_PROVEN && rows > 0)) {
            throw new IllegalArgumentException(verdict + " contradicts " + rows + " rows");
        }
        if ((verdict == Verdict.DENIED) != (denial != null)) {
            throw new IllegalArgumentException("a denial has a kind, and nothing else has");
        }
    }
}
