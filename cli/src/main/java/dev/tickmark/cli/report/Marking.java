package dev.tickmark.cli.report;

import org.jspecify.annotations.Nullable;

/** What stands across each page. */
public enum Marking {
    /** Not sealed: what {@code report} writes. */
    DRAFT("DRAFT - NOT SEALED"),
    /** Sealed with a key that nobody trusts. */
    DEMO("DEMO IDENTITY - NOT TRUSTED"),
    /** Sealed with the organisation's own key. */
    NONE(null);

    private final @Nullable String words;

    Marking(@Nullable String words) {
        this.words = words;
    }

    @Nullable
    String words() {
        return words;
    }
}
