package dev.tickmark.evidence.seal.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * What one pass over some bytes says of them.
 *
 * @param size bytes
 * @param crc32 unsigned, as a zip directory holds it
 * @param sha256 64 lower-case hex digits
 */
public record ContentDigest(long size, long crc32, String sha256) {
    private static final int BUFFER = 1 << 16;

    /** Another reader of the bytes that are digested, such as a keyed digest. */
    @FunctionalInterface
    public interface Tap {
        Tap NONE = (bytes, length) -> {};

        void update(byte[] bytes, int length);
    }

    public static ContentDigest of(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return new ContentDigest(bytes.length, crc.getValue(), sha256(bytes));
    }

    public static ContentDigest of(Path file) throws IOException {
        return of(file, Tap.NONE);
    }

    public static ContentDigest of(Path file, Tap tap) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, tap);
        }
    }

    /** Reads to the end; the caller closes. */
    public static ContentDigest of(InputStream in, Tap tap) throws IOException {
        MessageDigest sha256 = newSha256();
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            sha256.update(buffer, 0, read);
            crc.update(buffer, 0, read);
            tap.update(buffer, read);
            size += read;
        }
        return new ContentDigest(size, crc.getValue(), HexFormat.of().formatHex(sha256.digest()));
    }

    /** 64 lower-case hex digits. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(newSha256().digest(bytes));
    }

    /** A fresh SHA-256, which every Java platform has. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
