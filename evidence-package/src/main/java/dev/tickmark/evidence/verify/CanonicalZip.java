package dev.tickmark.evidence.verify;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one form that a package's zip has: every byte that is not a file's content follows from the names, sizes and
 * CRCs of its files.
 *
 * <p>Entries stand in the byte order of their names, stored, dated 1980-01-01 00:00, one after the other from the first
 * byte on; there are no folders, comments, attributes, or extra fields but Zip64, which stands only where a number does
 * not fit.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT, 4.3 and 4.5.3</a>
 */
public final class CanonicalZip {
    static final int LOCAL_SIGNATURE = 0x04034b50;
    static final int CENTRAL_SIGNATURE = 0x02014b50;
    static final int END_SIGNATURE = 0x06054b50;
    static final int END64_SIGNATURE = 0x06064b50;
    static final int LOCATOR64_SIGNATURE = 0x07064b50;
    static final int LOCAL_LENGTH = 30;
    static final int CENTRAL_LENGTH = 46;
    static final int END_LENGTH = 22;
    static final int END64_LENGTH = 56;
    static final int LOCATOR64_LENGTH = 20;
    static final long MAX_32 = 0xffffffffL;
    static final int MAX_16 = 0xffff;
    static final int ZIP64_FIELD = 1;

    private static final int VERSION = 10;
    private static final int VERSION_64 = 45;
    private static final int FLAGS = 0;
    private static final int MIDNIGHT = 0;
    private static final int FIRST_OF_JANUARY_1980 = (1 << 5) | 1;

    private CanonicalZip() {}

    /** A file of the container: its name, its length in bytes and its CRC-32. */
    public record Entry(String name, long size, long crc) {
        byte[] nameBytes() {
            return name.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** What stands immediately before the content of this file. */
    public static byte[] localHeader(Entry entry) {
        byte[] name = entry.nameBytes();
        boolean large = entry.size() >= MAX_32;
        byte[] bytes = new byte[LOCAL_LENGTH + name.length + (large ? 20 : 0)];
        ByteBuffer header = over(bytes);
        header.putInt(LOCAL_SIGNATURE);
        putCommon(header, entry, large, name.length, large ? 20 : 0);
        header.put(name);
        if (large) {
            header.putShort((short) ZIP64_FIELD).putShort((short) 16);
            header.putLong(entry.size()).putLong(entry.size());
        }
        return bytes;
    }

    /** What stands after the content of the last of these files, to the end of the container. */
    public static byte[] directory(List<Entry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long offset = 0;
        for (Entry entry : entries) {
            out.writeBytes(centralHeader(entry, offset));
            offset += localHeader(entry).length + entry.size();
        }
        out.writeBytes(end(entries.size(), offset, out.size()));
        return out.toByteArray();
    }

    static byte[] centralHeader(Entry entry, long offset) {
        byte[] name = entry.nameBytes();
        boolean large = entry.size() >= MAX_32;
        boolean far = offset >= MAX_32;
        int extra = (large || far ? 4 : 0) + (large ? 16 : 0) + (far ? 8 : 0);
        byte[] bytes = new byte[CENTRAL_LENGTH + name.length + extra];
        ByteBuffer header = over(bytes);
        header.putInt(CENTRAL_SIGNATURE);
        header.putShort((short) (large || far ? VERSION_64 : VERSION));
        putCommon(header, entry, large || far, name.length, extra);
        header.putShort((short) 0).putShort((short) 0); // comment, disk
        header.putShort((short) 0).putInt(0); // attributes
        header.putInt(far ? (int) MAX_32 : (int) offset);
        header.put(name);
        if (extra > 0) {
            header.putShort((short) ZIP64_FIELD).putShort((short) (extra - 4));
            if (large) {
                header.putLong(entry.size()).putLong(entry.size());
            }
            if (far) {
                header.putLong(offset);
            }
        }
        return bytes;
    }

    static byte[] end(int count, long offset, long length) {
        boolean large = count >= MAX_16 || offset >= MAX_32 || length >= MAX_32;
        byte[] bytes = new byte[(large ? END64_LENGTH + LOCATOR64_LENGTH : 0) + END_LENGTH];
        ByteBuffer end = over(bytes);
        if (large) {
            end.putInt(END64_SIGNATURE).putLong(END64_LENGTH - 12);
            end.putShort((short) VERSION_64)
                    .putShort((short) VERSION_64)
                    .putInt(0)
                    .putInt(0);
            end.putLong(count).putLong(count).putLong(length).putLong(offset);
            end.putInt(LOCATOR64_SIGNATURE).putInt(0).putLong(offset + length).putInt(1);
        }
        short shown = (short) Math.min(count, MAX_16);
        end.putInt(END_SIGNATURE)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(shown)
                .putShort(shown);
        end.putInt((int) Math.min(length, MAX_32))
                .putInt((int) Math.min(offset, MAX_32))
                .putShort((short) 0);
        return bytes;
    }

    private static void putCommon(ByteBuffer header, Entry entry, boolean needs64, int nameLength, int extraLength) {
        int size = entry.size() >= MAX_32 ? (int) MAX_32 : (int) entry.size();
        header.putShort((short) (needs64 ? VERSION_64 : VERSION))
                .putShort((short) FLAGS)
                .putShort((short) 0);
        header.putShort((short) MIDNIGHT).putShort((short) FIRST_OF_JANUARY_1980);
        header.putInt((int) entry.crc()).putInt(size).putInt(size);
        header.putShort((short) nameLength).putShort((short) extraLength);
    }

    private static ByteBuffer over(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads a local header; empty where there is none. The length of the header is that of its canonical form. */
    static Optional<Entry> readLocal(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < LOCAL_LENGTH || in.getInt() != LOCAL_SIGNATURE) {
            return Optional.empty();
        }
        in.position(in.position() + 10); // version, flags, method, time, date
        long crc = in.getInt() & MAX_32;
        in.getInt();
        long size = in.getInt() & MAX_32;
        int nameLength = in.getShort() & MAX_16;
        int extraLength = in.getShort() & MAX_16;
        if (in.remaining() < nameLength + extraLength) {
            return Optional.empty();
        }
        byte[] name = new byte[nameLength];
        in.get(name);
        if (size == MAX_32) {
            if (extraLength != 20) {
                return Optional.empty();
            }
            size = in.getLong(in.position() + 4);
        }
        return size < 0 ? Optional.empty() : Optional.of(new Entry(text(name), size, crc));
    }

    /** Reads the entries of a central directory; empty where its structure does not hold. */
    static Optional<List<Entry>> readDirectory(ByteBuffer bytes, long count) {
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Entry> entries = new ArrayList<>();
        while (in.remaining() >= CENTRAL_LENGTH) {
            if (in.getInt() != CENTRAL_SIGNATURE) {
                return Optional.empty();
            }
            in.position(in.position() + 12); // versions, flags, method, time, date
            long crc = in.getInt() & MAX_32;
            in.getInt();
            long size = in.getInt() & MAX_32;
            int nameLength = in.getShort() & MAX_16;
            int extraLength = in.getShort() & MAX_16;
            int commentLength = in.getShort() & MAX_16;
            in.position(in.position() + 12); // disk, attributes, offset
            if (in.remaining() < nameLength + extraLength + commentLength) {
                return Optional.empty();
            }
            byte[] name = new byte[nameLength];
            in.get(name);
            if (size == MAX_32) {
                if (extraLength < 20) {
                    return Optional.empty();
                }
                size = in.getLong(in.position() + 4);
            }
            in.position(in.position() + extraLength + commentLength);
            if (size < 0) {
                return Optional.empty();
            }
            entries.add(new Entry(text(name), size, crc));
        }
        return in.hasRemaining() || entries.size() != count ? Optional.empty() : Optional.of(entries);
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
