package dev.tickmark.cli.report.page;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The form in which a text of a source is shown to people: access key ids masked, and nothing in it that could hide,
 * reorder or break the line.
 */
public final class Printed {
    private static final Pattern ACCESS_KEY_ID = Pattern.compile("(AKIA|ASIA)[A-Z0-9]{4,120}([A-Z0-9]{4})");

    private Printed() {}

    /** The text with the middle of each access key id left out: the first and last four characters stay. */
    public static String masked(String text) {
        return text.contains("AKIA") || text.contains("ASIA")
                ? ACCESS_KEY_ID.matcher(text).replaceAll("$1...$2")
                : text;
    }

    /**
     * The text with each invisible character as its code point in brackets: controls, line ends, direction marks,
     * joiners, tags, lone surrogates. Ranges are written out, for what Java knows of Unicode changes between versions.
     */
    public static String visible(String text) {
        if (text.codePoints().noneMatch(Printed::invisible)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (invisible(point)) {
                shown.append(codePoint(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    /** A character by its number: {@code <U+4E2D>}. */
    public static String codePoint(int point) {
        return String.format(Locale.ROOT, "<U+%04X>", point);
    }

    /** Whether a letter belongs to a script that runs from right to left. */
    public static boolean rightToLeft(int point) {
        return (point >= 0x590 && point <= 0x8FF)
                || (point >= 0xFB1D && point <= 0xFDFF)
                || (point >= 0xFE70 && point <= 0xFEFC)
                || (point >= 0x10800 && point <= 0x10FFF)
                || (point >= 0x1E800 && point <= 0x1EFFF);
    }

    private static boolean invisible(int point) {
        return point < 0x20
                || (point >= 0x7F && point <= 0x9F)
                || point == 0xAD
                || point == 0x34F
                || point == 0x61C
                || point == 0x180E
                || (point >= 0x200B && point <= 0x200F)
                || (point >= 0x2028 && point <= 0x202E)
                || (point >= 0x2060 && point <= 0x206F)
                || (point >= 0xD800 && point <= 0xDFFF)
                || (point >= 0xFE00 && point <= 0xFE0F)
                || point == 0xFEFF
                || (point >= 0xFFF0 && point <= 0xFFFB)
                || (point >= 0xE0000 && point <= 0xE0FFF);
    }
}
