package dev.tickmark.evidence.run;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the organisation declares beside its configuration, copied byte for byte into {@code 1-evidence/declared} before
 * anything is read. Every later step reads the copies, so that a run is assessed by what it began with.
 */
public final class Declarations {
    /** The folder below {@code 1-evidence}; no scope has this id. */
    public static final String FOLDER = "declared";

    private final SortedMap<String, Copy> copies = new TreeMap<>();

    private interface Copy {
        void to(Path target) throws IOException;
    }

    /**
     * Adds a file that was read.
     *
     * @param path below {@code declared}, with {@code /}, in characters that a package allows
     */
    public Declarations add(String path, byte[] bytes) {
        byte[] own = bytes.clone();
        copies.put(path, target -> Files.write(target, own));
        return this;
    }

    /**
     * Adds a file that may be large.
     *
     * @param sha256 the digest that it had when it was checked; another one at the copy is refused
     */
    public Declarations add(String path, Path file, String sha256) {
        copies.put(path, target -> {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            if (!Disk.sha256(target).equals(sha256)) {
                throw TickmarkException.fixFirst(
                        "'" + file + "' was changed while it was copied into the run.",
                        "Let no one write to it, and run again.");
            }
        });
        return this;
    }

    /**
     * Copies everything into the run, all or nothing, and lets the journal say the digests; a run that has its copies
     * already is left as it is. The caller holds the {@link OutputLock}.
     */
    public void freeze(RunFolder run, Clock clock) {
        if (frozen(run)) {
            return;
        }
        if (copies.isEmpty()) {
            journal(run, clock, Map.of());
            return;
        }
        try (Publication publication = new Publication(run, folder(run))) {
            for (var copy : copies.entrySet()) {
                Path target = publication.folder().resolve(copy.getKey());
                Files.createDirectories(target.getParent());
                copy.getValue().to(target);
            }
            journal(run, clock, publication.publish());
        } catch (IOException e) {
            throw Disk.unwritable(folder(run), e);
        }
    }

    private static void journal(RunFolder run, Clock clock, Map<String, String> digests) {
        try (Journal journal = new Journal(run, clock)) {
            journal.append(Journal.Event.DECLARED, digests, "");
        }
    }

    /** Where the copies are; there is no such folder in a run that was begun before there were any. */
    public static Path folder(RunFolder run) {
        return run.evidence().resolve(FOLDER);
    }

    /** Whether the run has its copies, though they may be none. */
    public static boolean frozen(RunFolder run) {
        return Journal.read(run).stream().anyMatch(entry -> entry.event() == Journal.Event.DECLARED);
    }
}
