package dev.tickmark.collect.run;

import dev.tickmark.evidence.run.Journal;
import dev.tickmark.evidence.run.RunFolder;
import java.io.Closeable;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes the journal on a thread that nobody interrupts: an interrupt would close the file under every other task, just
 * when the journal has to say that the run was stopped.
 */
final class JournalKeeper implements Closeable {
    private final Journal journal;
    private final ExecutorService thread;

    JournalKeeper(RunFolder run, Clock clock) {
        this.journal = new Journal(run, clock);
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread writer = new Thread(work, "tickmark-journal");
            writer.setDaemon(true);
            return writer;
        });
    }

    void append(Journal.Event event, Map<String, String> files, String note) {
        append(event, "", 0, files, note);
    }

    void append(Journal.Event event, String task, int attempt, Map<String, String> files, String note) {
        Future<?> written = thread.submit(() -> journal.append(event, task, attempt, files, note));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    written.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        journal.close();
    }
}
