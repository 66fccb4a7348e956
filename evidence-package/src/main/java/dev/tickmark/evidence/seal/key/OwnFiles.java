package dev.tickmark.evidence.seal.key;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read (mode 0600 where the file system knows modes), written whole or not at all. */
final class OwnFiles {
    private OwnFiles() {}

    /** Refuses to replace what is there. */
    static void create(Path file, byte[] bytes) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder == null ? file : folder);
            write(file, bytes);
        } catch (FileAlreadyExistsException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "The file '" + file + "' is already there.",
                    "Choose another name: a key is never overwritten.",
                    e);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    static void replace(Path file, byte[] bytes) {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder == null ? file : folder);
            Files.deleteIfExists(temporary);
            write(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly(file))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static TickmarkException unwritable(Path file, IOException cause) {
        return new TickmarkException(
                TickmarkException.Kind.FIX_FIRST,
                "The file '" + file + "' could not be written.",
                "Check that its folder is writable and the disk has room.",
                cause);
    }
}
