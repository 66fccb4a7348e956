package dev.tickmark.collect.run;

import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.FailureReader;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.Shortfall;
import dev.tickmark.collect.Source;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Writes what one attempt of one task reads into a folder. The one place where the exception of a source becomes a
 * completeness; an exception that no {@link FailureReader} knows is a defect and goes through.
 */
public final class TaskEvidence implements EvidenceWriter {
    private final Source source;
    private final Scope scope;
    private final Tables tables;
    private final Path folder;
    private final Path scratch;
    private final List<FailureReader> failures;
    private final Supplier<Optional<Instant>> firstExchange;
    private final Map<String, PopulationFacts> populations = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * Begins an attempt.
     *
     * @param folder where the files go; it exists
     * @param scratch for what memory does not hold
     * @param firstExchange when the task's first exchange began, once there was one
     */
    public TaskEvidence(
            Source source,
            Scope scope,
            Tables tables,
            Path folder,
            Path scratch,
            List<FailureReader> failures,
            Supplier<Optional<Instant>> firstExchange) {
        this.source = source;
        this.scope = scope;
        this.tables = tables;
        this.folder = folder;
        this.scratch = scratch;
        this.failures = List.copyOf(failures);
        this.firstExchange = firstExchange;
    }

    @Override
    public void populations(List<String> names, Consumer<Function<String, PopulationWriter>> read) {
        Map<String, PopulationFile> files = new LinkedHashMap<>();
        try {
            for (String name : names) {
                if (!source.tables().contains(name) || populations.containsKey(name) || files.containsKey(name)) {
                    throw new IllegalStateException(source.name() + " reads " + name + " twice, or unannounced");
                }
                files.put(name, open(name));
            }
            try {
                read.accept(name -> {
                    PopulationFile file = files.get(name);
                    if (file == null) {
                        throw new IllegalArgumentException(name + " is not one of " + names);
                    }
                    return file;
                });
            } catch (RuntimeException e) {
                Shortfall shortfall = shortfall(e);
                files.values().forEach(file -> file.ended(shortfall));
            }
            files.forEach((name, file) -> populations.put(name, file.finish()));
        } finally {
            files.values().forEach(PopulationFile::close);
        }
    }

    @Override
    public void count(String name, long number) {
        counts.put(name, number);
    }

    /** Every population of the source, by table, once its collector has returned. */
    public List<PopulationFacts> finish() {
        for (String table : source.tables()) {
            if (!populations.containsKey(table)) {
                throw new IllegalStateException(source.name() + " did not read " + table);
            }
        }
        return List.copyOf(populations.values());
    }

    /** Writes every population that was not finished as one that was not read: the collector ended with a defect. */
    List<PopulationFacts> abandon() {
        for (String name : source.tables()) {
            if (!populations.containsKey(name)) {
                PopulationFacts.files(name).forEach(file -> delete(folder.resolve(file)));
                try (PopulationFile file = open(name)) {
                    file.ended(new Shortfall(
                            Verdict.UNREACHABLE,
                            "the read ended with a defect of tickmark",
                            "Report it with what --stacktrace prints, and repeat the command with --resume."));
                    populations.put(name, file.finish());
                }
            }
        }
        return finish();
    }

    private PopulationFile open(String name) {
        return new PopulationFile(tables.table(name), scope, folder, scratch, firstExchange, this::shortfall);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Disk.unwritable(file, e);
        }
    }

    /** The numbers that the source stated. */
    public Map<String, Long> counts() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    private Shortfall shortfall(RuntimeException e) {
        if (e instanceof TickmarkException || e instanceof Stopped) {
            throw e;
        }
        if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            throw new Stopped(e);
        }
        for (FailureReader reader : failures) {
            Optional<Shortfall> shortfall = reader.read(e, source);
            if (shortfall.isPresent()) {
                return shortfall.get();
            }
        }
        throw e;
    }
}
