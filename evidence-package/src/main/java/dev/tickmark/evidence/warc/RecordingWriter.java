package dev.tickmark.evidence.warc;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.MessageVersion;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcMetadata;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcRequest;
import org.netpreserve.jwarc.WarcResource;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcWriter;
import org.netpreserve.jwarc.Warcinfo;

/**
 * Writes a recording: one gzip member a record, straight to the file, so that a killed process leaves every exchange
 * whose writing had ended. Safe for several threads; the records of one exchange stand together.
 *
 * <p>The same exchanges in the same order give the same bytes. Times are kept in milliseconds.
 *
 * @see <a href="https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/">WARC 1.1</a>
 */
public final class RecordingWriter implements Closeable {
    static final String FORMAT = "tickmark-recording";
    static final String FORMAT_VERSION = "1";
    static final String NUMBER = "Tickmark-Number";
    static final String INVOCATION = "Tickmark-Invocation";
    static final String ATTEMPT = "Tickmark-Attempt";
    static final String SERVICE = "Tickmark-Service";
    static final String OPERATION = "Tickmark-Operation";
    static final String DIGEST = "WARC-Block-Digest";
    static final String CUT = "Tickmark-Cut";
    static final String FAILURE = "failure";
    static final String END = "records";

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    private final FileOutputStream file;
    private final WarcWriter writer;
    private Instant latest;
    private long records;
    private boolean closed;

    /**
     * Begins a new file, which must not exist.
     *
     * @param facts about the recording, in the order in which they are written: software, scope, collector
     */
    public RecordingWriter(Path file, Instant started, Map<String, String> facts) throws IOException {
        Files.createFile(file);
        this.file = new FileOutputStream(file.toFile());
        latest = started;
        try {
            writer = new WarcWriter(new Uninterrupted.Sink(this.file), WarcCompression.GZIP);
            StringBuilder fields = new StringBuilder();
            field(fields, "format", "WARC File Format 1.1");
            field(fields, FORMAT, FORMAT_VERSION);
            facts.forEach((name, value) -> field(fields, name, value));
            Block block = new Block("warcinfo", "", started, "", Body.of(utf8(fields.toString())));
            write(new Warcinfo.Builder()
                    .version(MessageVersion.WARC_1_1)
                    .recordId(block.id)
                    .date(block.date)
                    .setHeader(DIGEST, block.digest)
                    .body(MediaType.WARC_FIELDS, block.open(), block.size())
                    .build());
        } catch (IOException | RuntimeException e) {
            this.file.close();
            throw e;
        }
    }

    /** Writes the request and the answer (or why there is none), and gives the WARC-Record-ID of the latter. */
    public synchronized String write(Exchange exchange) throws IOException {
        Exchange.Request request = exchange.request();
        String target = request.target().toASCIIString();
        Block sent = new Block("request", target, exchange.started(), requestHead(request), request.body());
        WarcRequest.Builder asked = new WarcRequest.Builder(request.target())
                .version(MessageVersion.WARC_1_1)
                .recordId(sent.id)
                .date(sent.date)
                .setHeader(DIGEST, sent.digest)
                .addHeader(NUMBER, Long.toString(exchange.number()))
                .addHeader(INVOCATION, Long.toString(exchange.invocation()))
                .addHeader(ATTEMPT, Integer.toString(exchange.attempt()))
                .addHeader(SERVICE, new Header("s", exchange.service()).value())
                .addHeader(OPERATION, new Header("o", exchange.operation()).value());
        write(asked.body(MediaType.HTTP_REQUEST, sent.open(), sent.size()).build());
        Exchange.Answer answer = exchange.answer();
        if (answer == null) {
            return metadata(exchange, sent.id);
        }
        Block received = new Block("response", target, exchange.finished(), answerHead(answer), answer.body());
        WarcResponse.Builder answered = new WarcResponse.Builder(request.target())
                .version(MessageVersion.WARC_1_1)
                .recordId(received.id)
                .date(received.date)
                .setHeader(DIGEST, received.digest)
                .concurrentTo(sent.id);
        for (String field : answer.cut()) {
            answered.addHeader(CUT, new Header("c", field).value());
        }
        write(answered.body(MediaType.HTTP_RESPONSE, received.open(), received.size())
                .build());
        return received.id.toString();
    }

    /** Writes the bytes of a file, and gives the WARC-Record-ID. */
    public synchronized String writeResource(String name, String mediaType, Instant date, Body body)
            throws IOException {
        URI target = fileTarget(name);
        Block block = new Block("resource", target.toASCIIString(), date, "", body);
        write(new WarcResource.Builder(target)
                .version(MessageVersion.WARC_1_1)
                .recordId(block.id)
                .date(block.date)
                .setHeader(DIGEST, block.digest)
                .body(MediaType.parse(mediaType), block.open(), block.size())
                .build());
        return block.id.toString();
    }

    /** Records written so far, the one about the recording itself included. */
    public synchronized long records() {
        return records;
    }

    /** Writes the closing record, without which a recording is not whole, and forces the file to the disk. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            StringBuilder fields = new StringBuilder();
            field(fields, END, Long.toString(records));
            Block block = new Block("metadata", "", latest, "", Body.of(utf8(fields.toString())));
            write(new WarcMetadata.Builder()
                    .version(MessageVersion.WARC_1_1)
                    .recordId(block.id)
                    .date(block.date)
                    .setHeader(DIGEST, block.digest)
                    .body(MediaType.WARC_FIELDS, block.open(), block.size())
                    .build());
            file.getFD().sync();
        }
    }

    private String metadata(Exchange exchange, URI sent) throws IOException {
        Exchange.Failure failure = exchange.failure();
        String target = exchange.request().target().toASCIIString();
        StringBuilder fields = new StringBuilder();
        field(fields, FAILURE, String.valueOf(failure).toLowerCase(Locale.ROOT));
        Block block = new Block("metadata", target, exchange.finished(), "", Body.of(utf8(fields.toString())));
        write(new WarcMetadata.Builder()
                .targetURI(exchange.request().target())
                .version(MessageVersion.WARC_1_1)
                .recordId(block.id)
                .date(block.date)
                .setHeader(DIGEST, block.digest)
                .concurrentTo(sent)
                .body(MediaType.WARC_FIELDS, block.open(), block.size())
                .build());
        return block.id.toString();
    }

    private void write(WarcRecord record) throws IOException {
        writer.write(record);
        records++;
        if (record.date().isAfter(latest)) {
            latest = record.date();
        }
    }

    private static URI fileTarget(String name) {
        StringBuilder target = new StringBuilder("urn:tickmark:file:");
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = PLAIN.indexOf(b) >= 0;
            target.append(
                    plain
                            ? Character.toString(b)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return URI.create(target.toString());
    }

    private static String requestHead(Exchange.Request request) {
        String path = request.target().getRawPath();
        String query = request.target().getRawQuery();
        String place = (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
        return request.method() + " " + place + " HTTP/1.1\r\n" + headers(request.headers());
    }

    private static String answerHead(Exchange.Answer answer) {
        return "HTTP/1.1 " + answer.status() + " \r\n" + headers(answer.headers());
    }

    private static String headers(List<Header> headers) {
        StringBuilder text = new StringBuilder();
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        return text.append("\r\n").toString();
    }

    private static void field(StringBuilder fields, String name, String value) {
        Header header = new Header(name, value);
        fields.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The block of a record: its head and its body, the digest over both, and the id that follows. */
    private final class Block {
        private final byte[] head;
        private final Body body;
        private final Instant date;
        private final String digest;
        private final URI id;

        Block(String type, String target, Instant date, String head, Body body) throws IOException {
            this.head = utf8(head);
            this.body = body;
            this.date = date.truncatedTo(ChronoUnit.MILLIS);
            try (InputStream in = stream()) {
                byte[] sha256 = RecordIds.digest(in);
                digest = "sha256:" + HexFormat.of().formatHex(sha256);
                id = RecordIds.of(type, records + 1, target, this.date.toString(), sha256);
            }
        }

        long size() {
            return head.length + body.size();
        }

        ReadableByteChannel open() throws IOException {
            return new Uninterrupted.Source(stream());
        }

        private InputStream stream() throws IOException {
            return new SequenceInputStream(new ByteArrayInputStream(head), body.open());
        }
    }
}
