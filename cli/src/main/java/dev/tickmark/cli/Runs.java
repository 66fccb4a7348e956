package dev.tickmark.cli;

import dev.tickmark.evidence.run.Journal;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFolder;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Finds a run that was stopped before its end. */
final class Runs {
    private Runs() {}

    /**
     * The newest run, where it was stopped before its end; nothing where it came to its end, or had not begun to read.
     *
     * <p>So one command line serves a scheduler for good: it continues what was stopped, and else begins anew.
     */
    static Optional<RunFolder> stopped(OutputFolder folder) {
        List<RunFolder> runs = folder.allRuns();
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(runs.get(runs.size() - 1)).filter(run -> stopped(run, folder));
    }

    private static boolean stopped(RunFolder run, OutputFolder folder) {
        List<Journal.Entry> journal = Journal.read(run);
        if (!Files.isRegularFile(run.runJson()) || journal.isEmpty()) {
            return false;
        }
        boolean sealed = Packages.of(folder).stream()
                .anyMatch(facts -> facts.subject().runId().equals(run.id()));
        return !sealed && !ended(journal);
    }

    /** Whether the report was the last thing to do: nobody asked for a seal since the run was begun or resumed. */
    private static boolean ended(List<Journal.Entry> journal) {
        boolean sealAsked = false;
        for (Journal.Entry entry : journal) {
            sealAsked = switch (entry.event()) {
                case RUN_STARTED, RUN_RESUMED -> false;
                case SEAL_STARTED -> true;
                default -> sealAsked;
            };
        }
        return !sealAsked && journal.get(journal.size() - 1).event() == Journal.Event.REPORT_DONE;
    }
}
