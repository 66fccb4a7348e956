package dev.tickmark.cli;

import dev.tickmark.evidence.TickmarkException;
import java.io.PrintStream;
import java.util.Locale;

/**
 * What a person or a program sees: stdout carries the result alone, stderr progress and problems.
 *
 * <p>Text from outside (user names, error messages of sources) passes through {@link #plain}, so that no control
 * sequence of theirs reaches a terminal.
 */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean quiet;
    private final boolean color;
    private final boolean terminal;

    public Console(PrintStream out, PrintStream err, boolean quiet, boolean color, boolean terminal) {
        this.out = out;
        this.err = err;
        this.quiet = quiet;
        this.color = color;
        this.terminal = terminal;
    }

    /** One line of the result. */
    public void result(String line) {
        out.print(plain(line) + "\n");
        out.flush();
    }

    /** A document that is the result: JSON, a policy, a completion script. */
    public void document(String text) {
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** What is going on; silent with {@code --quiet}. */
    public void progress(String line) {
        if (!quiet) {
            err.print(plain(line) + "\n");
            err.flush();
        }
    }

    /** What is not as it should be, although the command goes on; also with {@code --quiet}. */
    public void warning(String line) {
        err.print(bold("33", "warning: ") + plain(line) + "\n");
        err.flush();
    }

    /** Two sentences: what is wrong, and what to do. */
    public void error(TickmarkException e) {
        err.print(bold("31", "tickmark: ") + plain(e.problem()) + "\n" + plain(e.remedy()) + "\n");
        err.flush();
    }

    public boolean terminal() {
        return terminal;
    }

    public boolean quiet() {
        return quiet;
    }

    /** The text with every control character but line feed and tab replaced by its code point in angle brackets. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean keep = point == '\n' || point == '\t' || !(Character.isISOControl(point) || bidirectional(point));
            if (keep) {
                plain.appendCodePoint(point);
            } else {
                plain.append(String.format(Locale.ROOT, "<U+%04X>", point));
            }
        });
        return plain.toString();
    }

    private static boolean bidirectional(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }

    private String bold(String code, String text) {
        return color ? "\u001b[1;" + code + "m" + text + "\u001b[0m" : text;
    }
}
