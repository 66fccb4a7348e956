package dev.tickmark.collect.aws;

import dev.tickmark.evidence.warc.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Tells a service's answer from a page that something on the way put in its place, such as a sign-in page with status
 * 200: the SDK reads such a page as an answer with nothing in it, and an unread list would count as an empty one.
 */
final class AnswerKind {
    private static final int ENOUGH = 1024;
    private static final Pattern PROLOGUE =
            Pattern.compile("^\\x{FEFF}?\\s*(<\\?xml[^>]*>)?\\s*(<!--.*?-->\\s*)*", Pattern.DOTALL);

    private AnswerKind() {}

    /**
     * Refuses an answer that the asked service cannot have given.
     *
     * @throws NoAnswer where it is of another kind; it is recorded by then
     */
    static void check(Exchange.Request asked, String operation, Exchange.Answer answer) throws IOException {
        boolean success = answer.status() >= 200 && answer.status() < 300;
        if (success
                && !fits(
                        start(asked.body().open()),
                        operation,
                        start(answer.body().open()))) {
            throw new NoAnswer(Exchange.Failure.NOT_THE_SERVICE, null);
        }
    }

    private static boolean fits(String asked, String operation, String answer) {
        String root = PROLOGUE.matcher(answer).replaceFirst("");
        if (asked.startsWith("Action=")) { // the query protocol names the operation in its answer
            return root.startsWith("<" + operation + "Response");
        }
        return !root.isEmpty()
                && !root.regionMatches(true, 0, "<html", 0, 5)
                && !root.regionMatches(true, 0, "<!doctype", 0, 9);
    }

    private static String start(InputStream body) throws IOException {
        try (body) {
            return new String(body.readNBytes(ENOUGH), StandardCharsets.UTF_8);
        }
    }
}
