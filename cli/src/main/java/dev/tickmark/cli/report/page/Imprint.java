package dev.tickmark.cli.report.page;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands on every page and in the file's own description.
 *
 * @param running the line at the head of each page
 * @param foot the line at its foot, beside the page number
 * @param marking words across each page; null where there are none
 * @param made the tool and its version
 * @param date the one date in the file: nothing comes from a clock
 */
public record Imprint(
        String title, String running, String foot, @Nullable String marking, String made, Instant date) {}
