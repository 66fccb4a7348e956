package dev.tickmark.catalog.engine;

import java.time.Duration;

/**
 * What one test may use before it is stopped and the control is not evaluated.
 *
 * @param memory as DuckDB writes it, such as {@code 1GB}
 * @param spill what may be written to the run's scratch folder beyond that
 */
public record Limits(Duration time, String memory, String spill) {
    public Limits {
        if (time.isZero() || time.isNegative() || !size(memory) || !size(spill)) {
            throw new IllegalArgumentException("limits are a time above zero and sizes such as 1GB");
        }
    }

    /** Five minutes, 400 MB and 20 GB. */
    public static Limits usual() {
        return new Limits(Duration.ofMinutes(5), "400MB", "20GB");
    }

    private static boolean size(String text) {
        return text.matches("[1-9][0-9]{0,5}(KB|MB|GB|TB)");
    }
}
