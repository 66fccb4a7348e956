package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.TickmarkException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The little that has to be known of SQL as text: quoting, and where a statement ends. */
final class Sql {
    private Sql() {}

    /** A text as a literal. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name as an identifier. */
    static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /**
     * A query without the semicolon that may end it.
     *
     * <p>The auditor's shell reads the same text line by line, and after a semicolon takes a line that begins with a
     * full stop for a command of its own: so no second semicolon may stand in it, not even before a comment.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming the file
     */
    static String single(String file, String sql) {
        List<String> statements = statements(file, sql);
        for (String rest : statements.subList(1, statements.size())) {
            if (!rest.isBlank()) {
                throw TickmarkException.notUnderstood(
                        file + " holds something after a semicolon.",
                        "Write one select, and comments only before its end.");
            }
        }
        if (statements.size() > 2) {
            throw TickmarkException.notUnderstood(file + " holds a second semicolon.", "Write one select.");
        }
        return statements.get(0).strip();
    }

    /**
     * The parts between semicolons that stand outside texts, quoted names and comments.
     *
     * @throws TickmarkException NOT_UNDERSTOOD for texts written with {@code $$} or {@code E'…'}, which end elsewhere than
     *     they seem to
     */
    static List<String> statements(String file, String sql) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"') {
                if (c == '\'' && at > 0 && "eExXbB".indexOf(sql.charAt(at - 1)) >= 0 && !partOfName(sql, at - 2)) {
                    throw unusual(file, "a text that begins with " + sql.charAt(at - 1) + "'");
                }
                at = end(sql, at + 1, String.valueOf(c));
            } else if (sql.startsWith("--", at)) {
                at = end(sql, at, "\n");
            } else if (sql.startsWith("/*", at)) {
                at = endOfComment(file, sql, at + 2);
            } else if (sql.startsWith("$$", at)
                    || (c == '$' && sql.substring(at + 1).matches("(?s)[A-Za-z0-9_]*\\$.*"))) {
                throw unusual(file, "a text between $$");
            } else {
                if (c == ';') {
                    parts.add(sql.substring(begin, at));
                    begin = at + 1;
                }
                at++;
            }
        }
        parts.add(sql.substring(begin));
        return Collections.unmodifiableList(parts);
    }

    private static boolean partOfName(String sql, int at) {
        return at >= 0 && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_');
    }

    private static int end(String sql, int from, String mark) {
        int end = sql.indexOf(mark, from);
        return end < 0 ? sql.length() : end + mark.length();
    }

    private static int endOfComment(String file, String sql, int from) {
        int end = sql.indexOf("*/", from);
        int nested = sql.indexOf("/*", from);
        if (nested >= 0 && nested < end) {
            throw unusual(file, "a comment inside a comment");
        }
        return end < 0 ? sql.length() : end + 2;
    }

    private static TickmarkException unusual(String file, String what) {
        return TickmarkException.notUnderstood(
                file + " holds " + what + ".", "Write texts as 'text', names as \"name\" and comments with --.");
    }
}
