package dev.tickmark.evidence.run;

import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Where everything is written, {@code --out}: {@code runs/}, {@code packages/} and the lock. */
public record OutputFolder(Path root) {
    private static final int TRIES = 32;

    public Path runs() {
        return root.resolve("runs");
    }

    public Path packages() {
        return root.resolve("packages");
    }

    public Path lock() {
        return root.resolve(".tickmark.lock");
    }

    /**
     * Makes the folder of a new run; its name is the run's id.
     *
     * @param random gives the four hex digits after the time, of which only the lowest 16 bits are used
     */
    public RunFolder newRun(Clock clock, IntSupplier random) {
        try {
            Files.createDirectories(runs());
            for (int i = 0; i < TRIES; i++) {
                Path folder = runs().resolve(RunFolder.id(clock.instant(), random.getAsInt()));
                if (made(folder)) {
                    Disk.syncFolder(runs());
                    return new RunFolder(folder);
                }
            }
        } catch (IOException e) {
            throw Disk.unwritable(runs(), e);
        }
        throw new IllegalStateException("the random source gave " + TRIES + " ids that exist already");
    }

    private static boolean made(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false; // the same second and the same digits: draw again
        }
    }

    /** Every run that began here, the oldest first. */
    public List<RunFolder> allRuns() {
        if (!Files.isDirectory(runs())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs())) {
            return folders.filter(folder -> RunFolder.isId(folder.getFileName().toString()))
                    .filter(Files::isDirectory)
                    .sorted()
                    .map(RunFolder::new)
                    .toList();
        } catch (IOException e) {
            throw Disk.unreadable(runs(), e);
        }
    }
}
