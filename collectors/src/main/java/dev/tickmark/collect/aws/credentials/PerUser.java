package dev.tickmark.collect.aws.credentials;

import dev.tickmark.collect.Connections;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.aws.Pages;
import dev.tickmark.evidence.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Asks about users one by one, several at once; a user who is gone meanwhile is an answer. */
final class PerUser {
    private PerUser() {}

    private record Listing<R>(List<R> pages, boolean whole) {}

    /**
     * Reads the listing of each user to its end.
     *
     * @param call given the user's name and the token of the page
     * @param each given one page; pages come in the order of the users
     */
    static <R> void read(
            Connections connections,
            PopulationWriter rows,
            List<CredentialReport.Line> users,
            BiFunction<String, @Nullable String, R> call,
            Function<R, Optional<String>> next,
            BiConsumer<CredentialReport.Line, R> each) {
        connections.<CredentialReport.Line, Optional<Listing<R>>>inParallel(
                users,
                user -> listing(user.user(), call, next),
                (user, answer) -> rows.attempt(answer)
                        .ifPresent(found -> found.ifPresentOrElse(
                                listing -> {
                                    listing.pages().forEach(page -> each.accept(user, page));
                                    listing.pages().forEach(page -> rows.endOfPage(true));
                                    if (!listing.whole()) {
                                        rows.verdict(
                                                Verdict.PARTIAL,
                                                "the last page of one user's listing was not seen",
                                                "Repeat the command with --resume.");
                                    }
                                },
                                () -> rows.leftOut("user deleted since the report was made"))));
    }

    /** Nothing where there is no such user any more. */
    private static <R> Optional<Listing<R>> listing(
            String user, BiFunction<String, @Nullable String, R> call, Function<R, Optional<String>> next) {
        List<R> pages = new ArrayList<>();
        boolean[] whole = {false};
        try {
            Pages.read(token -> call.apply(user, token), next, (page, last) -> {
                pages.add(page);
                whole[0] = last;
            });
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
        return Optional.of(new Listing<>(pages, whole[0]));
    }
}
