package dev.tickmark.cli;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFolder;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Finds a run that was stopped before its end. */
final class Runs {
    private Runs() {}

    /**
     * The newest run, where it can be continued; nothing where it was stopped before it had begun to read.
     *
     * @throws TickmarkException NOT_UNDERSTOOD where there is none to continue, or the newest one is sealed
     */
    static Optional<RunFolder> stopped(OutputFolder folder) {
        List<RunFolder> runs = folder.allRuns();
        if (runs.isEmpty()) {
            throw TickmarkException.notUnderstood(
                    "There is no run below '" + folder.runs() + "' to resume.", "Begin one with 'tickmark run'.");
        }
        RunFolder newest = runs.get(runs.size() - 1);
        Packages.of(folder).stream()
                .filter(facts -> facts.subject().runId().equals(newest.id()))
                .findFirst()
                .ifPresent(facts -> {
                    throw TickmarkException.notUnderstood(
                            "The newest run '" + newest.id() + "' is sealed as '" + facts.packageId()
                                    + "': nothing is left to resume.",
                            "Begin a new one with 'tickmark run'.");
                });
        return Optional.of(newest).filter(run -> Files.isRegularFile(run.runJson()));
    }
}
