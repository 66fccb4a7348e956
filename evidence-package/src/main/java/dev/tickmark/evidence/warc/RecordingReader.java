package dev.tickmark.evidence.warc;

import dev.tickmark.evidence.TickmarkException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;

/**
 * Reads recordings, in one pass and with memory for requests and heads only.
 *
 * <p>A file that was cut gives what stands before the cut, with {@link Recording#whole()} false: right for a recording
 * after a crash, while a sealed one must be whole. So does a record whose digest differs.
 */
public final class RecordingReader {
    private static final int LARGEST_HEAD = 1 << 20;
    private static final int LARGEST_REQUEST = 1 << 26;

    private final Path file;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private @Nullable Asked asked;
    private long records;

    private RecordingReader(Path file) {
        this.file = file;
    }

    /** What the file holds; a {@link TickmarkException} where it is no recording that this version can read. */
    public static Recording read(Path file) {
        return new RecordingReader(file).read();
    }

    /** A request that waits for its answer. */
    private record Asked(URI id, Instant started, Map<String, List<String>> headers, Exchange.Request request) {}

    private Recording read() {
        Map<String, String> facts = Map.of();
        boolean whole = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                WarcReader reader = new WarcReader(channel)) {
            facts = about(reader);
            records = 1;
            try {
                whole = readRecords(reader);
            } catch (IOException | RuntimeException e) {
                whole = false; // any damage ends the recording here; what stands before it is still evidence
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof TickmarkException known) {
                throw known;
            }
            throw notARecording(e);
        }
        exchanges.sort(Comparator.comparingLong(Exchange::number));
        return new Recording(file, facts, exchanges, resources, records, whole);
    }

    private Map<String, String> about(WarcReader reader) throws IOException {
        WarcRecord first = reader.next().orElseThrow(() -> notARecording(null));
        Map<String, String> facts = fields(block(first));
        String version = facts.get(RecordingWriter.FORMAT);
        if (!"warcinfo".equals(first.type()) || version == null) {
            throw notARecording(null);
        }
        if (!version.equals(RecordingWriter.FORMAT_VERSION)) {
            throw TickmarkException.notVerified(
                    "'" + file.getFileName() + "' is a recording of format '" + version + "', not "
                            + RecordingWriter.FORMAT_VERSION + ".",
                    "Use the version of tickmark that made it.");
        }
        return facts;
    }

    /** Whether the closing record was the last one, and everything before it was there. */
    private boolean readRecords(WarcReader reader) throws IOException {
        boolean closed = false;
        for (Optional<WarcRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            WarcRecord record = next.get();
            if (closed) {
                return false;
            }
            switch (record.type()) {
                case "request" -> asked = asked(record);
                case "response" -> exchanges.add(answered(record, reader.position()));
                case "resource" -> resources.add(resource(record, reader.position()));
                case "metadata" -> {
                    Map<String, String> fields = fields(block(record));
                    String end = fields.get(RecordingWriter.END);
                    if (end == null) {
                        exchanges.add(failed(record, fields));
                    } else {
                        closed = end.equals(Long.toString(records)) && asked == null;
                    }
                }
                default -> throw new IOException("a record of another type");
            }
            records++;
        }
        return closed;
    }

    private Asked asked(WarcRecord record) throws IOException {
        if (asked != null) {
            throw new IOException("two requests and no answer between them");
        }
        byte[] block = block(record);
        Head head = Head.read(new ByteArrayInputStream(block));
        String[] line = head.line.split(" ", 3);
        byte[] body = Arrays.copyOfRange(block, head.length, block.length);
        return new Asked(
                record.id(),
                record.date(),
                record.headers().map(),
                new Exchange.Request(line[0], target(record), head.headers, Body.of(body)));
    }

    private Exchange answered(WarcRecord record, long position) throws IOException {
        Head head;
        long size;
        try (DigestInputStream in = digesting(record)) {
            head = Head.read(in);
            size = in.transferTo(OutputStream.nullOutputStream());
            check(record, in);
        }
        String[] line = head.line.split(" ", 3);
        return exchange(
                record,
                new Exchange.Answer(
                        Integer.parseInt(line[1]),
                        head.headers,
                        bodyAt(position, head.length, size),
                        record.headers().all(RecordingWriter.CUT),
                        record.id().toString()),
                null);
    }

    private Exchange failed(WarcRecord record, Map<String, String> fields) throws IOException {
        String failure = fields.getOrDefault(RecordingWriter.FAILURE, "");
        return exchange(record, null, Exchange.Failure.valueOf(failure.toUpperCase(Locale.ROOT)));
    }

    private Exchange exchange(WarcRecord record, Exchange.@Nullable Answer answer, Exchange.@Nullable Failure failure)
            throws IOException {
        Asked request = asked;
        String concurrentTo = record.headers().first("WARC-Concurrent-To").orElse("");
        if (request == null || !concurrentTo.equals("<" + request.id + ">")) {
            throw new IOException("an answer without its request");
        }
        asked = null;
        return new Exchange(
                Long.parseLong(value(request, RecordingWriter.NUMBER)),
                Long.parseLong(value(request, RecordingWriter.INVOCATION)),
                Integer.parseInt(value(request, RecordingWriter.ATTEMPT)),
                value(request, RecordingWriter.SERVICE),
                value(request, RecordingWriter.OPERATION),
                request.started,
                record.date(),
                request.request,
                answer,
                failure);
    }

    private Resource resource(WarcRecord record, long position) throws IOException {
        long size;
        try (DigestInputStream in = digesting(record)) {
            size = in.transferTo(OutputStream.nullOutputStream());
            check(record, in);
        }
        String target = target(record).toString();
        String name = URLDecoder.decode(target.substring(target.lastIndexOf(':') + 1), StandardCharsets.UTF_8);
        return new Resource(
                name,
                record.contentType().toString(),
                record.date(),
                bodyAt(position, 0, size),
                record.id().toString());
    }

    private Body bodyAt(long position, int head, long size) {
        return new Body(size, () -> {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                channel.position(position);
                WarcReader reader = new WarcReader(channel);
                WarcRecord record = reader.next().orElseThrow(EOFException::new);
                InputStream in = record.body().stream();
                in.skipNBytes(head);
                return new RecordStream(in, reader);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        });
    }

    private static String value(Asked request, String header) throws IOException {
        for (Map.Entry<String, List<String>> entry : request.headers.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(header) && !entry.getValue().isEmpty()) {
                return entry.getValue().get(0);
            }
        }
        throw new IOException("a request without " + header);
    }

    private static URI target(WarcRecord record) throws IOException {
        return URI.create(
                record.headers().first("WARC-Target-URI").orElseThrow(() -> new IOException("a record of nothing")));
    }

    /** The whole block of a small record, checked against its digest. */
    private static byte[] block(WarcRecord record) throws IOException {
        try (DigestInputStream in = digesting(record)) {
            byte[] block = in.readNBytes(LARGEST_REQUEST + 1);
            if (block.length > LARGEST_REQUEST || block.length != record.body().size()) {
                throw new IOException("a record that is too large, or cut");
            }
            check(record, in);
            return block;
        }
    }

    private static DigestInputStream digesting(WarcRecord record) throws IOException {
        try {
            return new DigestInputStream(record.body().stream(), MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(WarcRecord record, DigestInputStream read) throws IOException {
        String stated = record.headers().first(RecordingWriter.DIGEST).orElse("");
        if (!stated.equals(
                "sha256:" + HexFormat.of().formatHex(read.getMessageDigest().digest()))) {
            throw new IOException("a record that was changed");
        }
    }

    private static Map<String, String> fields(byte[] block) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : new String(block, StandardCharsets.UTF_8).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private TickmarkException notARecording(@Nullable Exception cause) {
        return new TickmarkException(
                TickmarkException.Kind.NOT_VERIFIED,
                "'" + file.getFileName() + "' is not a recording made by tickmark.",
                "Take an unchanged copy of the file.",
                cause);
    }

    /** The first line and the headers of a message, and how many bytes they take. */
    private static final class Head {
        private final String line;
        private final List<Header> headers = new ArrayList<>();
        private final int length;

        private Head(byte[] bytes) throws IOException {
            length = bytes.length;
            String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\r\n", -1);
            line = lines[0];
            if (line.split(" ", 3).length < 2) {
                throw new IOException("a message without a first line");
            }
            for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
                int colon = lines[i].indexOf(':');
                headers.add(new Header(lines[i].substring(0, Math.max(colon, 0)), lines[i].substring(colon + 1)));
            }
        }

        static Head read(InputStream in) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int matched = 0;
            while (matched < 4) {
                int b = in.read();
                if (b < 0 || bytes.size() > LARGEST_HEAD) {
                    throw new EOFException("a message without an end of its head");
                }
                bytes.write(b);
                boolean expected = b == (matched % 2 == 0 ? '\r' : '\n');
                matched = expected ? matched + 1 : b == '\r' ? 1 : 0;
            }
            return new Head(bytes.toByteArray());
        }
    }

    /** The rest of a record's block; closing it closes the file. */
    private static final class RecordStream extends FilterInputStream {
        private final WarcReader reader;

        RecordStream(InputStream in, WarcReader reader) {
            super(in);
            this.reader = reader;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
