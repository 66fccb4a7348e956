package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds a test's answer against its main table: every row has exactly one finding, with an outcome that is one and a
 * reason.
 *
 * <p>Both sides come sorted by scope and key in UTF-8 byte order, and are read once.
 */
final class Matching {
    private static final int NAMED = 5;

    /** A row of the main table. */
    record Item(String scopeId, String accountId, String region, String rowKey) {}

    /** A row of the test's answer, unchecked. */
    record Answer(
            @Nullable String scopeId,
            @Nullable String rowKey,
            @Nullable String outcome,
            @Nullable String reason,
            @Nullable String observation) {}

    /** Rows of one side; null after the last. */
    @FunctionalInterface
    interface Rows<R> {
        @Nullable
        R next() throws java.sql.SQLException;
    }

    private final List<Complaint> complaints = new ArrayList<>();

    private static final class Complaint {
        private final String what;
        private final List<String> keys = new ArrayList<>();
        private long count;

        Complaint(String what) {
            this.what = what;
        }

        String words() {
            String more = count > keys.size() ? " and " + (count - keys.size()) + " more" : "";
            return what + " " + String.join(", ", keys) + more;
        }
    }

    /** Gives each item with its answer to {@code matched}, which must be undone if anything is complained about. */
    Optional<String> match(Rows<Item> items, Rows<Answer> answers, BiConsumer<Item, Answer> matched)
            throws java.sql.SQLException {
        Item item = items.next();
        boolean answered = false;
        for (Answer answer = answers.next(); answer != null; answer = answers.next()) {
            while (item != null && compare(item, answer) < 0) {
                if (!answered) {
                    complain("no finding for", item.scopeId(), item.rowKey());
                }
                item = items.next();
                answered = false;
            }
            if (item == null || compare(item, answer) > 0) {
                complain("a finding for what the main table does not hold:", answer.scopeId(), answer.rowKey());
            } else if (answered) {
                complain("more than one finding for", answer.scopeId(), answer.rowKey());
            } else {
                answered = true;
                accept(item, answer, matched);
            }
        }
        while (item != null) {
            if (!answered) {
                complain("no finding for", item.scopeId(), item.rowKey());
            }
            item = items.next();
            answered = false;
        }
        return complaints.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(
                        "; ", complaints.stream().map(Complaint::words).toList()));
    }

    private void accept(Item item, Answer answer, BiConsumer<Item, Answer> matched) {
        if (outcome(answer).isEmpty()) {
            complain("the outcome '" + answer.outcome() + "', which is none, for", item.scopeId(), item.rowKey());
        } else if (answer.reason() == null || answer.reason().isBlank()) {
            complain("no reason for", item.scopeId(), item.rowKey());
        } else {
            matched.accept(item, answer);
        }
    }

    /** The outcome that a query may give; nothing else is one. */
    static Optional<Outcome> outcome(Answer answer) {
        for (Outcome each : List.of(Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE, Outcome.NOT_EVALUATED)) {
            if (each.name().equals(answer.outcome())) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static int compare(Item item, Answer answer) {
        int scopes = order(item.scopeId(), answer.scopeId());
        return scopes != 0 ? scopes : order(item.rowKey(), answer.rowKey());
    }

    private static int order(String ours, @Nullable String theirs) {
        return theirs == null ? -1 : Utf8Order.compare(ours, theirs);
    }

    private void complain(String what, @Nullable String scopeId, @Nullable String rowKey) {
        Complaint complaint = complaints.stream()
                .filter(each -> each.what.equals(what))
                .findFirst()
                .orElseGet(() -> {
                    complaints.add(new Complaint(what));
                    return complaints.get(complaints.size() - 1);
                });
        complaint.count++;
        if (complaint.keys.size() < NAMED) {
            complaint.keys.add("'" + rowKey + "' in " + scopeId);
        }
    }
}
