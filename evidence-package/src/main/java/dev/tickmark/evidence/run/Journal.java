package dev.tickmark.evidence.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened in a run, one line of JSON each, only ever appended and forced to disk line by line; {@code --resume}
 * reads it, and so does the check before sealing.
 *
 * <p>Safe for several threads. A last line without its line feed is what a killed run was writing: readers leave it
 * out, and the next writer cuts it off.
 */
public final class Journal implements Closeable {
    private static final int LARGEST = 256 * 1024 * 1024;

    /** What a line says. */
    public enum Event {
        /** What the organisation declares was copied into the run. */
        DECLARED,
        RUN_STARTED,
        RUN_RESUMED,
        TASK_STARTED,
        TASK_DONE,
        TASK_FAILED,
        COLLECT_DONE,
        ASSESS_DONE,
        REPORT_DONE,
        /** The run is to be sealed when its report is there: without a package it was stopped before. */
        SEAL_STARTED,
        RUN_FAILED
    }

    /**
     * One line.
     *
     * @param at in whole seconds
     * @param task {@code <scope id>/<collector>}; empty where the event is of the whole run
     * @param attempt of the task, from 1; 0 where the event is of the whole run
     * @param files path in the run to SHA-256, sorted by path
     * @param note why, where something failed; else empty
     */
    public record Entry(Instant at, Event event, String task, int attempt, Map<String, String> files, String note) {
        public Entry {
            files = Collections.unmodifiableMap(new TreeMap<>(files));
        }
    }

    private final Path file;
    private final Clock clock;
    private final FileChannel channel;

    /** Opens a run's journal to append to it; makes it where the run has none yet. */
    public Journal(RunFolder run, Clock clock) {
        this.file = run.journal();
        this.clock = clock;
        try {
            boolean made = !Files.exists(file);
            this.channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (made) {
                Disk.syncFolder(run.root());
            }
            channel.truncate(wholeLines(file));
            channel.position(channel.size());
        } catch (IOException e) {
            throw Disk.unwritable(file, e);
        }
    }

    /** Appends an event of the whole run. */
    public void append(Event event, Map<String, String> files, String note) {
        append(event, "", 0, files, note);
    }

    /** Appends an event of a task. */
    public synchronized void append(Event event, String task, int attempt, Map<String, String> files, String note) {
        ObjectNode line = Json.object();
        line.put("at", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        line.put("event", event.name().toLowerCase(Locale.ROOT));
        line.put("task", task);
        line.put("attempt", attempt);
        ObjectNode digests = line.putObject("files");
        new TreeMap<>(files).forEach(digests::put);
        line.put("note", note);
        try {
            Disk.writeFully(channel, (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
            channel.force(true);
        } catch (IOException e) {
            throw Disk.unwritable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Disk.unwritable(file, e);
        }
    }

    /** Every whole line; none where the run has no journal yet. */
    public static List<Entry> read(RunFolder run) {
        Path file = run.journal();
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw TickmarkException.notVerified(
                        "'" + file + "' is larger than " + LARGEST + " bytes, which no run writes.",
                        "Take the file from the run or package that it came from, unchanged.");
            }
            return read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    /**
     * Every whole line of these bytes.
     *
     * @param name what messages call the file
     */
    public static List<Entry> read(String name, byte[] bytes) {
        List<Entry> entries = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                String place = name + ", line " + (entries.size() + 1);
                entries.add(entry(Json.read(place, Arrays.copyOfRange(bytes, start, end))));
                start = end + 1;
            }
        }
        return entries;
    }

    /** The digests that files have by the last word of this journal: an event said again replaces what it said before. */
    public static Map<String, String> digests(List<Entry> entries) {
        Map<String, Map<String, String>> byOccasion = new HashMap<>();
        for (Entry entry : entries) {
            byOccasion.put(entry.event() + " " + entry.task() + " " + entry.attempt(), entry.files());
        }
        Map<String, String> digests = new TreeMap<>();
        for (Entry entry : entries) {
            String occasion = entry.event() + " " + entry.task() + " " + entry.attempt();
            if (entry.files().equals(byOccasion.get(occasion))) {
                digests.putAll(entry.files());
            }
        }
        return digests;
    }

    private static Entry entry(JsonObject line) {
        String name = line.text("event").toUpperCase(Locale.ROOT);
        for (Event event : Event.values()) {
            if (event.name().equals(name)) {
                return new Entry(
                        line.instant("at"),
                        event,
                        line.text("task"),
                        line.small("attempt"),
                        line.textMap("files"),
                        line.text("note"));
            }
        }
        throw line.wrong("event", "an event of a run");
    }

    private static long wholeLines(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            for (long at = in.size(); at > 0; at--) {
                one.clear();
                in.read(one, at - 1);
                if (one.get(0) == '\n') {
                    return at;
                }
            }
            return 0;
        }
    }
}
