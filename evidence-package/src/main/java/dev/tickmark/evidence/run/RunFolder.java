package dev.tickmark.evidence.run;

import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.TickmarkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Where each file of a run lies; the sealed package has the same paths.
 *
 * @param root the run's folder, whose name is the run's id, {@code 2026-11-23T02-00-00Z-7f3a}
 */
public record RunFolder(Path root) {
    private static final Pattern ID =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2})-([0-9]{2})-([0-9]{2})Z" + "-[0-9a-f]{4}");
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The folder of a run that has begun. */
    public static RunFolder open(Path root) {
        RunFolder run = new RunFolder(root.toAbsolutePath().normalize());
        if (!Files.isRegularFile(run.runJson())) {
            throw TickmarkException.notUnderstood(
                    "'" + root + "' is no run folder: it has no run.json.",
                    "Name a folder below 'runs'; 'tickmark show' lists them.");
        }
        return run;
    }

    static String id(Instant started, int random) {
        return ID_TIME.format(started) + String.format(Locale.ROOT, "-%04x", random & 0xffff);
    }

    static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    public String id() {
        return String.valueOf(root.toAbsolutePath().normalize().getFileName());
    }

    /** When the run began, in whole seconds, as its id says. */
    public Instant startedAt() {
        return Instant.parse(ID.matcher(id()).replaceFirst("$1T$2:$3:$4Z"));
    }

    public Path runJson() {
        return root.resolve("run.json");
    }

    public Path journal() {
        return root.resolve("journal.jsonl");
    }

    public Path runsCsv() {
        return root.resolve("runs.csv");
    }

    public Path evidence() {
        return root.resolve("1-evidence");
    }

    public Path completeness() {
        return evidence().resolve("completeness.csv");
    }

    /**
     * The folder that a task publishes.
     *
     * @param attempt 1 for the first; a later one lies beside it
     */
    public Path task(Scope scope, String collector, int attempt) {
        String name = Scope.folderName(collector);
        return evidence().resolve(scope.id()).resolve(attempt == 1 ? name : name + "." + attempt);
    }

    public Path findings() {
        return root.resolve("2-findings");
    }

    public Path findingsCsv() {
        return findings().resolve("findings.csv");
    }

    public Path controlsCsv() {
        return findings().resolve("controls.csv");
    }

    public Path criteriaCsv(String framework) {
        return findings().resolve("criteria-" + Scope.folderName(framework) + ".csv");
    }

    public Path acceptancesCsv() {
        return findings().resolve("acceptances.csv");
    }

    public Path tests() {
        return findings().resolve("tests");
    }

    public Path report() {
        return root.resolve("3-report");
    }

    /** A place for what does not fit memory; outside the published folders, and swept like every leftover. */
    public Path scratch() {
        return root.resolve(".tmp-scratch");
    }

    /** The path as it stands in journals, tables and packages: from the run's root, with {@code /}. */
    public String relative(Path file) {
        Path relative = root.toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize());
        return String.join(
                "/",
                StreamSupport.stream(relative.spliterator(), false)
                        .map(Path::toString)
                        .toList());
    }

    /**
     * The file that such a path names.
     *
     * @throws TickmarkException NOT_VERIFIED where it leaves the run's folder
     */
    public Path resolve(String relative) {
        Path base = root.toAbsolutePath().normalize();
        Path file = base.resolve(relative).normalize();
        if (!file.startsWith(base) || relative.startsWith("/") || relative.contains("\\")) {
            throw TickmarkException.notVerified(
                    "The path '" + relative + "' leaves the run '" + id() + "'.",
                    "Take the run from where it came, unchanged.");
        }
        return file;
    }
}
