package dev.tickmark.collect.run;

import dev.tickmark.collect.FailureReader;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.completeness.CompletenessTable;
import dev.tickmark.evidence.completeness.Equations;
import dev.tickmark.evidence.completeness.Evaluation;
import dev.tickmark.evidence.completeness.PopulationRow;
import dev.tickmark.evidence.csv.CsvFacts;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.run.Journal;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.Publication;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.run.RunsLog;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Collects a run: its tasks side by side, each published whole and journalled, then the equations over all of them, a
 * second reading of what they leave open, and the verdicts that count.
 *
 * <p>A run that was begun before goes on: a task whose published files are as the journal says is not read again, unless
 * a population of it is not whole. The caller has written {@code run.json} and holds the output folder's lock.
 */
public final class CollectRun {
    private static final int SECOND = 2;

    private final OutputFolder out;
    private final RunFolder run;
    private final RunFacts facts;
    private final Tables tables;
    private final Origin origin;
    private final TaskRun reader;
    private final Clock clock;
    private final int threads;
    private final Progress progress;

    /**
     * @param failures read the exceptions of the sources
     * @param threads tasks at once
     */
    public CollectRun(
            OutputFolder out,
            RunFolder run,
            RunFacts facts,
            Tables tables,
            Origin origin,
            List<FailureReader> failures,
            Clock clock,
            int threads,
            Progress progress) {
        this.out = out;
        this.run = run;
        this.facts = facts;
        this.tables = tables;
        this.origin = origin;
        this.reader = new TaskRun(tables, failures, clock);
        this.clock = clock;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param populations with the verdicts that count, by scope and table
     * @param defects of ours, one for each task that ended with one; the run is exit 1 then, with all evidence kept
     */
    public record Collected(List<PopulationRow> populations, List<RuntimeException> defects) {
        public Collected {
            populations = List.copyOf(populations);
            defects = List.copyOf(defects);
        }

        public boolean whole() {
            return defects.isEmpty()
                    && populations.stream()
                            .allMatch(row -> row.completeness().verdict().whole());
        }
    }

    /**
     * Reads what is not read yet and writes the verdicts.
     *
     * @throws TickmarkException FIX_FIRST where the run was interrupted or the disk is full; it can be resumed
     */
    public Collected collect(List<Task> tasks) {
        Publication.sweep(run);
        List<Journal.Entry> before = Journal.read(run);
        try (JournalKeeper journal = new JournalKeeper(run, clock)) {
            boolean begun = before.stream().anyMatch(entry -> entry.event() == Journal.Event.RUN_STARTED);
            journal.append(begun ? Journal.Event.RUN_RESUMED : Journal.Event.RUN_STARTED, Map.of(), "");
            try {
                return collect(tasks, before, journal);
            } catch (RuntimeException e) {
                String note = e instanceof TickmarkException known ? known.problem() : "ended with a defect";
                journal.append(Journal.Event.RUN_FAILED, Map.of(), note);
                throw e;
            } finally {
                deleteScratch();
            }
        }
    }

    private Collected collect(List<Task> tasks, List<Journal.Entry> before, JournalKeeper journal) {
        new RunsLog(out, tables).write(run, facts, null);
        List<Task> open = new ArrayList<>();
        for (Task task : tasks) {
            if (!isDone(task, before)) {
                open.add(task);
            }
        }
        progress.tasks(tasks.size(), tasks.size() - open.size());
        List<RuntimeException> defects = new ArrayList<>(readAll(open, 1, journal));
        Evaluation evaluation = new Equations(tables).evaluate(run);
        List<Task> again = tasks.stream()
                .filter(task -> evaluation.readAgain().contains(task.name()) && origin.has(task, SECOND))
                .toList();
        defects.addAll(readAll(again, SECOND, journal));
        Evaluation counts = again.isEmpty() ? evaluation : new Equations(tables).evaluate(run);
        CsvFacts written = new CompletenessTable(tables).write(run, counts.rows());
        journal.append(Journal.Event.COLLECT_DONE, Map.of(run.relative(run.completeness()), written.sha256()), "");
        new RunsLog(out, tables).write(run, facts, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return new Collected(counts.rows(), defects);
    }

    /** Reads tasks side by side; gives the defects in the order of the tasks. */
    private List<RuntimeException> readAll(List<Task> tasks, int attempt, JournalKeeper journal) {
        List<RuntimeException> defects = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads), work -> {
            Thread thread = new Thread(work, "tickmark-task");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<@Nullable RuntimeException>> running = new ArrayList<>();
            for (Task task : tasks) {
                running.add(pool.submit(() -> read(task, attempt, journal)));
            }
            for (Future<@Nullable RuntimeException> future : running) {
                RuntimeException defect = future.get();
                if (defect != null) {
                    defects.add(defect);
                }
            }
            return defects;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Stopped) {
                throw stopped(e);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            end(pool);
        }
    }

    private @Nullable RuntimeException read(Task task, int attempt, JournalKeeper journal) {
        journal.append(Journal.Event.TASK_STARTED, task.name(), attempt, Map.of(), "");
        progress.began(task, attempt);
        Path target = run.task(task.scope(), task.collector().source().name(), attempt);
        Path scratch = run.scratch().resolve(task.scope().id() + "-" + target.getFileName());
        TaskRun.Read read;
        try (Publication publication = new Publication(run, target)) {
            read = reader.read(task, attempt, origin, publication.folder(), scratch);
            journal.append(Journal.Event.TASK_DONE, task.name(), attempt, publication.publish(), "");
        } catch (TickmarkException | Stopped e) {
            String note = e instanceof TickmarkException known ? known.problem() : "stopped";
            journal.append(Journal.Event.TASK_FAILED, task.name(), attempt, Map.of(), note);
            throw e;
        }
        RuntimeException defect = read.defect();
        if (defect == null) {
            progress.done(task, attempt, read.evidence());
        } else {
            String note = "a defect of tickmark: " + defect.getClass().getSimpleName();
            journal.append(Journal.Event.TASK_FAILED, task.name(), attempt, Map.of(), note);
            progress.failed(task, attempt, defect);
        }
        return defect;
    }

    private boolean isDone(Task task, List<Journal.Entry> journal) {
        Map<String, String> digests = new TreeMap<>();
        for (Journal.Entry entry : journal) {
            if (entry.task().equals(task.name()) && entry.attempt() == 1) {
                digests.clear();
                if (entry.event() == Journal.Event.TASK_DONE) {
                    digests.putAll(entry.files());
                }
            }
        }
        for (Map.Entry<String, String> digest : digests.entrySet()) {
            Path file = run.resolve(digest.getKey());
            if (!Files.isRegularFile(file) || !Disk.sha256(file).equals(digest.getValue())) {
                return false;
            }
        }
        if (digests.isEmpty()) {
            return false;
        }
        Evidence evidence =
                Evidence.read(run.task(task.scope(), task.collector().source().name(), 1));
        return evidence.tables().stream()
                .allMatch(table -> table.completeness().verdict().whole());
    }

    private void deleteScratch() {
        try {
            Disk.deleteTree(run.scratch());
        } catch (IOException e) {
            throw Disk.unwritable(run.scratch(), e);
        }
    }

    /** Waits until no task writes any more: the caller may delete or read the folder next. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static TickmarkException stopped(Exception cause) {
        return new TickmarkException(
                TickmarkException.Kind.FIX_FIRST,
                "The run was stopped before everything was read.",
                "Repeat the command with --resume: what was published is kept.",
                cause);
    }
}
