package dev.tickmark.collect.aws.authorization;

import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.evidence.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The documents that could not be taken apart: they make the table of their parts PARTIAL, and the first are named. */
final class Unread {
    private static final int NAMED = 5;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String policy, PopulationWriter rows) {
        rows.leftOut("document not readable");
        count++;
        if (first.size() < NAMED) {
            first.add(policy);
        }
    }

    /** @param kind of document, such as {@code trust policy} */
    void judge(String kind, PopulationWriter rows) {
        if (count > 0) {
            rows.verdict(
                    Verdict.PARTIAL,
                    count + " documents (" + kind + ") are missing or no policy in JSON: " + String.join(", ", first)
                            + (count > first.size() ? " and more" : ""),
                    "Look at these policies in the console, save them again, and collect again.");
        }
    }
}
