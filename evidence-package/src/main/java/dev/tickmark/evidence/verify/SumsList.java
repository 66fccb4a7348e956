package dev.tickmark.evidence.verify;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list of digests in the form of {@code sha256sum}, read strictly: one spelling for one content. */
final class SumsList {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

    private SumsList() {}

    /** The digests by path; what is wrong with the list is added to the findings, and what could be read is given. */
    static Map<String, String> read(String file, byte[] bytes, Reason syntax, Reason duplicate, Findings findings) {
        Map<String, String> digests = new TreeMap<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.isEmpty() || !text.endsWith("\n")) {
            findings.failure(syntax, file, file + " does not end with a line feed.");
        }
        String before = "";
        int number = 0;
        for (String line : lines(text)) {
            number++;
            Matcher parts = LINE.matcher(line);
            Optional<String> problem = parts.matches()
                    ? PackageNames.unsafe(parts.group(2)).map(why -> "names '" + parts.group(2) + "', which " + why)
                    : Optional.of("is not '<64 hex digits>  <path>'");
            if (problem.isPresent()) {
                findings.failure(syntax, file, "Line " + number + " of " + file + " " + problem.get() + ".");
                continue;
            }
            String path = parts.group(2);
            if (digests.putIfAbsent(path, parts.group(1)) != null) {
                findings.failure(duplicate, file, "Line " + number + " of " + file + " names '" + path + "' again.");
            } else if (path.compareTo(before) < 0) {
                findings.failure(syntax, file, "Line " + number + " of " + file + " is not in the order of the names.");
            }
            before = path;
        }
        return digests;
    }

    /** The lines of a text without the last line feed; one that is empty stays. */
    static String[] lines(String text) {
        return (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
    }
}
