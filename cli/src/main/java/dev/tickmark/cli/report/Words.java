package dev.tickmark.cli.report;

import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Verdict;
import java.util.Locale;

/** Codes as people read them, and counts with their nouns. */
final class Words {
    private Words() {}

    static String of(Verdict verdict) {
        return switch (verdict) {
            case COMPLETE -> "Complete";
            case EMPTY_PROVEN -> "Empty, and shown to be so";
            case PARTIAL -> "Partial";
            case DENIED -> "Denied";
            case THROTTLED -> "Throttled";
            case UNREACHABLE -> "Unreachable";
            case DISABLED -> "Not in use";
            case STALE -> "Stale";
        };
    }

    static String of(Basis basis) {
        return switch (basis) {
            case SOURCE -> "source: the system's own page tokens, totals and counts";
            case DECLARED -> "declared: a person states it; not shown by the system itself";
        };
    }

    /** {@code NO_IDENTITY_POLICY} as {@code no identity policy}. */
    static String code(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@code 1 population}, {@code 12 populations}. */
    static String count(long count, String singular, String plural) {
        return count + " " + (count == 1 ? singular : plural);
    }

    static String orNone(String text) {
        return text.isBlank() ? "not stated" : text;
    }
}
