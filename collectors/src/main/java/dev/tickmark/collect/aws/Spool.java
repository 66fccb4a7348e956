package dev.tickmark.collect.aws;

import dev.tickmark.evidence.warc.Body;
import dev.tickmark.evidence.warc.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps an answer while it is used: in memory up to 1 MiB, above that in a file that goes when it has been read. */
final class Spool {
    static final Kept NOTHING = inMemory(new byte[0]);
    private static final int IN_MEMORY = 1 << 20;

    private final Path folder;
    private final long largest;

    /** @param largest answer that is taken, in bytes */
    Spool(Path folder, long largest) {
        this.folder = folder;
        this.largest = largest;
    }

    /** An answer that was read to its end. */
    record Kept(Body body, @Nullable Path file) {
        /** For the one who reads it last. */
        InputStream open() throws IOException {
            InputStream in = body.open();
            return new FilterInputStream(in) {
                @Override
                public void close() throws IOException {
                    super.close();
                    discard();
                }
            };
        }

        void discard() throws IOException {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
    }

    static Kept inMemory(byte[] bytes) {
        return new Kept(Body.of(bytes), null);
    }

    Kept keep(InputStream in) throws IOException {
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 14];
        int read = in.read(buffer);
        while (read >= 0 && memory.size() < IN_MEMORY) {
            memory.write(buffer, 0, read);
            read = in.read(buffer);
        }
        if (read < 0) {
            return inMemory(memory.toByteArray());
        }
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "answer", null);
        boolean whole = false;
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            memory.writeTo(out);
            long size = memory.size();
            while (read >= 0) {
                size += read;
                if (size > largest) {
                    throw new NoAnswer(Exchange.Failure.TOO_LARGE, null);
                }
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        return new Kept(Body.of(file), file);
    }
}
