package dev.tickmark.catalog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.csv.CsvLines;
import dev.tickmark.evidence.csv.CsvWriter;
import dev.tickmark.evidence.disk.Disk;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Findings on their way to the CSV: the lines of each control lie sorted in a file of their own, so that memory does not
 * grow with them and controls can be assessed side by side; at the end the files are merged.
 */
final class FindingStore {
    private static final int BUFFER = 1 << 16;
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::scopeId, Utf8Order::compare)
            .thenComparing(Finding::rowKey, Utf8Order::compare)
            .thenComparing(Finding::testId, Utf8Order::compare)
            .thenComparing(each -> each.outcome().name())
            .thenComparing(Finding::reason, Utf8Order::compare)
            .thenComparing(Finding::observation, Utf8Order::compare)
            .thenComparing(Finding::acceptanceId, Utf8Order::compare);

    private final Path folder;
    private final CsvLines lines = new CsvLines("findings", Finding.COLUMNS);
    private final List<Path> files = Collections.synchronizedList(new ArrayList<>());

    FindingStore(Path scratch) {
        this.folder = scratch.resolve("findings");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Disk.unwritable(folder, e);
        }
    }

    /** Where one control's findings go. */
    OfControl of(String controlId) {
        return new OfControl(controlId);
    }

    /**
     * How often each outcome stands among a control's findings, and in how many scopes.
     *
     * @param scopesIncomplete scopes in which evidence of the control was not whole
     */
    record Tally(Map<Outcome, Long> outcomes, long scopes, long scopesIncomplete) {
        Tally {
            outcomes = new EnumMap<>(outcomes);
        }

        /** Of a control without findings. */
        static Tally none() {
            return new Tally(new EnumMap<>(Outcome.class), 0, 0);
        }

        long count(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0L);
        }

        long items() {
            return outcomes.values().stream().mapToLong(Long::longValue).sum();
        }

        /** The worst outcome; a control without any finding was not evaluated. */
        Outcome worst() {
            for (Outcome outcome : Outcome.values()) {
                if (count(outcome) > 0) {
                    return outcome;
                }
            }
            return Outcome.NOT_EVALUATED;
        }
    }

    /** The findings of one control. Those that come in their order are written at once, others at the end. */
    final class OfControl implements Closeable {
        private final String controlId;
        private final List<Finding> loose = new ArrayList<>();
        private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        private final Set<String> scopes = new TreeSet<>();
        private final Set<String> incomplete = new TreeSet<>();
        private @Nullable DataOutputStream out;
        private @Nullable Finding last;

        private OfControl(String controlId) {
            this.controlId = controlId;
        }

        void add(Finding finding) {
            outcomes.merge(finding.outcome(), 1L, Long::sum);
            if (last == null || !last.scopeId().equals(finding.scopeId())) {
                scopes.add(finding.scopeId());
            }
            if (finding.outcome() == Outcome.NOT_EVALUATED && finding.rowKey().startsWith(Population.marker(""))) {
                incomplete.add(finding.scopeId());
            }
            if (last != null && ORDER.compare(last, finding) > 0) {
                loose.add(finding);
                return;
            }
            last = finding;
            try {
                if (out == null) {
                    out = open(sorted());
                }
                write(out, finding);
            } catch (IOException e) {
                throw Disk.unwritable(folder, e);
            }
        }

        /** Takes back everything that was said so far. */
        void forget() {
            close();
            try {
                Files.deleteIfExists(sorted());
            } catch (IOException e) {
                throw Disk.unwritable(sorted(), e);
            }
            loose.clear();
            outcomes.clear();
            scopes.clear();
            incomplete.clear();
            last = null;
        }

        /** Ends the control's findings and counts them. */
        Tally finish() {
            close();
            if (Files.exists(sorted())) {
                files.add(sorted());
            }
            if (!loose.isEmpty()) {
                Path file = folder.resolve(controlId + ".loose");
                loose.sort(ORDER);
                try (DataOutputStream to = open(file)) {
                    for (Finding finding : loose) {
                        write(to, finding);
                    }
                } catch (IOException e) {
                    throw Disk.unwritable(file, e);
                }
                files.add(file);
                loose.clear();
            }
            return new Tally(outcomes, scopes.size(), incomplete.size());
        }

        private Path sorted() {
            return folder.resolve(controlId + ".sorted");
        }

        @Override
        public void close() {
            try {
                if (out != null) {
                    out.close();
                    out = null;
                }
            } catch (IOException e) {
                throw Disk.unwritable(folder, e);
            }
        }
    }

    private static DataOutputStream open(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    }

    private void write(DataOutputStream out, Finding finding) throws IOException {
        byte[] line = lines.of(List.of(
                finding.controlId(),
                finding.testId(),
                String.valueOf(finding.testVersion()),
                finding.mainTable(),
                finding.scopeId(),
                finding.accountId(),
                finding.region(),
                finding.rowKey(),
                finding.outcome().name(),
                finding.reason(),
                finding.observation(),
                finding.acceptanceId()));
        write(out, finding.scopeId().getBytes(UTF_8));
        write(out, finding.rowKey().getBytes(UTF_8));
        write(out, finding.testId().getBytes(UTF_8));
        write(out, line);
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** One file that is being merged: its next line and that line's place. */
    private static final class Source implements Closeable {
        private final DataInputStream in;
        private byte[] scope = {};
        private byte[] key = {};
        private byte[] test = {};
        private byte[] line = {};

        Source(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        }

        boolean next() throws IOException {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException e) {
                return false;
            }
            scope = in.readNBytes(length);
            key = in.readNBytes(in.readInt());
            test = in.readNBytes(in.readInt());
            line = in.readNBytes(in.readInt());
            return true;
        }

        int compareTo(Source other) {
            int order = Arrays.compareUnsigned(scope, other.scope);
            if (order == 0) {
                order = Arrays.compareUnsigned(key, other.key);
            }
            if (order == 0) {
                order = Arrays.compareUnsigned(test, other.test);
            }
            // of one test in two files only where its loose findings meet its sorted ones, which differ in the line
            return order == 0 ? Arrays.compareUnsigned(line, other.line) : order;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Writes all findings, sorted by scope, key and test in UTF-8 byte order. */
    void write(Path file) {
        List<Source> open = new ArrayList<>();
        try (CsvWriter writer = new CsvWriter(file, "findings", Finding.COLUMNS)) {
            try {
                PriorityQueue<Source> queue = new PriorityQueue<>(Source::compareTo);
                for (Path each : files) {
                    Source source = new Source(each);
                    open.add(source);
                    if (source.next()) {
                        queue.add(source);
                    }
                }
                for (Source first = queue.poll(); first != null; first = queue.poll()) {
                    writer.line(first.line);
                    if (first.next()) {
                        queue.add(first);
                    }
                }
                writer.finish();
            } finally {
                for (Source source : open) {
                    source.close();
                }
            }
        } catch (IOException e) {
            throw Disk.unwritable(file, e);
        }
    }
}
