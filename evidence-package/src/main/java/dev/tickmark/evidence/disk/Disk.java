package dev.tickmark.evidence.disk;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What every writer of files needs: whole files, forced folders, digests, and a refusing disk put into words. */
public final class Disk {
    /** Begins the name of everything that is not yet published; such leftovers may be deleted at any time. */
    public static final String UNPUBLISHED = ".tmp-";

    private static final int BUFFER = 64 * 1024;

    private Disk() {}

    /**
     * Writes a file whole or not at all: beside the target, forced to disk, then renamed over it.
     *
     * @throws TickmarkException of kind FIX_FIRST where the disk refuses; the target is then as it was
     */
    public static void writeWhole(Path target, byte[] bytes) {
        Path unpublished = target.resolveSibling(UNPUBLISHED + target.getFileName());
        try {
            try (FileChannel channel = FileChannel.open(
                    unpublished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                writeFully(channel, bytes);
                channel.force(true);
            }
            replace(unpublished, target);
        } catch (IOException e) {
            deleteQuietly(unpublished, e);
            throw unwritable(target, e);
        }
    }

    /** Renames a finished file over its target and forces the folder, so that the name survives a crash too. */
    public static void replace(Path unpublished, Path target) throws IOException {
        Files.move(unpublished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folderOf(target));
    }

    /** Writes all of the bytes; a channel may take fewer at a time. */
    public static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Forces a file's bytes to disk. */
    public static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Forces a folder's names to disk; Windows does so by itself and refuses to open a folder. */
    public static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The SHA-256 of a file's bytes, in lower-case hex. */
    public static String sha256(Path file) {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return hex(digest);
    }

    /** The SHA-256 of the bytes, in lower-case hex. */
    public static String sha256(byte[] bytes) {
        MessageDigest digest = sha256();
        digest.update(bytes);
        return hex(digest);
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Ends the digest, in lower-case hex. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Deletes a folder with all that is in it, or a file; links are removed, not followed. */
    public static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Says what the disk refused and what to do: space, permission, a missing folder. */
    public static TickmarkException unwritable(Path file, IOException cause) {
        String why = reason(cause);
        String remedy = "Put this right, then give the same command again.";
        if (why.contains("space") || why.contains("quota")) {
            remedy = "Free space there or choose another folder with --out, then give the same command again.";
        } else if (cause instanceof AccessDeniedException || why.contains("ead-only") || why.contains("permitted")) {
            remedy = "Allow this user to write there or choose another folder with --out.";
        }
        return new TickmarkException(
                TickmarkException.Kind.FIX_FIRST, "'" + file + "' could not be written: " + why + ".", remedy, cause);
    }

    /** Says which file could not be read. */
    public static TickmarkException unreadable(Path file, IOException cause) {
        return new TickmarkException(
                TickmarkException.Kind.FIX_FIRST,
                "'" + file + "' could not be read: " + reason(cause) + ".",
                "Check that the file is there and that this user may read it.",
                cause);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        String text =
                e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
        return text == null || text.isBlank() ? "input or output error" : text;
    }

    private static void deleteQuietly(Path file, IOException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no folder");
        }
        return parent;
    }
}
