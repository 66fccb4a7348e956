package dev.tickmark.cli;

import dev.tickmark.collect.run.Progress;
import dev.tickmark.collect.run.Task;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.run.Evidence;
import java.util.concurrent.atomic.AtomicInteger;

/** Says on stderr what a collection is at, a line for each task that ends. */
final class TerminalProgress implements Progress {
    private final Console console;
    private final AtomicInteger done = new AtomicInteger();
    private volatile int all;

    TerminalProgress(Console console) {
        this.console = console;
    }

    @Override
    public void tasks(int all, int doneBefore) {
        this.all = all;
        done.set(doneBefore);
        if (doneBefore > 0) {
            console.progress("Resuming: " + doneBefore + " of " + all + " tasks are already published.");
        }
    }

    @Override
    public void began(Task task, int attempt) {
        if (attempt > 1) {
            console.progress("Reading " + task.name() + " again, because a count did not agree");
        }
    }

    @Override
    public void done(Task task, int attempt, Evidence evidence) {
        int number = attempt == 1 ? done.incrementAndGet() : done.get();
        long rows = 0;
        int notWhole = 0;
        for (Evidence.Table table : evidence.tables()) {
            Completeness completeness = table.completeness();
            rows += completeness.rows();
            notWhole += completeness.verdict().whole() ? 0 : 1;
        }
        console.progress("[" + number + "/" + all + "] " + task.name() + ": " + rows + " rows"
                + (notWhole == 0
                        ? ""
                        : ", " + notWhole + " of " + evidence.tables().size() + " tables not whole"));
    }

    @Override
    public void failed(Task task, int attempt, RuntimeException defect) {
        console.warning(task.name() + " ended with a defect of Tickmark ("
                + defect.getClass().getSimpleName() + "). Its tables count as not read.");
    }
}
