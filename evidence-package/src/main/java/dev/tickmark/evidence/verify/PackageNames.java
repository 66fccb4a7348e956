package dev.tickmark.evidence.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which file names a package may hold, and which of them may stand outside its list of digests. */
final class PackageNames {
    static final String SUMS = "SHA256SUMS";
    static final String SUMS_SIGNATURE = "SHA256SUMS.p7s";
    static final String SUMS_TOKEN = "SHA256SUMS.p7s.tsr";
    static final String COMMITMENTS = "COMMITMENTS";
    static final String COMMITMENTS_KEYS = "COMMITMENTS.keys";
    static final String COMMITMENTS_SIGNATURE = "COMMITMENTS.p7s";
    static final String COMMITMENTS_TOKEN = "COMMITMENTS.p7s.tsr";
    static final String FACTS = "package.json";
    static final String JOURNAL = "journal.jsonl";
    static final String RUN = "run.json";
    static final String REPORT = "3-report/report.pdf";

    private static final int LONGEST = 120;
    private static final int LONGEST_PRINTED = 400;
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._/@+=,-]+");
    private static final Pattern RENEWAL = Pattern.compile("RENEWAL-[0-9]{3}(\\.tsr|\\.crl)?");
    private static final Pattern RESERVED = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
    private static final Set<String> UNLISTED = Set.of(SUMS, SUMS_SIGNATURE, SUMS_TOKEN, COMMITMENTS_TOKEN);

    private PackageNames() {}

    /** Why no package may hold a file of this name; empty where it may. */
    static Optional<String> unsafe(String name) {
        if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
            return Optional.of("is an absolute path");
        }
        if (name.contains("\\")) {
            return Optional.of("holds a backslash");
        }
        if (!ALLOWED.matcher(name).matches()) {
            return Optional.of("holds a character that no package uses");
        }
        if (name.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return Optional.of("has an empty, '.' or '..' segment");
            }
            if (segment.endsWith(".")
                    || RESERVED.matcher(segment.toLowerCase(Locale.ROOT)).matches()) {
                return Optional.of("has a segment that Windows reserves");
            }
        }
        return Optional.empty();
    }

    /** Whether a file of this name may stand outside SHA256SUMS; the set is closed. */
    static boolean mayBeUnlisted(String name) {
        return UNLISTED.contains(name) || isRenewal(name);
    }

    static boolean isRenewal(String name) {
        return RENEWAL.matcher(name).matches();
    }

    /** Names that fall together where case does not count, or a file that is another one's folder. */
    static Map<String, String> clashes(List<String> names) {
        Map<String, String> seen = new HashMap<>();
        Map<String, String> clashes = new HashMap<>();
        for (String name : names) {
            String other = seen.put(folded(name), name);
            if (other != null) {
                clashes.put(name, other);
            }
        }
        for (String name : names) {
            String folded = folded(name);
            for (int slash = folded.indexOf('/'); slash >= 0; slash = folded.indexOf('/', slash + 1)) {
                String folder = seen.get(folded.substring(0, slash));
                if (folder != null) {
                    clashes.put(name, folder);
                }
            }
        }
        return clashes;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The text with everything that a terminal could act on shown as its code. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && shown.length() < LONGEST_PRINTED; i++) {
            char c = text.charAt(i);
            if (isHarmless(c)) {
                shown.append(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return shown.isEmpty() ? "(empty)" : shown.toString();
    }

    private static boolean isHarmless(char c) {
        return (c >= ' ' && c < 0x7f) || (c > 0xa0 && Character.isLetterOrDigit(c));
    }
}
