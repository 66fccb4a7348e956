package dev.tickmark.evidence.verify;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/**
 * Reads every file of a container once, for its checksum and its SHA-256.
 *
 * <p>It goes on beside the other steps of a verification, two files at a time; of each, the next block is read and checked while the one before it is hashed.
 */
final class FileDigests implements Closeable {
    private static final int BLOCK = 1 << 20;
    private static final int WORKERS = 2;

    private final ExecutorService hashers = Executors.newFixedThreadPool(WORKERS);
    private final ExecutorService readers = Executors.newFixedThreadPool(WORKERS);
    private final Map<String, Future<FileDigest>> running = new TreeMap<>();

    private FileDigests() {}

    /** @param whole whether the container held all of the file's bytes */
    record FileDigest(String sha256, boolean crcMatches, boolean whole) {}

    /** Begins to read every file; the caller closes what is given before the container. */
    static FileDigests begin(SealedZip zip) {
        FileDigests digests = new FileDigests();
        List<String> names = new ArrayList<>(zip.names());
        // what the other steps wait for comes first, then the longest, so that both workers end together
        names.sort(Comparator.<String>comparingInt(name -> zip.size(name) <= BLOCK ? 0 : 1)
                .thenComparing(Comparator.<String>comparingLong(zip::size).reversed())
                .thenComparing(Comparator.naturalOrder()));
        for (String name : names) {
            SealedZip.Place place = zip.place(name);
            digests.running.put(name, digests.hashers.submit(() -> digest(zip, place, digests.readers)));
        }
        return digests;
    }

    /** The digest of a file, as soon as it was read to its end. */
    FileDigest of(String name) {
        Future<FileDigest> digest = running.get(name);
        if (digest == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return Waiting.on(digest);
    }

    @Override
    public void close() {
        hashers.shutdownNow();
        readers.shutdownNow();
    }

    private static FileDigest digest(SealedZip zip, SealedZip.Place place, ExecutorService readers) {
        MessageDigest sha256 = Sha256.digest();
        CRC32 crc = new CRC32();
        if (place.size() <= BLOCK) {
            byte[] bytes = new byte[(int) place.size()];
            int read = fill(zip, bytes, place.offset(), bytes.length, crc);
            sha256.update(bytes, 0, read);
            return result(sha256, crc, place, read);
        }
        byte[][] blocks = {new byte[BLOCK], new byte[BLOCK]};
        long done = 0;
        Future<Integer> next = readAhead(readers, zip, blocks[0], place, 0, crc);
        for (int turn = 0; ; turn = 1 - turn) {
            int read = Waiting.on(next);
            long after = done + read;
            boolean more = read > 0 && after < place.size();
            if (more) {
                next = readAhead(readers, zip, blocks[1 - turn], place, after, crc);
            }
            sha256.update(blocks[turn], 0, read);
            done = after;
            if (!more) {
                return result(sha256, crc, place, done);
            }
        }
    }

    private static FileDigest result(MessageDigest sha256, CRC32 crc, SealedZip.Place place, long read) {
        String hex = HexFormat.of().formatHex(sha256.digest());
        return new FileDigest(hex, crc.getValue() == place.crc(), read == place.size());
    }

    // one block at a time and each waited for, so that the checksum is never used by two threads at once
    private static Future<Integer> readAhead(
            ExecutorService readers, SealedZip zip, byte[] block, SealedZip.Place place, long done, CRC32 crc) {
        int wanted = (int) Math.min(block.length, place.size() - done);
        return readers.submit(() -> fill(zip, block, place.offset() + done, wanted, crc));
    }

    private static int fill(SealedZip zip, byte[] block, long offset, int wanted, CRC32 crc) {
        try {
            ByteBuffer target = ByteBuffer.wrap(block, 0, wanted);
            zip.read(target, offset);
            crc.update(block, 0, target.position());
            return target.position();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a task and gives its own exception on. */
    private static final class Waiting {
        static <T> T on(Future<T> task) {
            try {
                return task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while reading the package", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
