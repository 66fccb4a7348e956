package dev.tickmark.collect.run;

import dev.tickmark.collect.FailureReader;
import dev.tickmark.collect.Source;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Accuracy;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.warc.Recording;
import dev.tickmark.evidence.warc.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one attempt of one task into a folder: recording, populations and {@code evidence.json}. */
public final class TaskRun {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final Tables tables;
    private final List<FailureReader> failures;
    private final Clock clock;

    /** @param clock tells the time only where a task exchanged nothing */
    public TaskRun(Tables tables, List<FailureReader> failures, Clock clock) {
        this.tables = tables;
        this.failures = List.copyOf(failures);
        this.clock = clock;
    }

    /**
     * What was read.
     *
     * @param evidence as it stands in {@code evidence.json}
     * @param defect of ours that ended the read; null where there was none
     */
    public record Read(Evidence evidence, @Nullable RuntimeException defect) {}

    /**
     * Fills an empty folder.
     *
     * <p>Everything in it but the recording is a pure function of the recording, the collector and the tables.
     *
     * <p>A collector that ends with a defect leaves its unfinished populations as not read.
     */
    public Read read(Task task, int attempt, Origin origin, Path folder, Path scratch) {
        Source source = task.collector().source();
        List<PopulationFacts> populations;
        TaskEvidence evidence;
        RuntimeException defect = null;
        Instant before = clock.instant();
        try (Origin.Reading reading = origin.begin(task, attempt, folder, scratch)) {
            TaskConnections connections = reading.connections();
            evidence = new TaskEvidence(
                    source, task.scope(), tables, folder, scratch, failures, connections::firstExchange);
            try {
                task.collector().collect(task.scope(), connections, evidence);
                populations = evidence.finish();
            } catch (TickmarkException | Stopped e) {
                throw e;
            } catch (RuntimeException e) {
                defect = e;
                populations = evidence.abandon();
            }
        } catch (IOException e) {
            throw Disk.unwritable(folder, e);
        }
        return new Read(write(task, source, populations, evidence, folder, before), defect);
    }

    private Evidence write(
            Task task,
            Source source,
            List<PopulationFacts> populations,
            TaskEvidence written,
            Path folder,
            Instant before) {
        Path file = folder.resolve(Origin.RECORDING);
        Recording recording = RecordingReader.read(file).requireWhole();
        Optional<Long> offset = Calls.clockOffsetMs(recording);
        String caller = recording.facts().getOrDefault(LiveOrigin.CALLER, "");
        List<Evidence.Table> evidenceTables = new ArrayList<>();
        for (PopulationFacts population : populations) {
            evidenceTables.add(table(source, population, inTime(population.completeness(), offset)));
        }
        Evidence evidence = new Evidence(
                source.name(),
                source.version(),
                task.scope(),
                caller.isBlank() ? null : caller,
                Calls.first(recording).orElse(before).truncatedTo(ChronoUnit.SECONDS),
                Calls.last(recording).orElse(before).truncatedTo(ChronoUnit.SECONDS),
                offset.orElse(null),
                Calls.operations(recording),
                Calls.cutFields(recording),
                new Evidence.Recording(Origin.RECORDING, Disk.sha256(file), recording.records()),
                evidenceTables,
                written.counts());
        evidence.write(folder);
        return evidence;
    }

    private static Evidence.Table table(Source source, PopulationFacts population, Completeness completeness) {
        Accuracy accuracy = new Accuracy(
                population.records(),
                completeness.rows(),
                population.leftOut(),
                source.name() + " " + source.version(),
                population.conversions(),
                population.traces().entrySet().stream()
                        .map(trace -> new Accuracy.Trace(trace.getKey(), trace.getValue()))
                        .toList());
        return new Evidence.Table(
                population.table().name(),
                population.table().version(),
                completeness,
                population.asOf(),
                accuracy,
                population.sha256());
    }

    /** With a clock that is off, no age that a test measures can be relied on. */
    private static Completeness inTime(Completeness found, Optional<Long> offsetMs) {
        if (!found.verdict().whole() || offsetMs.isEmpty() || Math.abs(offsetMs.get()) <= CLOCK_TOLERANCE.toMillis()) {
            return found;
        }
        long minutes = Math.abs(offsetMs.get()) / Duration.ofMinutes(1).toMillis();
        String way = offsetMs.get() > 0 ? "ahead of" : "behind";
        return new Completeness(
                Verdict.STALE,
                found.basis(),
                found.rows(),
                found.pages(),
                "the source's clock is " + minutes + " minutes " + way + " this machine's",
                "Set this machine's clock by a time server and collect again.",
                null);
    }
}
