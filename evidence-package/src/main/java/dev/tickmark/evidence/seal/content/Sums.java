package dev.tickmark.evidence.seal.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one list of what a package holds: SHA256SUMS, in the format of {@code sha256sum}, sorted by name.
 *
 * @param digests 64 lower-case hex digits by name
 * @see <a href="https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html">GNU checksum lists</a>
 */
public record Sums(SortedMap<String, String> digests) {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\\n\\r]+)");

    public Sums {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /**
     * A list as read, with everything in it that our own writer would not have written.
     *
     * @param sums what could be read; the first line counts where a name stands twice
     */
    public record Parsed(Sums sums, List<Problem> problems) {
        public Parsed {
            problems = List.copyOf(problems);
        }
    }

    /**
     * One thing that is wrong with a list.
     *
     * @param line from 1; 0 where the file as a whole is meant
     * @param duplicate whether a name stands twice, as against a line of the wrong form
     * @param text one sentence
     */
    public record Problem(int line, boolean duplicate, String text) {}

    /** {@code <digest><2 spaces><name><LF>} for each file. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : digests.entrySet()) {
            text.append(entry.getValue()).append("  ").append(entry.getKey()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads strictly: any byte that differs from what {@link #bytes()} would write gives a problem. */
    public static Parsed parse(byte[] bytes) {
        List<Problem> problems = new ArrayList<>();
        SortedMap<String, String> digests = new TreeMap<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean ended = text.endsWith("\n");
        if (!ended) {
            problems.add(new Problem(0, false, "The list is empty or does not end with a line feed."));
        }
        String previous = "";
        int number = 0;
        for (String line : (ended ? text.substring(0, text.length() - 1) : text).split("\n", -1)) {
            number++;
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                problems.add(
                        new Problem(number, false, "Line " + number + " is not 64 hex digits, two spaces and a name."));
                continue;
            }
            String name = matcher.group(2);
            if (digests.putIfAbsent(name, matcher.group(1)) != null) {
                problems.add(new Problem(number, true, "Line " + number + " names '" + name + "' a second time."));
                continue;
            }
            for (String problem : wrong(name, previous)) {
                problems.add(new Problem(number, false, "Line " + number + ": '" + name + "' " + problem + "."));
            }
            previous = name;
        }
        for (String conflict : PackageNames.conflicts(digests.keySet())) {
            problems.add(new Problem(0, true, conflict));
        }
        return new Parsed(new Sums(digests), problems);
    }

    private static List<String> wrong(String name, String previous) {
        List<String> problems = new ArrayList<>();
        PackageNames.problem(name).ifPresent(problems::add);
        if (PackageNames.outsideTheList(name)) {
            problems.add("may not be in the list");
        }
        if (name.compareTo(previous) < 0) {
            problems.add("is not in order");
        }
        return problems;
    }
}
