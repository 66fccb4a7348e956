package dev.tickmark.evidence.verify;

import dev.tickmark.evidence.TickmarkException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A package's container, read without unpacking it: where each file's bytes stand, and every way in which the container
 * is not the canonical one.
 *
 * <p>Compressed entries are never inflated and entries cannot overlap, so what is read is never more than the file's
 * own length.
 */
public final class SealedZip implements Closeable {
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int LONGEST_DIRECTORY = 256 << 20;
    private static final int LONGEST_LOCAL_HEADER = CanonicalZip.LOCAL_LENGTH + 4096;
    private static final String[] LOCAL_FIELDS = {
        "signature",
        "signature",
        "signature",
        "signature",
        "version",
        "version",
        "flags",
        "flags",
        "method",
        "method",
        "time",
        "time",
        "date",
        "date",
        "CRC",
        "CRC",
        "CRC",
        "CRC",
        "size",
        "size",
        "size",
        "size",
        "size",
        "size",
        "size",
        "size",
        "name length",
        "name length",
        "extra length",
        "extra length"
    };

    private final FileChannel channel;
    private final String file;
    private final long length;
    private final Map<String, Place> places = new LinkedHashMap<>();

    /** Where a file's bytes stand in the container, and which checksum the container gives for them. */
    record Place(long offset, long size, long crc) {}

    private SealedZip(FileChannel channel, String file) throws IOException {
        this.channel = channel;
        this.file = file;
        this.length = channel.size();
    }

    /**
     * Opens a package whose container is the canonical one; the caller closes it.
     *
     * @throws TickmarkException NOT_VERIFIED where it is not; FIX_FIRST where the file cannot be read
     */
    public static SealedZip open(Path path) {
        Findings findings = new Findings();
        SealedZip zip = open(path, findings);
        Optional<VerifyFinding> worst = findings.all().stream().findFirst();
        if (worst.isPresent()) {
            zip.close();
            throw TickmarkException.notVerified(
                    worst.get().problem(), worst.get().remedy());
        }
        return zip;
    }

    static SealedZip open(Path path, Findings findings) {
        Path fileName = path.getFileName();
        String name = fileName == null ? path.toString() : fileName.toString();
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                SealedZip zip = new SealedZip(channel, name);
                zip.readEntries(findings);
                return zip;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw TickmarkException.fixFirst(
                    "The package '" + path + "' cannot be read.", "Check that the file exists and may be read.");
        }
    }

    /** The names of the files, in the order of the container. */
    public List<String> names() {
        return new ArrayList<>(places.keySet());
    }

    public boolean has(String name) {
        return places.containsKey(name);
    }

    /** The length of a file in bytes. */
    public long size(String name) {
        return place(name).size();
    }

    /** The bytes of a file, not yet compared with any digest; the caller closes the stream. */
    public InputStream stream(String name) {
        return new EntryStream(place(name));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e); // a read-only channel has nothing left to write
        }
    }

    String file() {
        return file;
    }

    long length() {
        return length;
    }

    Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return place;
    }

    /** Reads into the buffer until it is full or the container ends. */
    void read(ByteBuffer target, long offset) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }

    private byte[] bytes(long offset, long count) throws IOException {
        int wanted = (int) Math.max(0, Math.min(count, length - offset));
        ByteBuffer buffer = ByteBuffer.allocate(wanted);
        read(buffer, offset);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private void readEntries(Findings findings) throws IOException {
        Optional<List<CanonicalZip.Entry>> central = centralDirectory(findings);
        List<CanonicalZip.Entry> entries = central.orElse(List.of());
        if (!fills(entries)) {
            List<CanonicalZip.Entry> local = localHeaders();
            if (fills(local) || entries.isEmpty()) {
                entries = local;
            }
        }
        if (entries.isEmpty()) {
            findings.failure(
                    Reason.CONTAINER_UNREADABLE,
                    file,
                    "'" + file + "' is not a zip, or it is cut off or holds nothing.");
            return;
        }
        compare(entries, findings);
        checkNames(entries, findings);
        long offset = 0;
        for (CanonicalZip.Entry entry : entries) {
            long start = offset + CanonicalZip.localHeader(entry).length;
            if (offset < 0 || start > length) {
                return;
            }
            places.putIfAbsent(entry.name(), new Place(start, entry.size(), entry.crc()));
            offset = start + entry.size();
        }
    }

    /** Whether a canonical container of these files has the length of this one. */
    private boolean fills(List<CanonicalZip.Entry> entries) {
        return !entries.isEmpty() && contentEnd(entries) + CanonicalZip.directory(entries).length == length;
    }

    /** Where the content of the last file ends; beyond the container's end where the sizes cannot be true. */
    private long contentEnd(List<CanonicalZip.Entry> entries) {
        long end = 0;
        for (CanonicalZip.Entry entry : entries) {
            if (entry.size() > length || end > length) {
                return Long.MAX_VALUE / 2;
            }
            end += CanonicalZip.localHeader(entry).length + entry.size();
        }
        return end;
    }

    private Optional<List<CanonicalZip.Entry>> centralDirectory(Findings findings) throws IOException {
        int tailLength = CanonicalZip.END64_LENGTH + CanonicalZip.LOCATOR64_LENGTH + CanonicalZip.END_LENGTH;
        byte[] tail = bytes(Math.max(0, length - tailLength), tailLength);
        if (tail.length < CanonicalZip.END_LENGTH) {
            return Optional.empty();
        }
        ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        int at = tail.length - CanonicalZip.END_LENGTH;
        if (end.getInt(at) != CanonicalZip.END_SIGNATURE) {
            return Optional.empty();
        }
        long count = end.getShort(at + 10) & CanonicalZip.MAX_16;
        long size = end.getInt(at + 12) & CanonicalZip.MAX_32;
        long offset = end.getInt(at + 16) & CanonicalZip.MAX_32;
        boolean large = count == CanonicalZip.MAX_16 || offset == CanonicalZip.MAX_32 || size == CanonicalZip.MAX_32;
        if (large && tail.length == tailLength && end.getInt(0) == CanonicalZip.END64_SIGNATURE) {
            count = end.getLong(32);
            size = end.getLong(40);
            offset = end.getLong(48);
        }
        if (count > MOST_ENTRIES || size > LONGEST_DIRECTORY) {
            findings.failure(
                    Reason.CONTAINER_LIMIT, file, "'" + file + "' names " + count + " files in " + size + " bytes.");
            return Optional.empty();
        }
        if (offset < 0 || size < 0 || offset > length || size > length - offset) {
            return Optional.empty();
        }
        return CanonicalZip.readDirectory(ByteBuffer.wrap(bytes(offset, size)), count);
    }

    private List<CanonicalZip.Entry> localHeaders() throws IOException {
        List<CanonicalZip.Entry> entries = new ArrayList<>();
        long offset = 0;
        while (offset < length && entries.size() < MOST_ENTRIES) {
            Optional<CanonicalZip.Entry> entry =
                    CanonicalZip.readLocal(ByteBuffer.wrap(bytes(offset, LONGEST_LOCAL_HEADER)));
            if (entry.isEmpty() || entry.get().size() > length - offset) {
                return entries;
            }
            entries.add(entry.get());
            offset += CanonicalZip.localHeader(entry.get()).length + entry.get().size();
        }
        return entries;
    }

    private void compare(List<CanonicalZip.Entry> entries, Findings findings) throws IOException {
        long offset = 0;
        for (CanonicalZip.Entry entry : entries) {
            byte[] header = CanonicalZip.localHeader(entry);
            byte[] found = offset > length ? new byte[0] : bytes(offset, header.length);
            int difference = Arrays.mismatch(header, found);
            if (difference >= 0) {
                String field = difference < LOCAL_FIELDS.length ? LOCAL_FIELDS[difference] : "name";
                wrong(
                        findings,
                        entry.name(),
                        "The header before '" + entry.name() + "' has another " + field
                                + " than its place in the container's list demands.");
            }
            offset += header.length + entry.size();
            if (offset > length || offset < 0) {
                wrong(findings, entry.name(), "The container ends before '" + entry.name() + "' does.");
                return;
            }
        }
        compareDirectory(entries, offset, findings);
    }

    private void compareDirectory(List<CanonicalZip.Entry> entries, long end, Findings findings) throws IOException {
        byte[] expected = CanonicalZip.directory(entries);
        byte[] found = bytes(end, expected.length + 1L);
        int difference = Arrays.mismatch(expected, found);
        if (difference < 0) {
            return;
        }
        int at = 0;
        long offset = 0;
        for (CanonicalZip.Entry entry : entries) {
            byte[] header = CanonicalZip.centralHeader(entry, offset);
            offset += CanonicalZip.localHeader(entry).length + entry.size();
            if (Arrays.mismatch(
                            header,
                            Arrays.copyOfRange(
                                    found, Math.min(at, found.length), Math.min(at + header.length, found.length)))
                    >= 0) {
                wrong(
                        findings,
                        entry.name(),
                        "The container's list and the header of '" + entry.name() + "' disagree.");
            }
            at += header.length;
        }
        if (difference >= at) {
            wrong(
                    findings,
                    file,
                    "'" + file + "' does not end as a package does: bytes are added, changed or cut off.");
        }
    }

    private void checkNames(List<CanonicalZip.Entry> entries, Findings findings) {
        String before = "";
        for (CanonicalZip.Entry entry : entries) {
            String name = entry.name();
            PackageNames.unsafe(name)
                    .ifPresent(why ->
                            findings.failure(Reason.CONTAINER_UNSAFE, name, "The name '" + name + "' " + why + "."));
            if (name.equals(before)) {
                findings.failure(Reason.DUPLICATE_ENTRY, name, "The container holds '" + name + "' twice.");
            } else if (name.compareTo(before) < 0) {
                wrong(findings, name, "'" + name + "' does not stand in its place in the container.");
            }
            before = name;
        }
        List<String> names =
                entries.stream().map(CanonicalZip.Entry::name).distinct().toList();
        PackageNames.clashes(names)
                .forEach((name, other) -> findings.failure(
                        Reason.DUPLICATE_ENTRY,
                        name,
                        "'" + name + "' and '" + other + "' would be unpacked to one place."));
    }

    private static void wrong(Findings findings, String name, String problem) {
        findings.failure(Reason.CONTAINER_UNREADABLE, name, problem);
    }

    /** The bytes of one file. */
    private final class EntryStream extends InputStream {
        private long at;
        private final long end;

        EntryStream(Place place) {
            this.at = place.offset();
            this.end = place.offset() + place.size();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (at >= end) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(count, end - at)), at);
            if (read > 0) {
                at += read;
            }
            return read;
        }
    }
}
