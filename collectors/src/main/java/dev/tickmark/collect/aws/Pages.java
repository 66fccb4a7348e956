package dev.tickmark.collect.aws;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a listing page by page until the source says that no other follows. A page may be empty, or shorter than asked
 * for, and still have a successor.
 *
 * @see <a href="https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html">empty pages with a
 *     token</a>
 */
public final class Pages {
    /** The largest page of IAM's listings. */
    public static final int IAM_LARGEST = 1000;

    private Pages() {}

    /**
     * Calls once for each page.
     *
     * @param call given the token of the page, null for the first
     * @param next the token of the following page; blank where one follows but has no token
     * @param page given the answer, and whether it was the last; a listing that gives the same token again, or none
     *     where one is due, ends without a last page
     */
    public static <R> void read(
            Function<@Nullable String, R> call, Function<R, Optional<String>> next, BiConsumer<R, Boolean> page) {
        String token = null;
        while (true) {
            R answer = call.apply(token);
            Optional<String> following = next.apply(answer);
            page.accept(answer, following.isEmpty());
            String marker = following.orElse("");
            if (marker.isBlank() || marker.equals(token)) {
                return;
            }
            token = marker;
        }
    }

    /** The next token of IAM, which says in a field of its own whether there is one. */
    public static Optional<String> marker(@Nullable Boolean truncated, @Nullable String marker) {
        return Boolean.TRUE.equals(truncated) ? Optional.of(marker == null ? "" : marker) : Optional.empty();
    }

    /** The next token of the services where its absence is the end. */
    public static Optional<String> token(@Nullable String token) {
        return Optional.ofNullable(token).filter(text -> !text.isEmpty());
    }
}
