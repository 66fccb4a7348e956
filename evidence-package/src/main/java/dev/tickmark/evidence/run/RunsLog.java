package dev.tickmark.evidence.run;

import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.csv.CsvFacts;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.csv.SortedCsv;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every run that began in an output folder after the one that was last sealed, {@code runs.csv}: a red run cannot be
 * hidden by running again.
 *
 * <p>It is the table {@code tickmark_run}; a declared schedule is one more row.
 */
public final class RunsLog {
    private static final String TABLE = "tickmark_run";

    /** What became of a run. */
    public enum State {
        RUNNING,
        COLLECTED,
        SEALED,
        /** Ended by itself with an error. */
        FAILED,
        /** Stopped from outside, and not resumed since. */
        INTERRUPTED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final OutputFolder out;
    private final TableDefinition runTable;
    private final TableDefinition populationTable;

    public RunsLog(OutputFolder out, Tables tables) {
        this.out = out;
        this.runTable = tables.table(TABLE);
        this.populationTable = tables.table("tickmark_population");
    }

    /**
     * Writes {@code runs.csv} into the current run's folder, whole or not at all.
     *
     * @param finishedAt when the current run's collection ended; null while it goes on
     */
    public CsvFacts write(RunFolder current, RunFacts facts, @Nullable Instant finishedAt) {
        Path unpublished = current.root().resolve(Disk.UNPUBLISHED + "runs.csv");
        try {
            Disk.deleteTree(unpublished);
            CsvFacts written;
            try (SortedCsv csv = new SortedCsv(runTable, unpublished, current.scratch())) {
                for (List<String> cells : rows(current, facts, finishedAt)) {
                    csv.add(cells);
                }
                written = csv.finish();
            }
            Disk.replace(unpublished, current.runsCsv());
            return written;
        } catch (IOException e) {
            throw Disk.unwritable(current.runsCsv(), e);
        }
    }

    private List<List<String>> rows(RunFolder current, RunFacts facts, @Nullable Instant finishedAt) {
        Map<String, String> packages = packagesByRun();
        String schedule =
                facts.scheduleDays() == null ? "" : facts.scheduleDays().toString();
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> sinceSealed = new ArrayList<>();
        String previous = "";
        for (RunFolder run : out.allRuns()) {
            boolean isCurrent = run.id().equals(current.id());
            if (run.id().compareTo(current.id()) > 0) {
                break; // a run that began later tells of this one, not the other way round
            }
            String packageId = packages.getOrDefault(run.id(), "");
            List<String> row = new ArrayList<>(leading(facts, run.id()));
            row.add("run");
            row.add(run.id());
            row.add(run.startedAt().toString());
            List<Journal.Entry> journal = Journal.read(run);
            row.add(isCurrent ? text(finishedAt) : text(finishedAt(journal)));
            row.add(state(isCurrent, finishedAt, packageId, journal).code());
            row.addAll(counts(run));
            row.add(Long.toString(tasksFailed(journal)));
            row.add(packageId);
            row.add(previous);
            row.add(schedule);
            previous = run.startedAt().toString();
            sinceSealed.add(row);
            if (!isCurrent && !packageId.isEmpty()) {
                sinceSealed.clear();
            }
        }
        rows.addAll(sinceSealed);
        if (facts.scheduleDays() != null) {
            List<String> row = new ArrayList<>(leading(facts, "schedule"));
            row.add("schedule");
            row.addAll(List.of("", "", "", "", "", "", "", "", ""));
            row.add(schedule);
            rows.add(row);
        }
        return rows;
    }

    private static List<String> leading(RunFacts facts, String rowKey) {
        return List.of("tickmark", facts.organization(), "global", facts.asOf().toString(), rowKey);
    }

    private static State state(
            boolean isCurrent, @Nullable Instant finishedAt, String packageId, List<Journal.Entry> journal) {
        if (!packageId.isEmpty()) {
            return State.SEALED;
        }
        if (isCurrent) {
            return finishedAt == null ? State.RUNNING : State.COLLECTED;
        }
        State state = State.INTERRUPTED;
        for (Journal.Entry entry : journal) {
            state = switch (entry.event()) {
                case COLLECT_DONE -> State.COLLECTED;
                case RUN_FAILED -> state == State.COLLECTED ? state : State.FAILED;
                case RUN_STARTED, RUN_RESUMED, TASK_STARTED -> state == State.COLLECTED ? state : State.INTERRUPTED;
                default -> state;
            };
        }
        return state;
    }

    private static @Nullable Instant finishedAt(List<Journal.Entry> journal) {
        Instant finished = null;
        for (Journal.Entry entry : journal) {
            if (entry.event() == Journal.Event.COLLECT_DONE || entry.event() == Journal.Event.RUN_FAILED) {
                finished = finished == null || entry.event() == Journal.Event.COLLECT_DONE ? entry.at() : finished;
            }
        }
        return finished;
    }

    /** Tasks of which the last word is that they failed. */
    private static long tasksFailed(List<Journal.Entry> journal) {
        Map<String, Journal.Event> last = new HashMap<>();
        for (Journal.Entry entry : journal) {
            if (!entry.task().isEmpty()) {
                last.put(entry.task(), entry.event());
            }
        }
        return last.values().stream()
                .filter(event -> event == Journal.Event.TASK_FAILED)
                .count();
    }

    /** The populations of a run and those that are not whole; not stated where it has no completeness.csv. */
    private List<String> counts(RunFolder run) {
        if (!Files.exists(run.completeness())) {
            return List.of("", "");
        }
        long populations = 0;
        long incomplete = 0;
        try (CsvReader reader = CsvReader.open(run.completeness(), populationTable.allColumns())) {
            int verdict = reader.indexOf("verdict");
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                populations++;
                incomplete += Verdict.valueOf(row.get(verdict)).whole() ? 0 : 1;
            }
        }
        return List.of(Long.toString(populations), Long.toString(incomplete));
    }

    /** Run id to the id of the package made of it; the first where it was sealed more than once. */
    private Map<String, String> packagesByRun() {
        Map<String, String> packages = new HashMap<>();
        if (!Files.isDirectory(out.packages())) {
            return packages;
        }
        List<String> ids;
        try (Stream<Path> files = Files.list(out.packages())) {
            ids = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".zip") && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - ".zip".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Disk.unreadable(out.packages(), e);
        }
        for (RunFolder run : out.allRuns()) {
            for (String id : ids) {
                if (id.matches(".*-" + Pattern.quote(run.id()) + "(-[0-9]+)?")) {
                    packages.putIfAbsent(run.id(), id);
                }
            }
        }
        return packages;
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
