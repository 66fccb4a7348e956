package dev.tickmark.cli.report;

import dev.tickmark.cli.report.source.PopulationLine;
import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.run.RunFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    /** A declared population is whole by a person's word alone, and its verdict says so. */
    static String verdict(PopulationLine population) {
        String words = of(population.verdict());
        boolean declared = population.basis() == Basis.DECLARED;
        return declared && population.verdict().whole() ? words + ", as declared" : words;
    }

    /** {@code Tickmark 0.1.0, commit 1234abcd}, with what a reader must know of a build that is no release. */
    static String of(RunFacts.Tool tool) {
        String commit = tool.commit();
        String at = commit.length() > 12 ? commit.substring(0, 12) : commit;
        return "Tickmark " + tool.version() + ", commit " + at
                + (tool.released()
                        ? ""
                        : ", UNRELEASED BUILD (source tree " + code(tool.tree().name()) + ")");
    }

    /** {@code a: 1, b: 2}; {@code none} where there are none. */
    static String counts(Map<String, Long> counts) {
        List<String> words = new ArrayList<>();
        counts.forEach((name, count) -> words.add(name + ": " + count));
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    static String of(Basis basis) {
        return switch (basis) {
            case SOURCE -> "the source, by its own page tokens, totals and counts";
            case DECLARED -> "declared, a person states it and the system itself does not show it";
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
