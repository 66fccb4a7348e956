package dev.tickmark.evidence.seal.zip;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a zip in which nothing is free: entries in order of name, stored, dated 1980-01-01 00:00, without folders,
 * comments, descriptors or extra fields but Zip64, so that every byte follows from names, sizes, checksums and contents.
 *
 * <p>{@link #localHeader} and {@link #directory} give the same bytes again to whoever checks a package.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">The zip format</a>
 */
public final class StoredZip implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final long LIMIT_32 = 0xFFFFFFFFL;
    private static final int LIMIT_16 = 0xFFFF;
    private static final int PLAIN = 10;
    private static final int ZIP64 = 45;
    private static final int DATE_1980_01_01 = 0x21;

    private final OutputStream out;
    private final List<Entry> entries = new ArrayList<>();
    private long position;

    /**
     * One file in the zip.
     *
     * @param crc32 unsigned
     * @param offset of its local header
     */
    public record Entry(String name, long size, long crc32, long offset) {}

    /** Writes to a stream that it buffers no further and closes with itself. */
    public StoredZip(OutputStream out) {
        this.out = out;
    }

    /**
     * Copies one file. Names ascend; the bytes must be those that were measured.
     *
     * @throws IOException also where the bytes have another size or checksum: the file was changed meanwhile
     */
    public void add(String name, long size, long crc32, InputStream bytes) throws IOException {
        if (!entries.isEmpty() && entries.get(entries.size() - 1).name().compareTo(name) >= 0) {
            throw new IllegalArgumentException("'" + name + "' is out of order");
        }
        Entry entry = new Entry(name, size, crc32, position);
        write(localHeader(entry));
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            crc.update(buffer, 0, read);
            out.write(buffer, 0, read);
            copied += read;
        }
        if (copied != size || crc.getValue() != crc32) {
            throw new IOException("'" + name + "' was changed while it was packed");
        }
        position += copied;
        entries.add(entry);
    }

    /** Writes the directory. */
    @Override
    public void close() throws IOException {
        try (out) {
            write(directory(entries, position));
        }
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    /** The bytes before an entry's content. */
    public static byte[] localHeader(Entry entry) {
        boolean large = entry.size() >= LIMIT_32;
        Bytes extra = new Bytes();
        if (large) {
            extra.u16(1).u16(16).u64(entry.size()).u64(entry.size());
        }
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        return new Bytes()
                .u32(0x04034b50L)
                .u16(large ? ZIP64 : PLAIN)
                .u16(0)
                .u16(0)
                .u16(0)
                .u16(DATE_1980_01_01)
                .u32(entry.crc32())
                .u32(large ? LIMIT_32 : entry.size())
                .u32(large ? LIMIT_32 : entry.size())
                .u16(name.length)
                .u16(extra.size())
                .bytes(name)
                .bytes(extra.toByteArray())
                .toByteArray();
    }

    /** The bytes after the last entry's content, which begin at {@code offset}. */
    public static byte[] directory(List<Entry> entries, long offset) {
        Bytes directory = new Bytes();
        for (Entry entry : entries) {
            central(directory, entry);
        }
        long size = directory.size();
        int count = entries.size();
        if (count >= LIMIT_16 || size >= LIMIT_32 || offset >= LIMIT_32) {
            directory
                    .u32(0x06064b50L)
                    .u64(44)
                    .u16(ZIP64)
                    .u16(ZIP64)
                    .u32(0)
                    .u32(0)
                    .u64(count)
                    .u64(count)
                    .u64(size)
                    .u64(offset);
            directory.u32(0x07064b50L).u32(0).u64(offset + size).u32(1);
        }
        return directory
                .u32(0x06054b50L)
                .u16(0)
                .u16(0)
                .u16(Math.min(count, LIMIT_16))
                .u16(Math.min(count, LIMIT_16))
                .u32(Math.min(size, LIMIT_32))
                .u32(Math.min(offset, LIMIT_32))
                .u16(0)
                .toByteArray();
    }

    private static void central(Bytes directory, Entry entry) {
        boolean large = entry.size() >= LIMIT_32;
        boolean far = entry.offset() >= LIMIT_32;
        Bytes values = new Bytes();
        if (large) {
            values.u64(entry.size()).u64(entry.size());
        }
        if (far) {
            values.u64(entry.offset());
        }
        Bytes extra = new Bytes();
        if (values.size() > 0) {
            extra.u16(1).u16(values.size()).bytes(values.toByteArray());
        }
        int version = values.size() > 0 ? ZIP64 : PLAIN;
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        directory
                .u32(0x02014b50L)
                .u16(version)
                .u16(version)
                .u16(0)
                .u16(0)
                .u16(0)
                .u16(DATE_1980_01_01)
                .u32(entry.crc32())
                .u32(large ? LIMIT_32 : entry.size())
                .u32(large ? LIMIT_32 : entry.size())
                .u16(name.length)
                .u16(extra.size())
                .u16(0)
                .u16(0)
                .u16(0)
                .u32(0)
                .u32(Math.min(entry.offset(), LIMIT_32))
                .bytes(name)
                .bytes(extra.toByteArray());
    }
}
