package dev.tickmark.evidence.seal.commitment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of COMMITMENTS or of its keys: a whole file, or one column of a CSV.
 *
 * @param value 64 lower-case hex digits: the HMAC-SHA256, or the key
 * @param column from 0; {@link #WHOLE_FILE} where the line speaks of the file's bytes
 * @param rows of the CSV with its header; 0 for a whole file
 */
public record Commitment(String value, int column, long rows, String path) {
    public static final int WHOLE_FILE = -1;

    private static final Pattern FILE = Pattern.compile("file ([0-9a-f]{64})  (\\S+)");
    private static final Pattern COLUMN =
            Pattern.compile("column ([0-9a-f]{64}) (0|[1-9][0-9]{0,5}) ([1-9][0-9]{0,17})  (\\S+)");
    private static final Comparator<Commitment> ORDER =
            Comparator.comparing(Commitment::path).thenComparingInt(Commitment::column);

    /**
     * A file of such lines.
     *
     * @param problems what our own writer would not have written, one sentence each
     */
    public record Parsed(List<Commitment> lines, List<String> problems) {
        public Parsed {
            lines = List.copyOf(lines);
            problems = List.copyOf(problems);
        }
    }

    /** What COMMITMENTS begins with. */
    static final String COMMITMENTS_HEAD = "tickmark-commitments 1";

    /** What COMMITMENTS.keys begins with. */
    static final String KEYS_HEAD = "tickmark-commitment-keys 1";

    private String text() {
        return column == WHOLE_FILE
                ? "file " + value + "  " + path
                : "column " + value + " " + column + " " + rows + "  " + path;
    }

    /** The bytes of COMMITMENTS. */
    public static byte[] commitments(List<Commitment> lines) {
        return bytes(COMMITMENTS_HEAD, lines);
    }

    /** The bytes of COMMITMENTS.keys. */
    public static byte[] keys(List<Commitment> lines) {
        return bytes(KEYS_HEAD, lines);
    }

    public static Parsed parseCommitments(byte[] bytes) {
        return parse(COMMITMENTS_HEAD, bytes);
    }

    public static Parsed parseKeys(byte[] bytes) {
        return parse(KEYS_HEAD, bytes);
    }

    private static byte[] bytes(String head, List<Commitment> lines) {
        StringBuilder text = new StringBuilder(head).append('\n');
        lines.stream().sorted(ORDER).forEach(line -> text.append(line.text()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Parsed parse(String head, byte[] bytes) {
        List<Commitment> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(head + "\n") || !text.endsWith("\n")) {
            problems.add("The file does not begin with '" + head + "' or does not end with a line feed.");
            return new Parsed(lines, problems);
        }
        String[] parts = text.substring(0, text.length() - 1).split("\n", -1);
        for (int i = 1; i < parts.length; i++) {
            Matcher file = FILE.matcher(parts[i]);
            Matcher column = COLUMN.matcher(parts[i]);
            if (file.matches()) {
                lines.add(new Commitment(file.group(1), WHOLE_FILE, 0, file.group(2)));
            } else if (column.matches()) {
                lines.add(new Commitment(
                        column.group(1),
                        Integer.parseInt(column.group(2)),
                        Long.parseLong(column.group(3)),
                        column.group(4)));
            } else {
                problems.add("Line " + (i + 1) + " is neither a file nor a column.");
                continue;
            }
            int last = lines.size() - 1;
            if (last > 0 && ORDER.compare(lines.get(last - 1), lines.get(last)) >= 0) {
                problems.add("Line " + (i + 1) + " is not in order or stands twice.");
            }
        }
        return new Parsed(lines, problems);
    }
}
