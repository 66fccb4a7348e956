package dev.tickmark.cli;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFolder;
import java.nio.file.Files;
import java.util.List;

/** Finds a run that was stopped before its end. */
final class Runs {
    private Runs() {}

    /**
     * The newest run, where it can be continued.
     *
     * @throws TickmarkException NOT_UNDERSTOOD where there is none to continue
     */
    static RunFolder stopped(OutputFolder folder) {
        List<RunFolder> runs = folder.allRuns();
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (Files.isRegularFile(runs.get(i).runJson())) {
                return runs.get(i);
            }
        }
        throw TickmarkException.notUnderstood(
                "There is no run below '" + folder.runs() + "' to resume.", "Begin one with 'tickmark run'.");
    }
}
