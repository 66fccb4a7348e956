package dev.tickmark.collect.run;

import dev.tickmark.collect.Collector;
import dev.tickmark.collect.FailureReader;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.table.Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Performs a published task again: from its recording to the same bytes, by the collector that made it. */
public final class Replay {
    private final TaskRun reader;

    public Replay(Tables tables, List<FailureReader> failures, Clock clock) {
        this.reader = new TaskRun(tables, failures, clock);
    }

    /**
     * What a replay gave.
     *
     * @param evidence as the new {@code evidence.json} has it
     * @param unanswered requests that the recording does not answer: another version of the collector asks otherwise
     */
    public record Replayed(Evidence evidence, List<String> unanswered) {
        public Replayed {
            unanswered = List.copyOf(unanswered);
        }
    }

    /** Whether this is the collector, in the version, that made the evidence: only then must the bytes be equal. */
    public static boolean sameCollector(Evidence made, Collector collector) {
        return made.collector().equals(collector.source().name())
                && made.collectorVersion() == collector.source().version();
    }

    /**
     * Fills an empty folder with recording, populations and {@code evidence.json}.
     *
     * @param recording {@code raw.warc.gz} of the task, whole
     * @param made the task's {@code evidence.json}, for the scope
     * @param scratch for what memory does not hold
     */
    public Replayed task(Path recording, Evidence made, Collector collector, Path folder, Path scratch) {
        ReplayOrigin origin = new ReplayOrigin((task, attempt) -> Optional.of(recording));
        TaskRun.Read read = reader.read(new Task(collector, made.scope()), 1, origin, folder, scratch);
        return new Replayed(read.evidence(), origin.unanswered());
    }
}
