package dev.tickmark.evidence.completeness;

import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One published reading of a task. */
record Attempt(Path folder, int number, Evidence evidence) {
    /** {@code <scope id>/<collector>}. */
    String task() {
        return evidence.scope().id() + "/" + evidence.collector();
    }

    /** Every attempt of every task, by task; the first attempt first. */
    static Map<String, List<Attempt>> of(RunFolder run) {
        Map<String, List<Attempt>> byTask = new TreeMap<>();
        for (Path scope : folders(run.evidence())) {
            if (scope.equals(Declarations.folder(run))) {
                continue; // what the organisation declares is no population
            }
            for (Path folder : folders(scope)) {
                Attempt attempt = read(folder);
                byTask.computeIfAbsent(attempt.task(), task -> new ArrayList<>())
                        .add(attempt);
            }
        }
        byTask.values().forEach(attempts -> attempts.sort(Comparator.comparingInt(Attempt::number)));
        return byTask;
    }

    /**
     * The attempt that counts: the last one, unless it lost a population that an earlier one had read whole. An open
     * equation then stays open, which is true, and nothing that was read is thrown away.
     */
    static Attempt counting(List<Attempt> attempts) {
        Attempt counting = attempts.get(0);
        for (Attempt later : attempts.subList(1, attempts.size())) {
            if (later.keeps(counting)) {
                counting = later;
            }
        }
        return counting;
    }

    private boolean keeps(Attempt earlier) {
        for (Evidence.Table before : earlier.evidence.tables()) {
            boolean whole = evidence.tables().stream()
                    .anyMatch(table -> table.table().equals(before.table())
                            && table.completeness().verdict().whole());
            if (before.completeness().verdict().whole() && !whole) {
                return false;
            }
        }
        return true;
    }

    private static Attempt read(Path folder) {
        Evidence evidence = Evidence.read(folder);
        String name = String.valueOf(folder.getFileName());
        String first = Scope.folderName(evidence.collector());
        if (name.equals(first)) {
            return new Attempt(folder, 1, evidence);
        }
        if (name.startsWith(first + ".") && name.substring(first.length() + 1).matches("[1-9][0-9]?")) {
            return new Attempt(folder, Integer.parseInt(name.substring(first.length() + 1)), evidence);
        }
        throw TickmarkException.notVerified(
                "The folder '" + folder + "' holds evidence of '" + evidence.collector() + "', which is not its name.",
                "Take the run from where it came, unchanged, or collect again.");
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isDirectory)
                    .filter(path -> !path.getFileName().toString().startsWith(Disk.UNPUBLISHED))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Disk.unreadable(folder, e);
        }
    }
}
