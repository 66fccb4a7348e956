package dev.tickmark.evidence.warc;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a message's body, in memory, in a file or still in the recording; may be opened many times. */
public final class Body {
    private static final Body EMPTY = of(new byte[0]);

    private final long size;
    private final Opener opener;

    /** Opens the bytes from their beginning. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    Body(long size, Opener opener) {
        this.size = size;
        this.opener = opener;
    }

    public static Body empty() {
        return EMPTY;
    }

    public static Body of(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Body(copy.length, () -> new ByteArrayInputStream(copy));
    }

    /** The bytes of a file that stays as it is while the body is in use. */
    public static Body of(Path file) throws IOException {
        return new Body(Files.size(file), () -> new FileInputStream(file.toFile()));
    }

    public long size() {
        return size;
    }

    /** A new stream over all bytes; the caller closes it. */
    public InputStream open() throws IOException {
        return opener.open();
    }

    /** All bytes; for bodies that are known to be small. */
    public byte[] bytes() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }
}
