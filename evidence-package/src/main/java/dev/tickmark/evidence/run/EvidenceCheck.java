package dev.tickmark.evidence.run;

import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Hashes every file of a run's evidence and findings again and compares it with its digest in the journal. */
public final class EvidenceCheck {
    /** How a file differs. */
    public enum Kind {
        CHANGED,
        MISSING,
        ADDED
    }

    /**
     * A file that is not as the journal says.
     *
     * @param path from the run's root, with {@code /}
     */
    public record Difference(String path, Kind kind) {}

    private EvidenceCheck() {}

    /** Every difference, sorted by path; empty where all is as it was written. */
    public static List<Difference> differences(RunFolder run) {
        Map<String, String> expected = Journal.digests(Journal.read(run));
        List<Difference> differences = new ArrayList<>();
        expected.forEach((path, sha256) -> {
            Path file = run.resolve(path);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                differences.add(new Difference(path, Kind.MISSING));
            } else if (!Disk.sha256(file).equals(sha256)) {
                differences.add(new Difference(path, Kind.CHANGED));
            }
        });
        for (Path folder : List.of(run.evidence(), run.findings())) {
            for (String path : files(run, folder)) {
                if (!expected.containsKey(path)) {
                    differences.add(new Difference(path, Kind.ADDED));
                }
            }
        }
        differences.sort(Comparator.comparing(Difference::path));
        return differences;
    }

    private static List<String> files(RunFolder run, Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(run::relative)
                    .toList();
        } catch (IOException e) {
            throw Disk.unreadable(folder, e);
        }
    }
}
