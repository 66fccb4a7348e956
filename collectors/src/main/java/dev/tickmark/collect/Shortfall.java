package dev.tickmark.collect;

import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Why a population is not whole, in words that hold nothing that changes from run to run.
 *
 * @param reason one clause: who was refused what, or what came instead of an answer
 * @param remedy the smallest step that would close it
 * @param denial what refused, where the verdict is DENIED
 */
public record Shortfall(
        Verdict verdict,
        String reason,
        String remedy,
        @Nullable DenialKind denial) {
    public Shortfall {
        if (verdict == Verdict.COMPLETE || verdict == Verdict.EMPTY_PROVEN || reason.isBlank()) {
            throw new IllegalArgumentException("not a shortfall: " + verdict + " " + reason);
        }
        if ((verdict == Verdict.DENIED) != (denial != null)) {
            throw new IllegalArgumentException("a denial has a kind, and nothing else has");
        }
        if (remedy.isBlank() && verdict != Verdict.DISABLED) {
            throw new IllegalArgumentException(verdict + " needs a remedy");
        }
    }

    public Shortfall(Verdict verdict, String reason, String remedy) {
        this(verdict, reason, remedy, null);
    }
}
