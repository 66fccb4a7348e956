package dev.tickmark.evidence.csv;

import dev.tickmark.evidence.disk.Disk;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts pairs of key and value by the key's unsigned bytes, which for UTF-8 is the order of code points. Pairs with the
 * same key keep the order in which they came.
 *
 * <p>Holds at most some megabytes; more goes to files in the scratch folder, of which at most {@value #WIDEST} are
 * merged at once.
 */
public final class MergeSort implements Closeable {
    /** Takes each pair, in order. */
    @FunctionalInterface
    public interface Sink {
        void accept(byte[] key, byte[] value);
    }

    private static final int HELD_BYTES = 16 * 1024 * 1024;
    private static final int OVERHEAD = 80; // two arrays, the pair and its place in the list
    private static final int WIDEST = 32;
    private static final Comparator<Pair> BY_KEY = (a, b) -> Arrays.compareUnsigned(a.key, b.key);

    private final Path scratch;
    private final int limit;
    private final List<Pair> held = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private @Nullable Path folder;
    private long heldBytes;
    private int made;

    /** Sorts with this folder for what memory does not hold; it is made on demand and left empty. */
    public MergeSort(Path scratch) {
        this(scratch, HELD_BYTES);
    }

    MergeSort(Path scratch, int limit) {
        this.scratch = scratch;
        this.limit = limit;
    }

    public void add(byte[] key, byte[] value) {
        held.add(new Pair(key, value));
        heldBytes += key.length + value.length + OVERHEAD;
        if (heldBytes > limit) {
            spill();
        }
    }

    /** Gives each pair once, in order; then nothing is left. */
    public void forEach(Sink sink) {
        if (runs.isEmpty()) {
            held.sort(BY_KEY);
            held.forEach(pair -> sink.accept(pair.key, pair.value));
            held.clear();
            return;
        }
        if (!held.isEmpty()) {
            spill();
        }
        while (runs.size() > WIDEST) {
            List<Path> oldest = List.copyOf(runs.subList(0, WIDEST));
            runs.subList(0, WIDEST).clear();
            Path merged = newRun();
            try (Run out = new Run(merged)) {
                merge(oldest, out::write);
            }
            runs.add(0, merged); // first again: pairs with the same key keep their order
        }
        merge(List.copyOf(runs), sink);
        runs.clear();
    }

    @Override
    public void close() {
        held.clear();
        runs.clear();
        if (folder != null) {
            try {
                Disk.deleteTree(folder);
            } catch (IOException e) {
                throw Disk.unwritable(folder, e);
            }
            folder = null;
        }
    }

    private void spill() {
        held.sort(BY_KEY);
        Path file = newRun();
        try (Run run = new Run(file)) {
            held.forEach(pair -> run.write(pair.key, pair.value));
        }
        runs.add(file);
        held.clear();
        heldBytes = 0;
    }

    private Path newRun() {
        try {
            if (folder == null) {
                Files.createDirectories(scratch);
                folder = Files.createTempDirectory(scratch, Disk.UNPUBLISHED + "sort-");
            }
            return folder.resolve("run-" + made++);
        } catch (IOException e) {
            throw Disk.unwritable(scratch, e);
        }
    }

    private static void merge(List<Path> files, Sink sink) {
        PriorityQueue<Cursor> next = new PriorityQueue<>(
                Comparator.comparing(Cursor::pair, BY_KEY).thenComparingInt(cursor -> cursor.index));
        List<Cursor> open = new ArrayList<>();
        try {
            for (Path file : files) {
                Cursor cursor = new Cursor(file, open.size());
                open.add(cursor);
                if (cursor.advance()) {
                    next.add(cursor);
                }
            }
            for (Cursor cursor = next.poll(); cursor != null; cursor = next.poll()) {
                sink.accept(cursor.pair().key, cursor.pair().value);
                if (cursor.advance()) {
                    next.add(cursor);
                }
            }
        } finally {
            open.forEach(Cursor::close);
        }
        for (Path file : files) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw Disk.unwritable(file, e);
            }
        }
    }

    private static final class Pair {
        private final byte[] key;
        private final byte[] value;

        private Pair(byte[] key, byte[] value) {
            this.key = key;
            this.value = value;
        }
    }

    /** A sorted run being written: length and bytes of key and value. */
    private static final class Run implements Closeable {
        private final Path file;
        private final DataOutputStream out;

        private Run(Path file) {
            this.file = file;
            try {
                this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024));
            } catch (IOException e) {
                throw Disk.unwritable(file, e);
            }
        }

        private void write(byte[] key, byte[] value) {
            try {
                out.writeInt(key.length);
                out.write(key);
                out.writeInt(value.length);
                out.write(value);
            } catch (IOException e) {
                throw Disk.unwritable(file, e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw Disk.unwritable(file, e);
            }
        }
    }

    /** A sorted run being read. */
    private static final class Cursor implements Closeable {
        private final Path file;
        private final int index;
        private final DataInputStream in;
        private @Nullable Pair pair;

        private Cursor(Path file, int index) {
            this.file = file;
            this.index = index;
            try {
                this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 64 * 1024));
            } catch (IOException e) {
                throw Disk.unreadable(file, e);
            }
        }

        private Pair pair() {
            if (pair == null) {
                throw new IllegalStateException("read past the end of " + file);
            }
            return pair;
        }

        private boolean advance() {
            try {
                in.mark(1);
                if (in.read() < 0) {
                    pair = null;
                    return false;
                }
                in.reset();
                byte[] key = in.readNBytes(in.readInt());
                byte[] value = in.readNBytes(in.readInt());
                pair = new Pair(key, value);
                return true;
            } catch (IOException e) {
                throw Disk.unreadable(file, e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw Disk.unreadable(file, e);
            }
        }
    }
}
