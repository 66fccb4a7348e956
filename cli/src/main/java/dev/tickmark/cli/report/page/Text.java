package dev.tickmark.cli.report.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run of words, of which some stand out or point elsewhere in the report. */
public record Text(List<Span> spans) {
    /** How a span is set. */
    public enum Style {
        PLAIN,
        STRONG,
        /** Identifiers, paths and commands: each character is meant. */
        CODE
    }

    /**
     * Words of one style.
     *
     * @param target the anchor that they point to
     */
    public record Span(String text, Style style, @Nullable String target) {}

    public Text {
        spans = List.copyOf(spans);
    }

    public static Text of(String words) {
        return new Text(List.of(new Span(words, Style.PLAIN, null)));
    }

    public static Text strong(String words) {
        return new Text(List.of(new Span(words, Style.STRONG, null)));
    }

    public static Text code(String words) {
        return new Text(List.of(new Span(words, Style.CODE, null)));
    }

    public static Text link(String words, String target) {
        return new Text(List.of(new Span(words, Style.PLAIN, target)));
    }

    /** These words, then those. */
    public Text and(Text more) {
        List<Span> all = new ArrayList<>(spans);
        all.addAll(more.spans);
        return new Text(all);
    }

    public Text and(String words) {
        return and(of(words));
    }

    /** The bare words. */
    public String words() {
        StringBuilder words = new StringBuilder();
        spans.forEach(span -> words.append(span.text()));
        return words.toString();
    }
}
