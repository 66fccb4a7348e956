package dev.tickmark.evidence.seal.content;

import dev.tickmark.evidence.TickmarkException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which names a file may have inside a package, so that it can be unpacked anywhere and listed without escapes.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/fileio/naming-a-file">Naming files on Windows</a>
 */
public final class PackageNames {
    public static final String SUMS = "SHA256SUMS";
    public static final String SUMS_SIGNATURE = "SHA256SUMS.p7s";
    public static final String SUMS_TIME = "SHA256SUMS.p7s.tsr";
    public static final String COMMITMENTS = "COMMITMENTS";
    public static final String COMMITMENT_KEYS = "COMMITMENTS.keys";
    public static final String COMMITMENTS_SIGNATURE = "COMMITMENTS.p7s";
    public static final String COMMITMENTS_TIME = "COMMITMENTS.p7s.tsr";
    public static final String FACTS = "package.json";
    public static final String INSTRUCTIONS = "VERIFY.txt";
    public static final String REPORT = "3-report/report.pdf";

    private static final int LONGEST = 120;
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._/@+=,-]+");
    private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
    private static final Pattern OUTSIDE_THE_LIST =
            Pattern.compile("SHA256SUMS(\\.p7s(\\.tsr)?)?|COMMITMENTS\\.p7s\\.tsr|RENEWAL-[0-9]{3}(\\.tsr|\\.crl)?");
    /** Made by the seal itself: a run that brings a file of this name along cannot be sealed. */
    private static final Pattern OF_THE_SEAL = Pattern.compile(
            "(?i)package\\.json|VERIFY\\.txt|(COMMITMENTS|SHA256SUMS|RENEWAL)[^/]*|mimetype|META-INF(/.*)?");

    private PackageNames() {}

    /** Whether a file of this name stands beside SHA256SUMS instead of in it. The list is closed. */
    public static boolean outsideTheList(String name) {
        return OUTSIDE_THE_LIST.matcher(name).matches();
    }

    /** Whether only sealing may make a file of this name. */
    public static boolean ofTheSeal(String name) {
        return OF_THE_SEAL.matcher(name).matches();
    }

    /** What is wrong with a name, as the end of a sentence that begins with the name; empty where it is allowed. */
    public static Optional<String> problem(String name) {
        if (!ALLOWED.matcher(name).matches()) {
            return Optional.of("holds a character other than A-Z a-z 0-9 . _ / @ + = , -");
        }
        if (name.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return Optional.of("has an empty, '.' or '..' part");
            }
            if (segment.endsWith(".") || RESERVED.matcher(segment).matches()) {
                return Optional.of("has a part that Windows reserves ('" + segment + "')");
            }
        }
        return Optional.empty();
    }

    /**
     * What is wrong with names together: two that differ in case alone, or a file that is another one's folder. Each
     * sentence is whole; empty where all is well.
     */
    public static List<String> conflicts(Collection<String> names) {
        Map<String, String> folded = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            String other = folded.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                problems.add("'" + name + "' and '" + other + "' are the same name where case does not count.");
            }
        }
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            for (int slash = lower.indexOf('/'); slash > 0; slash = lower.indexOf('/', slash + 1)) {
                String file = folded.get(lower.substring(0, slash));
                if (file != null) {
                    problems.add("'" + file + "' is a file and the folder of '" + name + "'.");
                }
            }
        }
        return List.copyOf(problems);
    }

    /** Refuses names that no package may hold. */
    public static void check(Collection<String> names) {
        for (String name : names) {
            problem(name).ifPresent(problem -> {
                throw TickmarkException.fixFirst(
                        "The name '" + name + "' " + problem + ".", "Rename the file, then seal again.");
            });
        }
        conflicts(names).stream().findFirst().ifPresent(problem -> {
            throw TickmarkException.fixFirst(problem, "Rename one of them, then seal again.");
        });
    }
}
