package dev.tickmark.cli.report.page;

import java.util.List;

/**
 * Counts by group, as one bar a group; each series has a pattern of its own, so that print in black and white keeps
 * them apart.
 *
 * @param unit what is counted, in the plural
 */
public record Chart(String caption, String unit, List<Series> series, List<Bar> bars) {
    /** The fill that tells a series from its neighbours without colour. */
    public enum Pattern {
        SOLID,
        DIAGONALS,
        CROSSES,
        BLANK,
        DOTS,
        LINES
    }

    /** One kind of thing counted. */
    public record Series(String name, Pattern pattern) {}

    /** A group and its counts, in the order of the series. */
    public record Bar(String label, List<Long> counts) {
        public Bar {
            counts = List.copyOf(counts);
        }

        public long total() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }

    public Chart {
        series = List.copyOf(series);
        bars = List.copyOf(bars);
        for (Bar bar : bars) {
            if (bar.counts().size() != series.size()) {
                throw new IllegalArgumentException(bar.label() + " needs one count for each series");
            }
        }
    }

    public long longest() {
        return bars.stream().mapToLong(Bar::total).max().orElse(0);
    }
}
