package dev.tickmark.evidence.seal;

import dev.tickmark.evidence.TickmarkException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A hidden folder beside the package where it is made; gone when closed, whatever happened. */
final class Workplace implements Closeable {
    private final Path folder;
    private final Path target;

    /** Clears what an interrupted attempt at the same package left behind. */
    Workplace(Path target) throws IOException {
        this.target = target;
        this.folder = target.resolveSibling("." + target.getFileName() + ".tmp");
        delete();
        Files.createDirectories(folder);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Gives a finished file the package's name, in one step. */
    void publish(Path file, CopyOption... options) throws IOException {
        Files.move(file, target, options);
        syncFolder();
    }

    /** The same, in the place of an older state of the package. */
    void replace(Path file) throws IOException {
        publish(file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void syncFolder() throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent != null
                && target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete();
    }

    private void delete() throws IOException {
        if (Files.exists(folder)) {
            List<Path> found;
            try (Stream<Path> walk = Files.walk(folder)) {
                found = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : found) {
                Files.delete(path);
            }
        }
    }

    static TickmarkException failed(Path target, IOException cause) {
        return new TickmarkException(
                TickmarkException.Kind.FIX_FIRST,
                "The package '" + target + "' could not be made: " + cause.getMessage() + ".",
                "Check that the folder is writable and the disk has room; nothing half-written was left there.",
                cause);
    }
}
